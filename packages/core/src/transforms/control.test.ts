/** Branches, and loops that end when they find it: derivatives of what is taken, rows that stop apart, mistakes. */

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
  jit,
  jvp,
  less,
  linearize,
  map,
  mul,
  scalar,
  scan,
  sin,
  stack,
  sub,
  sum,
  switchCase,
  tensor,
  toArray,
  vmap,
  whileLoop,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { expectClose } from "../../test/close.js";

const float64 = { dtype: "float64" } as const;
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
    expectClose(grad(branchy)(x), grad(plain)(x));
    expectClose(jacfwd(branchy)(x), jacfwd(plain)(x));
    expectClose(hessian(branchy)(x), hessian(plain)(x));
    expectClose(grad(grad(grad(branchy)))(x), grad(grad(grad(plain)))(x));
    expectClose(vmap(grad(branchy))(stack([x, x])), stack([grad(plain)(x), grad(plain)(x)]));
  });

  it("select row by row under vmap", () => {
    const rows = tensor([0.5, -0.5, 2], float64);
    expectClose(vmap(branchy)(rows), stack([0.5, -0.5, 2].map((x) => plain(scalar(x, float64)))));
    expectClose(
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

  it("is linearised, for what pushes tangents forward", () => {
    expect(item(jacfwd(root)(scalar(2, float64)) as Tensor<[], "float64">)).toBeCloseTo(0.5 / Math.SQRT2, 10);
    const derivative = jacfwd as unknown as (f: typeof root) => typeof root;
    const twice = jit(derivative(derivative(root)));
    const second = item(twice(scalar(2, float64)));
    expect(second).toBeCloseTo(-(2 ** -3.5), 6);
    const [value, push] = linearize(root, [scalar(2, float64)]);
    expect([item(value), item(push(scalar(3, float64)) as Tensor<[], "float64">)]).toEqual([
      expect.closeTo(Math.SQRT2, 10),
      expect.closeTo(1.5 / Math.SQRT2, 8),
    ]);
  });

  it("refuses reverse mode, with the way out", () => {
    expect(() => grad(root)(scalar(2, float64))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: grad: whileLoop cannot be transposed: reverse mode must remember every step, and their number is not known.
        fix   write scan or foriLoop with a bound, or use jvp or jacfwd]
    `);
  });
});

describe("bad input", () => {
  /** A function as plain JavaScript sees it. */
  const loose = (f: unknown): ((...args: readonly unknown[]) => unknown) => f as never;
  const yes = equal(scalar(1), 1);
  const first = scalar(0, { dtype: "int32" });
  const mistakes: Readonly<Record<string, () => unknown>> = {
    "a carry that changes its shape": () =>
      scan((c: Tensor, x: Tensor<[]>) => [stack([c, x]), null] as const, scalar(0) as Tensor, tensor([1, 2])),
    "a carry that changes in two places": () =>
      scan(
        (c: { a: Tensor; b: Tensor; c: Tensor }) => [{ ...c, a: sum(c.a), c: sum(c.c) }, null] as const,
        { a: zeros([2]), b: zeros([2]), c: zeros([3]) },
        null,
        { length: 2 },
      ),
    "a carry that changes in many places": () =>
      scan(
        (c: readonly Tensor[]) => [c.map((each) => sum(each)), null] as const,
        Array.from({ length: 8 }, () => zeros([2]) as Tensor),
        null,
        { length: 2 },
      ),
    "values in the place of branches": () => loose(cond)(yes, zeros([2]), zeros([2])),
    "one branch": () => loose(cond)(yes, sin),
    "values among the branches": () => loose(switchCase)(first, [sin, 2], scalar(0)),
    "a JavaScript number as an index": () => loose(switchCase)(0, [sin], scalar(0)),
    "a JavaScript boolean as an index": () => loose(switchCase)(true, [sin], scalar(0)),
    "the carry before the body": () => loose(foriLoop)(0, 3, scalar(0), sin),
    "a value as a body": () => loose(whileLoop)(() => yes, scalar(0), scalar(0)),
    "a value as a condition": () => loose(whileLoop)(yes, sin, scalar(0)),
    "the carry before the step": () => loose(scan)(scalar(0), sin, zeros([2])),
    "the rows before the function": () => loose(map)(zeros([2]), sin),
    "no rule": () => loose(customJvp)(sin),
    "no backward rule": () => loose(customVjp)(sin, sin),
    "no function for linearize": () => loose(linearize)(scalar(0), sin),
    "reverse mode of a loop over a rule for reverse mode": () =>
      grad((v: Tensor<[]>) =>
        whileLoop(
          (c) => less(c, 9),
          customVjp(
            (c: Tensor<[]>) => mul(c, 2),
            (c) => [mul(c, 2), null],
            (_residuals, cotangent) => [cotangent],
          ),
          v,
        ),
      )(scalar(1)),
    "a carry that changes its tree": () =>
      scan((c: { a: Tensor }) => [{ b: c.a } as never, null] as const, { a: scalar(0) }, null, { length: 2 }),
    "a number as a carry": () => foriLoop(0, 3, (_i, c) => c, 0 as never),
    "xs of different lengths": () =>
      scan((c: Tensor<[]>) => [c, null] as const, scalar(0), { a: zeros([2]), b: zeros([3]) }),
    "no length": () => scan((c: Tensor<[]>) => [c, null] as const, scalar(0)),
    "a step that returns no pair": () => scan(((c: Tensor<[]>) => c) as never, scalar(0), zeros([2])),
    "branches that give a number and a tensor": () =>
      cond(equal(scalar(1), 1), (x: Tensor<[]>) => x, (() => 0) as never, scalar(7)),
    "branches that give different constants": () =>
      switchCase(scalar(1, { dtype: "int32" }), [() => "zero", () => "one"] as never),
    "branches with a constant in the place of another's tensor": () =>
      cond(equal(scalar(1), 1), () => 0, (() => scalar(7)) as never),
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
    "a rule with another constant": () =>
      customJvp((v: Tensor<[]>) => ({ y: v, k: 1 }), (([v]: [Tensor<[]>], [dv]: [Tensor<[]>]) => [
        { y: v, k: 2 },
        { y: dv, k: null },
      ]) as never)(scalar(1)),
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
});
