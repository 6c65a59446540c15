/**
 * Perturbation confusion: tangents of one derivative must not be taken for those of another around it.
 * Siskind & Pearlmutter, Perturbation confusion and referential transparency, 2005; Manzyuk, Pearlmutter, Radul,
 * Rush & Siskind, Perturbation confusion in forward automatic differentiation of higher-order functions, 2019.
 */

import { describe, expect, it } from "vitest";
import {
  add,
  cos,
  exp,
  grad,
  hessian,
  item,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  mul,
  scalar,
  sin,
  stack,
  square,
  sub,
  sum,
  take,
  tensor,
  toArray,
  vjp,
  vmap,
} from "../src/index.js";
import type { Tensor } from "../src/index.js";

type Scalar = Tensor<readonly [], "float64">;
type Derivative = (f: (x: Scalar) => Scalar) => (x: Scalar) => Scalar;

const number = (x: number): Scalar => scalar(x, { dtype: "float64" });

/** The derivative of a scalar function, by each transformation that gives one. */
const derivatives: readonly (readonly [string, Derivative])[] = [
  ["grad", (f) => (x) => grad(f)(x)],
  ["jvp", (f) => (x) => jvp(f, [x], [number(1)])[1]],
  ["jacfwd", (f) => (x) => jacfwd(f)(x)],
  ["jacrev", (f) => (x) => jacrev(f)(x)],
  ["vjp", (f) => (x) => vjp(f, [x])[1](number(1))[0]],
  ["linearize", (f) => (x) => linearize(f, [x])[1](number(1))],
];

const pairs = derivatives.flatMap(([outer, D]) =>
  derivatives.map(([inner, E]) => [outer, inner, D, E] as const),
);

describe.each(pairs)("%s outside, %s inside", (_outer, _inner, D, E) => {
  it("d/dx (x · d/dy (x + y) at y = 1) at x = 1 is 1, not 2", () => {
    expect(item(D((x) => mul(x, E((y) => add(x, y))(number(1))))(number(1)))).toBe(1);
  });

  it("d/dx (x · d/dy (x y) at y = 2) at x = 3 is 2x = 6", () => {
    expect(item(D((x) => mul(x, E((y) => mul(x, y))(number(2))))(number(3)))).toBe(6);
  });

  it("the inner derivative at the outer variable: d/dx (x · d/dy (x y²) at y = x) = d/dx 2x³", () => {
    expect(item(D((x) => mul(x, E((y) => mul(x, square(y)))(x)))(number(2)))).toBe(24);
  });

  it("an inner function that ignores its argument: its derivative is 0, the outer one's too", () => {
    expect(item(D((x) => E(() => mul(x, x))(number(2)))(number(3)))).toBe(0);
    expect(item(D((x) => add(mul(x, x), E(() => x)(x)))(number(3)))).toBe(6);
  });

  it("an outer function that the inner one does not see", () => {
    expect(item(D((x) => add(x, E((y) => square(y))(number(5))))(number(3)))).toBe(1);
  });

  it("one function differentiated twice, and the same inside itself", () => {
    expect(item(D(E(sin))(number(0.5)))).toBeCloseTo(-Math.sin(0.5), 14);
    const f = (x: Scalar): Scalar => mul(x, sin(x));
    expect(item(D((x) => add(f(x), E(f)(x)))(number(0.5)))).toBeCloseTo(
      2.5 * Math.cos(0.5) + 0.5 * Math.sin(0.5),
      14,
    );
  });

  it("three deep, the middle one in both", () => {
    // d/dx (x · d/dy (y · d/dz (x y z²) at z = x) at y = 2x) = d/dx (x · d/dy 2x²y² at y = 2x) = d/dx 8x⁴
    const f = (x: Scalar): Scalar =>
      mul(x, E((y) => mul(y, D((z) => mul(mul(x, y), square(z)))(x)))(mul(2, x)));
    expect(item(D(f)(number(0.5)))).toBeCloseTo(32 * 0.125, 13);
  });

  it("through vmap between the two", () => {
    const rows = (x: Scalar): Scalar =>
      sum(vmap((y: Scalar) => E((z) => mul(mul(x, y), square(z)))(x))(stack([x, mul(2, x)])));
    // Σ over y in {x, 2x} of 2 x y x = 6x³
    expect(item(D(rows)(number(0.5)))).toBeCloseTo(18 * 0.25, 13);
  });
});

describe("maps inside each other", () => {
  it("keep their batches apart", () => {
    const xs = tensor([1, 2]);
    const ys = tensor([10, 20, 30]);
    const table = vmap((x: Tensor<[]>) => vmap((y: Tensor<[]>) => sub(mul(x, y), x))(ys))(xs);
    expect(toArray(table)).toEqual([
      [9, 19, 29],
      [18, 38, 58],
    ]);
    const same = vmap((x: Tensor<[]>) => vmap((y: Tensor<[]>) => add(x, mul(2, y)))(xs))(xs);
    expect(toArray(same)).toEqual([
      [3, 5],
      [4, 6],
    ]);
  });

  it("see a value of the outer batch as shared in the inner one", () => {
    const sums = vmap((row: Tensor<[2]>) => vmap((y: Tensor<[]>) => sum(mul(row, y)))(row))(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(toArray(sums)).toEqual([
      [3, 6],
      [21, 28],
    ]);
  });

  it("with a gradient in each row, of a function that sees the other rows", () => {
    const table = tensor([1, 2, 4]);
    const slopes = vmap((x: Tensor<[]>) => grad((y: Tensor<[]>) => sum(mul(square(y), mul(x, table))))(x))(
      table,
    );
    expect(toArray(slopes)).toEqual([14, 56, 224]);
  });
});

describe("curried derivatives", () => {
  it("of a derivative that is kept as a function", () => {
    // D(u ↦ D(x ↦ exp(x + u))): the inner function closes over u, and is called while u is still perturbed.
    const shifted =
      (u: Scalar) =>
      (x: Scalar): Scalar =>
        exp(add(x, u));
    const outer = jvp((u: Scalar) => grad(shifted(u))(number(1)), [number(0)], [number(1)])[1];
    expect(item(outer)).toBeCloseTo(Math.E, 14);
    const twice = grad((u: Scalar) => grad((v: Scalar) => shifted(add(u, v))(number(1)))(number(0)))(
      number(0),
    );
    expect(item(twice)).toBeCloseTo(Math.E, 14);
  });

  it("of a pullback and a linear map that are called inside another derivative", () => {
    const [, pullback] = vjp((x: Scalar) => mul(x, x), [number(3)]);
    expect(item(grad((u: Scalar) => pullback(square(u))[0])(number(2)))).toBe(24);
    const [, linear] = linearize((x: Scalar) => mul(x, x), [number(3)]);
    expect(item(grad((u: Scalar) => linear(square(u)))(number(2)))).toBe(24);
    expect(toArray(vmap((u: Scalar) => pullback(u)[0])(tensor([1, 2], { dtype: "float64" })))).toEqual([
      6, 12,
    ]);
  });

  it("of a vector of derivatives at different points", () => {
    const f = (x: Tensor<readonly [2], "float64">): Scalar => {
      const slopes = [0, 1].map((i) => {
        const element = take(x, i);
        return grad((y: Scalar) => mul(sin(y), element))(element);
      });
      return sum(stack(slopes));
    };
    // Σ x cos x, whose Hessian is diagonal.
    const at = tensor([0.5, 1], { dtype: "float64" });
    const expected = [0.5, 1].map((x) => -2 * Math.sin(x) - x * Math.cos(x));
    const [row, other] = toArray(hessian(f)(at));
    expect(row?.[0]).toBeCloseTo(expected[0] ?? NaN, 13);
    expect(other?.[1]).toBeCloseTo(expected[1] ?? NaN, 13);
    expect([row?.[1], other?.[0]]).toEqual([0, 0]);
    expect(item(grad((x: Scalar) => cos(x))(number(0)))).toBe(-0);
  });
});
