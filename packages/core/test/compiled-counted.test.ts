/** Loops over the numbers of their steps, which are counted, not stored. Those of up to 256 steps are constants. */

import { describe, expect, it } from "vitest";
import {
  add,
  arange,
  cond,
  foriLoop,
  grad,
  less,
  map,
  mul,
  scan,
  sin,
  stage,
  sum,
  take,
  vmap,
  type Tensor,
} from "@cotangent/core";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { filled } from "./filled.js";
import { comparedPlan } from "./traced.js";

type F = (...args: never[]) => unknown;
type Whole = Tensor<[], "int32">;
type Real = Tensor<[]>;

const planFor = (f: F, ...args: readonly ArrayTensor[]): string =>
  comparedPlan((stage as unknown as (g: F) => (...xs: readonly ArrayTensor[]) => never)(f)(...args), args);

/** The plan of a function, which says nothing of rows of numbers, and has no room for them. */
const expectCounted = (f: F, ...args: readonly ArrayTensor[]): void => {
  const plan = planFor(f, ...args);
  expect(plan).not.toMatch(/loop over|iota/);
  expect(Number(/scratch: (\d+)/.exec(plan)?.[1])).toBeLessThan(400);
};

const whole = filled([], "int32", 3);
const real = filled([], "float32");
/** Depends on the order of the steps. */
const mixed = (sumOfAll: Whole, number: Whole): Whole => add(mul(sumOfAll, 3), number);

describe("a loop over the numbers of its steps", () => {
  it.each([
    [0, 100],
    [0, 257],
    [0, 385],
    [7, 300],
    [-400, 41],
    [2 ** 31 - 300, 2 ** 31 - 1],
  ])("counts from %d up to %d", (from, to) => {
    expectCounted((x: Whole) => foriLoop(from, to, (i, y) => mixed(y, i), x), whole);
  });

  it.each([17, 384, 555])("counts %d steps backwards", (length) => {
    expectCounted(
      (x: Whole) =>
        scan((y, i) => [mixed(y, i), null], x, arange(length, { dtype: "int32" }), { reverse: true })[0],
      whole,
    );
  });

  it("stacks them, and carries them", () => {
    for (const reverse of [false, true])
      planFor(
        (x: Whole) => scan((y, i) => [i, [i, add(y, i)]], x, arange(500, { dtype: "int32" }), { reverse }),
        whole,
      );
  });

  it("reads elements there, and branches by them", () => {
    expectCounted(
      (x: Tensor, y: Real) => foriLoop(5, 1000, (i, z) => add(mul(z, 0.5), take(x, i)), y),
      filled([1000], "float32"),
      real,
    );
    const step = (i: Whole, y: Real): Real =>
      cond(
        less(i, 200),
        (z: Real) => mul(z, 0.5),
        (z: Real) => add(z, 1),
        y,
      );
    expectCounted((x: Real) => foriLoop(0, 400, step, x), real);
  });

  it("hands them on to a loop inside of it", () => {
    const inner = (i: Whole, x: Whole): Whole => foriLoop(0, 270, (j, y) => mixed(mixed(y, i), j), x);
    expectCounted((x: Whole) => foriLoop(0, 300, inner, x), whole);
  });

  it("stores them for whoever else reads them", () => {
    const plan = planFor((x: Whole) => {
      const numbers = add(arange(600, { dtype: "int32" }), 4);
      const total = (start: Whole): Whole => scan((y, i) => [mixed(y, i), null], start, numbers)[0];
      return [numbers, total(x), total(sum(numbers))];
    }, whole);
    expect(plan).toContain("loop over [600]");
  });

  it("reads rows that are no numbers of steps", () => {
    const numbers = (): Tensor<[600], "int32"> => arange(600, { dtype: "int32" });
    planFor((x: Whole) => map((i) => add(i, x), add(numbers(), mul(numbers(), 2))), whole);
    planFor((x: Real) => map((y) => mul(y, x), arange(600)), real);
  });

  it("is the interpreter's, differentiated and mapped", () => {
    const walk = (x: Tensor<[300]>): Real => foriLoop(2, 300, (i, y) => sin(add(y, take(x, i))), sum(x));
    planFor(grad(walk), filled([300], "float32"));
    planFor(vmap(walk), filled([3, 300], "float32"));
  });
});
