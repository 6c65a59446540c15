/** Control flow as primitives: every transformation of a loop is that of the loop written out. */

import { describe, expect, it } from "vitest";
import {
  add,
  attempt,
  checkpoint,
  cond,
  cos,
  customJvp,
  customVjp,
  div,
  equal,
  exp,
  foriLoop,
  grad,
  greater,
  hessian,
  item,
  jacfwd,
  jacrev,
  jit,
  jvp,
  less,
  map,
  matmul,
  mul,
  programToString,
  scalar,
  scan,
  sin,
  stack,
  stage,
  sub,
  sum,
  switchCase,
  take,
  tanh,
  tensor,
  toArray,
  vmap,
  whileLoop,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { allClose, checkGradients } from "@cotangent/core/testing";

const float64 = { dtype: "float64" } as const;
const w = tensor(
  [
    [0.3, -0.2],
    [0.1, 0.4],
  ],
  float64,
);
const xs = tensor(
  [
    [0.5, -1],
    [0.2, 0.7],
    [-0.4, 0.3],
  ],
  float64,
);
type Vector = Tensor<[2], "float64">;
type Matrix = Tensor<[2, 2], "float64">;
type Rows = Tensor<[3, 2], "float64">;

/** h ← tanh(W h + x), y = h²: a recurrent network, as a scan and written out. */
const scanned = (weights: Matrix, start: Vector, rows: Rows) => {
  const [h, ys] = scan(
    (state: Vector, x: Vector) => {
      const next = tanh(add(matmul(weights, state), x));
      return [next, mul(next, next)] as const;
    },
    start,
    rows,
  );
  return add(sum(mul(h, h)), sum(mul(ys, rows)));
};
const unrolled = (weights: Matrix, start: Vector, rows: Rows) => {
  let h: Vector = start;
  const ys: Vector[] = [];
  for (let i = 0; i < 3; i++) {
    h = tanh(add(matmul(weights, h), take(rows, i, { axis: 0 })));
    ys.push(mul(h, h));
  }
  return add(sum(mul(h, h)), sum(mul(stack(ys), rows)));
};
const h0 = tensor([0.1, -0.3], float64);
type Net = typeof scanned;
const close = (a: unknown, b: unknown): void => {
  expect(allClose(a, b, { rtol: 1e-11, atol: 1e-12 })).toBe(true);
};

describe("scan", () => {
  const transformations: Readonly<Record<string, (f: Net) => unknown>> = {
    value: (f) => f(w, h0, xs),
    "gradient in all": (f) => grad(f, { argnums: [0, 1, 2] })(w, h0, xs),
    "gradient in the constants alone": (f) => grad(f)(w, h0, xs),
    "gradient in xs alone": (f) => grad(f, { argnums: 2 })(w, h0, xs),
    jvp: (f) => jvp(f, [w, h0, xs], [w, h0, xs]),
    "jvp in the start alone": (f) => jvp((h: Vector) => f(w, h, xs), [h0], [h0]),
    hessian: (f) => hessian(f, { argnums: 1 })(w, h0, xs),
    "forward over forward": (f) => jacfwd(jacfwd(f, { argnums: 1 }), { argnums: 1 })(w, h0, xs),
    "reverse over reverse": (f) => jacrev(jacrev(f, { argnums: 1 }), { argnums: 1 })(w, h0, xs),
    "reverse over forward": (f) => jacrev(jacfwd(f, { argnums: 0 }), { argnums: 1 })(w, h0, xs),
    "vmap over the start": (f) => vmap(f, { inAxes: [null, 0, null] })(w, stack([h0, h0]), xs),
    "vmap over all": (f) => vmap(f)(stack([w, w]), stack([h0, h0]), stack([xs, xs])),
    "vmap of the gradient": (f) =>
      vmap(grad(f), { inAxes: [null, 0, 1] })(w, stack([h0, h0]), stack([xs, xs], { axis: 1 })),
    "gradient of the vmap": (f) =>
      grad((weights: Matrix) => sum(vmap(f, { inAxes: [null, 0, null] })(weights, stack([h0, h0]), xs)))(w),
    "gradient that is compiled": (f) => jit(grad(f))(w, h0, xs),
  };
  it.each(Object.entries(transformations))("%s is that of the loop written out", (_name, transform) => {
    close(transform(scanned), transform(unrolled));
  });

  it("collects trees, backwards, over any length", () => {
    const step = (carry: { n: Tensor<[]> }, x: { a: Tensor<[]> }) =>
      [{ n: add(carry.n, x.a) }, { before: carry.n }] as const;
    const [carry, ys] = scan(step, { n: scalar(0) }, { a: tensor([1, 2, 3]) }, { reverse: true });
    expect([item(carry.n), toArray(ys.before)]).toEqual([6, [5, 3, 0]]);
    const [none, empty] = scan(step, { n: scalar(7) }, { a: zeros([0]) });
    expect([item(none.n), toArray(empty.before)]).toEqual([7, []]);
    expect(item(scan((c: Tensor<[]>) => [mul(c, 2), null] as const, scalar(1), null, { length: 5 })[0])).toBe(
      32,
    );
  });

  it("remembers no residual that no step changes", () => {
    const program = programToString(stage(grad(scanned, { argnums: 1 }))(w, h0, xs));
    // sin of the constant matrix would be stacked three times if it were taken for a residual of a step.
    expect(program).not.toContain("[3, 2, 2]");
  });

  it("goes on for ten thousand steps, in both modes", () => {
    const long = (x: Tensor<[]>) => foriLoop(0, 10_000, (_i, c) => mul(c, x), scalar(1));
    expect(item(grad(long)(scalar(1)))).toBe(10_000);
    expect(item(jvp(long, [scalar(1)], [scalar(1)])[1])).toBe(10_000);
  });

  it("maps row by row", () => {
    expect(
      toArray(
        map(
          (row: Tensor<[2]>) => sum(row),
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([3, 7]);
  });
});

describe("cond and switchCase", () => {
  const branchy = (x: Tensor<[], "float64">) =>
    cond(
      greater(x, 0),
      (y: Tensor<[], "float64">) => mul(exp(y), y),
      (y: Tensor<[], "float64">) => sin(y),
      x,
    );
  const plain = (x: Tensor<[], "float64">) => (item(x) > 0 ? mul(exp(x), x) : sin(x));

  it.each([0.7, -0.7])("have the derivatives of the branch taken, at %d", (at) => {
    const x = scalar(at, float64);
    close(grad(branchy)(x), grad(plain)(x));
    close(jacfwd(branchy)(x), jacfwd(plain)(x));
    close(hessian(branchy)(x), hessian(plain)(x));
    close(grad(grad(grad(branchy)))(x), grad(grad(grad(plain)))(x));
    close(vmap(grad(branchy))(stack([x, x])), stack([grad(plain)(x), grad(plain)(x)]));
  });

  it("select row by row under vmap", () => {
    const rows = tensor([0.5, -0.5, 2], float64);
    close(vmap(branchy)(rows), stack([0.5, -0.5, 2].map((x) => plain(scalar(x, float64)))));
    close(
      grad((x: Tensor<[3], "float64">) => sum(vmap(branchy)(x)))(rows),
      stack([0.5, -0.5, 2].map((x) => grad(plain)(scalar(x, float64)))),
    );
  });

  it("choose by index, which is never clamped", () => {
    const choose = (i: number) => switchCase(scalar(i, { dtype: "int32" }), [sin, cos, exp], scalar(0));
    expect([0, 1, 2].map((i) => item(choose(i)))).toEqual([0, 1, 1]);
    expect(() => choose(3)).toThrow("there is no branch 3");
  });

  it("see what they close over, and differentiate it", () => {
    const f = (x: Tensor<[]>) =>
      cond(
        greater(x, 0),
        () => mul(x, x),
        () => x,
      );
    expect(item(grad(f)(scalar(3)))).toBe(6);
    expect(item(grad(f)(scalar(-3)))).toBe(1);
  });
});

describe("whileLoop", () => {
  const root = (a: Tensor<[], "float64">) =>
    whileLoop(
      (x: Tensor<[], "float64">) => greater(mul(sub(mul(x, x), a), sub(mul(x, x), a)), 1e-20),
      (x) => mul(0.5, add(x, div(a, x))),
      scalar(1, float64),
    );

  it("has forward derivatives of any order", () => {
    expect(item(jvp(root, [scalar(2, float64)], [scalar(1, float64)])[1])).toBeCloseTo(0.5 / Math.SQRT2, 10);
  });

  it("lets rows stop at different steps under vmap", () => {
    const doubled = (x: Tensor<[]>) =>
      whileLoop(
        (y: Tensor<[]>) => less(y, 100),
        (y) => mul(y, 2),
        x,
      );
    expect(toArray(vmap(doubled)(tensor([3, 60, 200])))).toEqual([192, 120, 200]);
    expect(
      toArray(
        vmap((x: Tensor<[], "float64">) => jvp(root, [x], [scalar(1, float64)])[1])(tensor([2, 4], float64)),
      ),
    ).toEqual([expect.closeTo(0.5 / Math.SQRT2, 10), expect.closeTo(0.25, 10)]);
  });

  it("refuses reverse mode, with the way out", () => {
    expect(() => grad(root)(scalar(2, float64))).toThrow("scan or foriLoop");
  });
});

describe("functions with rules of their own", () => {
  const softplus = customJvp(
    (x: Tensor<[2]>) => sin(x),
    ([x], [dx]) => [sin(x), mul(dx, mul(2, cos(x)))],
  );
  const x = tensor([0.3, -0.4]);

  it("customJvp: both modes, higher order, vmap, inside scan", () => {
    const twice = mul(2, cos(x));
    close(grad((v: Tensor<[2]>) => sum(softplus(v)))(x), twice);
    close(jvp(softplus, [x], [tensor([1, 1])])[1], twice);
    close(grad((v: Tensor<[2]>) => sum(grad((u: Tensor<[2]>) => sum(softplus(u)))(v)))(x), mul(-2, sin(x)));
    close(vmap(softplus)(stack([x, x])), stack([sin(x), sin(x)]));
    close(
      grad((v: Tensor<[2]>) =>
        sum(scan((c: Tensor<[2]>) => [softplus(c), null] as const, v, null, { length: 1 })[0]),
      )(x),
      twice,
    );
  });

  const clipped = customVjp(
    (v: Tensor<[2]>, scale: number) => mul(v, scale),
    (v, scale) => [mul(v, scale), { v }],
    ({ v }, cotangent) => [mul(cotangent, mul(v, 10)), null],
    { nonDifferentiable: [1] },
  );

  it("customVjp: its own gradient, vmap either way, forward refused", () => {
    close(grad((v: Tensor<[2]>) => sum(clipped(v, 3)))(x), mul(10, x));
    close(vmap(grad((v: Tensor<[2]>) => sum(clipped(v, 3))))(stack([x, x])), mul(10, stack([x, x])));
    close(
      grad((v: Tensor<[2, 2]>) => sum(vmap((u: Tensor<[2]>) => clipped(u, 3))(v)))(stack([x, x])),
      mul(10, stack([x, x])),
    );
    expect(() => jvp((v: Tensor<[2]>) => clipped(v, 3), [x], [x])).toThrow(
      "customJvp where forward mode is needed",
    );
  });

  it("refuse to differentiate what they close over", () => {
    const bad = (a: Tensor<[2]>) =>
      sum(
        customJvp(
          (v: Tensor<[2]>) => mul(v, a),
          ([v], [dv]) => [mul(v, a), mul(dv, a)],
        )(x),
      );
    expect(() => grad(bad)(x)).toThrow("closes over a value that is differentiated");
    expect(
      item(
        vmap((a: Tensor<[2]>) =>
          customJvp(
            (v: Tensor<[2]>) => sum(mul(v, a)),
            ([v], [dv]) => [sum(mul(v, a)), sum(mul(dv, a))],
          )(x),
        )(stack([x])) as never,
      ),
    ).toBeCloseTo(0.25, 6);
  });
});

describe("checkpoint", () => {
  const layer = (h: Tensor<[2], "float64">) => tanh(matmul(w, h));
  const deep = (each: typeof layer) => (h: Tensor<[2], "float64">) => sum(each(each(each(h))));
  it.each(["nothing", "contractions"] as const)("%s: the derivatives are the same", (policy) => {
    const again = checkpoint(layer, { policy });
    close(grad(deep(again))(h0), grad(deep(layer))(h0));
    close(jacfwd(deep(again))(h0), jacfwd(deep(layer))(h0));
    close(hessian(deep(again))(h0), hessian(deep(layer))(h0));
    close(vmap(grad(deep(again)))(stack([h0, h0])), vmap(grad(deep(layer)))(stack([h0, h0])));
  });

  it("computes again in the backward pass what it does not remember", () => {
    const count = (f: typeof layer): number =>
      programToString(stage(grad(deep(f)))(h0)).split("tanh").length - 1;
    expect(count(checkpoint(layer))).toBeGreaterThan(count(layer));
  });
});

describe("bad input", () => {
  const mistakes: Readonly<Record<string, () => unknown>> = {
    "a carry that changes its shape": () =>
      scan((c: Tensor, x: Tensor<[]>) => [stack([c, x]), null] as const, scalar(0) as Tensor, tensor([1, 2])),
    "a carry that changes its tree": () =>
      scan((c: { a: Tensor }) => [{ b: c.a } as never, null] as const, { a: scalar(0) }, null, { length: 2 }),
    "a number as a carry": () => foriLoop(0, 3, (_i, c) => c, 0 as never),
    "xs of different lengths": () =>
      scan((c: Tensor<[]>) => [c, null] as const, scalar(0), { a: zeros([2]), b: zeros([3]) }),
    "no length": () => scan((c: Tensor<[]>) => [c, null] as const, scalar(0)),
    "a step that returns no pair": () => scan(((c: Tensor<[]>) => c) as never, scalar(0), zeros([2])),
    "branches that disagree": () =>
      cond(
        equal(scalar(1), 1),
        () => zeros([2]),
        () => zeros([3]) as never,
      ),
    "a predicate that is no bool": () =>
      cond(
        scalar(1) as never,
        () => scalar(1),
        () => scalar(2),
      ),
    "a JavaScript boolean as a predicate": () =>
      cond(
        true as never,
        () => scalar(1),
        () => scalar(2),
      ),
    "a condition that is no scalar": () =>
      whileLoop(
        () => zeros([2], { dtype: "bool" }) as never,
        (c: Tensor) => c,
        scalar(0) as Tensor,
      ),
    "a bound that is a tensor": () => foriLoop(0, scalar(3) as never, (_i, c) => c, scalar(0)),
    "a host comparison inside a loop": () =>
      scan((c: Tensor<[]>) => [item(c) > 0 ? c : c, null] as const, scalar(0), null, { length: 2 }),
    "a rule that returns no pair": () =>
      customJvp((v: Tensor<[]>) => v, (() => scalar(1)) as never)(scalar(1)),
    "a rule with another output": () =>
      customJvp((v: Tensor<[]>) => v, (() => [zeros([2]), scalar(1)]) as never)(scalar(1)),
    "a cotangent of another shape": () =>
      grad(
        customVjp(
          (v: Tensor<[]>) => v,
          (v) => [v, null],
          () => [zeros([2])],
        ),
      )(scalar(1)),
    "a policy that is none": () => checkpoint(sin, { policy: "everything" as never }),
  };
  it.each(Object.entries(mistakes))("%s", (_name, mistake) => {
    const result = attempt(mistake);
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchSnapshot();
  });

  it("passes the user's own check of gradients", () => {
    expect(() => {
      checkGradients(scanned, [w, h0, xs]);
    }).not.toThrow();
  });
});
