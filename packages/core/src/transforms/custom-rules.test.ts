/** Rules of the user's own, and what is computed again instead of remembered. */

import { describe, expect, it } from "vitest";
import {
  add,
  checkpoint,
  cond,
  conv,
  cos,
  customJvp,
  customVjp,
  foriLoop,
  grad,
  greater,
  hessian,
  item,
  jacfwd,
  jit,
  jvp,
  map,
  matmul,
  mul,
  ones,
  programToString,
  scalar,
  scan,
  sin,
  stack,
  stage,
  sum,
  tanh,
  tensor,
  toArray,
  vmap,
  type Tensor,
} from "@cotangent/core";
import { expectClose } from "../../test/close.js";

const float64 = { dtype: "float64" } as const;
describe("functions with rules of their own", () => {
  const softplus = customJvp(
    (x: Tensor<[2]>) => sin(x),
    ([x], [dx]) => [sin(x), mul(dx, mul(2, cos(x)))],
  );
  const x = tensor([0.3, -0.4]);

  it("customJvp: both modes, higher order, vmap, inside scan", () => {
    const twice = mul(2, cos(x));
    expectClose(grad((v: Tensor<[2]>) => sum(softplus(v)))(x), twice);
    expectClose(jvp(softplus, [x], [tensor([1, 1])])[1], twice);
    expectClose(
      grad((v: Tensor<[2]>) => sum(grad((u: Tensor<[2]>) => sum(softplus(u)))(v)))(x),
      mul(-2, sin(x)),
    );
    expectClose(vmap(softplus)(stack([x, x])), stack([sin(x), sin(x)]));
    expectClose(
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

  it("customVjp in the steps of a loop", () => {
    const seven = customVjp(
      sin as (x: Tensor<[]>) => Tensor<[]>,
      (x: Tensor<[]>) => [sin(x), x] as const,
      (_x, cotangent) => [mul(7, cotangent)],
    );
    expect(
      item(grad((x: Tensor<[]>) => foriLoop(0, 2, (_, c: Tensor<[]>) => seven(c), x))(scalar(0.5))),
    ).toBe(49);
    expect(toArray(grad((x: Tensor<[2]>) => sum(map(seven, x)))(tensor([1, 2])))).toEqual([7, 7]);
  });

  it("customVjp: its own gradient, vmap either way, forward refused", () => {
    expectClose(grad((v: Tensor<[2]>) => sum(clipped(v, 3)))(x), mul(10, x));
    expectClose(vmap(grad((v: Tensor<[2]>) => sum(clipped(v, 3))))(stack([x, x])), mul(10, stack([x, x])));
    expectClose(
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

const w = tensor(
  [
    [0.3, -0.2],
    [0.1, 0.4],
  ],
  float64,
);
const h0 = tensor([0.1, -0.3], float64);

describe("checkpoint", () => {
  const layer = (h: Tensor<[2], "float64">) => tanh(matmul(w, h));
  const deep = (each: typeof layer) => (h: Tensor<[2], "float64">) => sum(each(each(each(h))));
  it.each(["nothing", "contractions"] as const)("%s: the derivatives are the same", (policy) => {
    const again = checkpoint(layer, { policy });
    expectClose(grad(deep(again))(h0), grad(deep(layer))(h0));
    expectClose(jacfwd(deep(again))(h0), jacfwd(deep(layer))(h0));
    expectClose(hessian(deep(again))(h0), hessian(deep(layer))(h0));
    expectClose(vmap(grad(deep(again)))(stack([h0, h0])), vmap(grad(deep(layer)))(stack([h0, h0])));
  });

  it("computes again in the backward pass what it does not remember", () => {
    const count = (f: typeof layer): number =>
      programToString(stage(grad(deep(f)))(h0)).split("tanh").length - 1;
    expect(count(checkpoint(layer))).toBeGreaterThan(count(layer));
  });

  it("remembers products of programs that are applied in it, and none that only the result needs", () => {
    const two = (h: Tensor<[2], "float64">) => matmul(w, tanh(matmul(w, tanh(h))));
    const products = (f: typeof two, policy: "nothing" | "contractions"): number => {
      const again = checkpoint(f, { policy });
      expectClose(grad((h: typeof h0) => sum(again(h)))(h0), grad((h: typeof h0) => sum(two(h)))(h0));
      return programToString(stage(grad((h: typeof h0) => sum(again(h))))(h0)).split("contract(").length - 1;
    };
    for (const f of [two, jit(two), jit((h: typeof h0) => jit(two)(h))]) {
      expect(products(f, "nothing")).toBe(5);
      expect(products(f, "contractions")).toBe(4);
    }
  });

  it("remembers products of each step of a loop, and of the branch that is taken", () => {
    type Vector = typeof h0;
    const step = (h: Vector): Vector => matmul(w, tanh(matmul(w, h)));
    const chosen = (h: Vector): Vector =>
      cond(greater(sum(h), 0), step, (x: Vector) => tanh(matmul(w, x)), h);
    const looped =
      (f: (h: Vector) => Vector, reverse = false) =>
      (h: Vector): Vector =>
        scan((c: Vector, x: Vector) => [add(f(c), matmul(w, x)), null] as const, h, stack([h, h, h]), {
          reverse,
        })[0];
    const nested = (h: Vector): Vector =>
      scan((c: Vector) => [looped(step)(c), null] as const, h, null, { length: 2 })[0];
    const products = (f: (h: Vector) => Vector, policy: "nothing" | "contractions"): number => {
      const gradient = grad((h: Vector) => sum(checkpoint(f, { policy })(h)));
      for (const x of [h0, mul(h0, -1)]) {
        expectClose(gradient(x), grad((h: Vector) => sum(f(h)))(x));
        expectClose(jit(gradient)(x), gradient(x));
      }
      expectClose(vmap(gradient)(stack([h0, mul(h0, -1)])), stack([gradient(h0), gradient(mul(h0, -1))]));
      return programToString(stage(gradient)(h0)).split("contract(").length - 1;
    };
    const cases = [
      [looped(step), 3, 3],
      [looped(step, true), 3, 3],
      [chosen, 3, 2],
      [looped(chosen), 4, 4],
      [nested, 3, 3],
    ] as const;
    // Each product forward and backward once, and what the backward pass needs of them again.
    for (const [f, forward, again] of cases) {
      expect(products(f, "contractions")).toBe(2 * forward);
      expect(products(f, "nothing")).toBe(2 * forward + again);
    }
  });

  it("of a loop that hands weights on from step to step", () => {
    const f = (v: typeof w, x: typeof h0) => {
      const [same, y] = foriLoop(
        0,
        3,
        (_, [u, z]: readonly [typeof w, typeof h0]) => [u, tanh(matmul(u, z))] as const,
        [v, x] as const,
      );
      return sum(matmul(same, y));
    };
    const expected = grad(f)(w, h0);
    for (const policy of ["nothing", "contractions"] as const) {
      const gradient = grad((v: typeof w, x: typeof h0) => checkpoint(f, { policy })(v, x));
      expectClose(gradient(w, h0), expected);
      expectClose(jit(gradient)(w, h0), expected);
    }
  });

  it("computes a product again that no step changes once, not at each step", () => {
    const weights = (h: typeof h0) => matmul(w, h);
    const f = (h: typeof h0) =>
      scan((c: typeof h0) => [tanh(add(c, weights(h))), null] as const, h, null, { length: 3 })[0];
    const text = programToString(
      stage(grad((h: typeof h0) => sum(checkpoint(f, { policy: "contractions" })(h))))(h0),
    );
    expect(text.split("contract(").length - 1).toBe(2);
  });

  it("remembers products and convolutions, if it is told to", () => {
    const kernel = ones([2, 2, 3]);
    const convolved = (x: Tensor<[1, 2, 9]>) => sin(conv(tanh(x), kernel));
    const image = ones([1, 2, 9]);
    const count = (policy: "nothing" | "contractions"): number => {
      const again = checkpoint(convolved, { policy });
      return (
        programToString(stage(grad((x: typeof image) => sum(again(x))))(image)).split("conv(").length - 1
      );
    };
    expect(count("nothing")).toBe(count("contractions") + 1);
  });
});
