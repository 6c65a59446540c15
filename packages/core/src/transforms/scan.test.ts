/** Loops as primitives: every transformation of one is that of the loop written out. */

import { describe, expect, it } from "vitest";
import {
  add,
  foriLoop,
  grad,
  hessian,
  item,
  jacfwd,
  jacrev,
  jit,
  jvp,
  map,
  matmul,
  mul,
  programToString,
  scalar,
  scan,
  stack,
  stage,
  sum,
  take,
  tanh,
  tensor,
  toArray,
  vmap,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { checkGradients } from "@cotangent/core/testing";
import { expectClose } from "../../test/close.js";

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
    expectClose(transform(scanned), transform(unrolled));
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
    // The constant matrix would be stacked three times if it were taken for a residual of a step.
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

  it("passes the user's own check of gradients", () => {
    expect(() => {
      checkGradients(scanned, [w, h0, xs]);
    }).not.toThrow();
  });
});
