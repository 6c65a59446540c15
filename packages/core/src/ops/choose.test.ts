import { describe, expect, it } from "vitest";
import {
  clip,
  div,
  dtypeOf,
  grad,
  greater,
  hessian,
  isClose,
  jvp,
  less,
  log,
  nanToNum,
  notEqual,
  ones,
  safeWhere,
  scalar,
  select,
  sqrt,
  sum,
  tensor,
  toArray,
  where,
  zeros,
  type Tensor,
} from "../index.js";

const x = tensor([-1, 0, 4]);

/** A function as plain JavaScript sees it. */
const loose = (f: unknown): ((...args: readonly unknown[]) => unknown) => f as never;

describe("safeWhere", () => {
  it("has a finite gradient where `where` leaks NaN", () => {
    const leaking = grad((v: Tensor<[3]>) => sum(where(greater(v, 0), sqrt(v), 0)))(x);
    const safe = grad((v: Tensor<[3]>) => sum(safeWhere(greater(v, 0), sqrt, v)))(x);
    expect(toArray(leaking)).toEqual([NaN, NaN, 0.25]);
    expect(toArray(safe)).toEqual([0, 0, 0.25]);
  });

  it("stays finite to second order, and forward", () => {
    const f = (v: Tensor<[3]>): Tensor<[]> => sum(safeWhere(greater(v, 0), log, v));
    expect(
      toArray(hessian(f)(x))
        .flat()
        .map((entry) => entry + 0),
    ).toEqual([0, 0, 0, 0, 0, 0, 0, 0, -0.0625]);
    expect(toArray(jvp(f, [x], [tensor([1, 1, 1])])[1])).toBe(0.25);
  });

  it("evaluates elsewhere at a point of one's choice", () => {
    const seen: unknown[] = [];
    const y = safeWhere(
      notEqual(x, 0),
      (v) => {
        seen.push(toArray(v));
        return div(4, v);
      },
      x,
      tensor([7]),
      { at: 2 },
    );
    expect(seen).toEqual([[-1, 2, 4]]);
    expect(toArray(y)).toEqual([-4, 7, 1]);
  });

  it("refuses what is no condition, and no function", () => {
    expect(() => loose(safeWhere)(x, log, x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: safeWhere: dtype float32 is not supported.
        expected   bool
        got        float32
        fix        convert the operand first: convert(x, "bool")]
    `);
    expect(() => loose(safeWhere)(greater(x, 0), x, x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: safeWhere: the second argument must be a function of x.
        got   float32[3]
        fix   write safeWhere(condition, log, x, otherwise)]
    `);
    expect(() => safeWhere(greater(x, 0), (() => 1) as never, x, "0" as never))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: where: an operand must be a tensor or a number.
        got   the string "0"
        fix   make a tensor first: tensor(data), fromTypedArray(array, shape)]
    `);
  });
});

describe("select", () => {
  it("takes the first choice whose condition holds", () => {
    expect(toArray(select([less(x, 0), less(x, 1)], [1, 2], 3))).toEqual([1, 2, 3]);
    expect(toArray(select([less(x, 0)], [x]))).toEqual([-1, 0, 0]);
    expect(dtypeOf(select([tensor([true])], [tensor([1], { dtype: "int32" })]))).toBe("int32");
  });

  it("refuses what does not pair up", () => {
    expect(() => loose(select)([less(x, 0)], [])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: select: there must be one choice for each condition, and at least one.
        conditions   an array of 1
        choices      an array of 0
        fix          write select([less(x, 0), greater(x, 1)], [a, b], otherwise)]
    `);
    expect(() => select([], [])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: select: there must be one choice for each condition, and at least one.
        conditions   an array of 0
        choices      an array of 0
        fix          write select([less(x, 0), greater(x, 1)], [a, b], otherwise)]
    `);
    expect(() => loose(select)([x], [1])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: select: dtype float32 is not supported.
        expected   bool
        got        float32
        fix        convert the operand first: convert(x, "bool")]
    `);
  });
});

describe("clip", () => {
  it("takes tensors, numbers, and bounds that are left out", () => {
    expect(toArray(clip(x, { min: tensor([0, 1, 2]), max: 3 }))).toEqual([0, 1, 3]);
    expect(clip(x, {})).toBe(x);
    expect(toArray(clip(5, { max: 2 }))).toBe(2);
  });

  it("lets max win where the bounds cross, and NaN through", () => {
    expect(toArray(clip(tensor([0, NaN]), { min: 2, max: 1 }))).toEqual([1, NaN]);
  });

  it("refuses what does not fit", () => {
    expect(() => clip(tensor([1], { dtype: "int32" }), { min: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: clip: the number 0.5 does not fit a tensor of int32.
        tensor   int32
        number   0.5
        fix      convert the tensor first, convert(x, "float32"), or write a number that int32 holds]
    `);
    expect(() => clip(x as Tensor, { max: ones([2]) as Tensor })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: clip: shapes [3] and [2] do not broadcast.
        left    [3]   axis 0 has length 3
        right   [2]   axis 0 has length 2
        fix     lengths are compared from the last axis on; they must be equal, or one of them 1 (see expandDims, reshape)]
    `);
    expect(() => loose(clip)("x", {})).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: clip: an operand must be a tensor or a number.
        got   the string "x"
        fix   make a tensor first: tensor(data), fromTypedArray(array, shape)]
    `);
  });
});

describe("nanToNum", () => {
  it("writes the largest finite number of the dtype", () => {
    const largest = 3.4028234663852886e38;
    expect(toArray(nanToNum(tensor([NaN, Infinity, -Infinity, 2])))).toEqual([0, largest, -largest, 2]);
    expect(toArray(nanToNum(tensor([Infinity], { dtype: "float64" })))).toEqual([Number.MAX_VALUE]);
    expect(toArray(nanToNum(tensor([NaN, -Infinity]), { nan: 1, negInf: -9 }))).toEqual([1, -9]);
    expect(toArray(nanToNum(tensor([3], { dtype: "int32" })))).toEqual([3]);
  });

  it("has the gradient 0 where it has replaced", () => {
    expect(toArray(grad((v: Tensor<[3]>) => sum(nanToNum(v)))(tensor([NaN, Infinity, 2])))).toEqual([
      0, 0, 1,
    ]);
  });

  it("refuses bools", () => {
    expect(() => nanToNum(tensor([true]) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: nanToNum: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});

describe("isClose", () => {
  it("knows infinities and NaN", () => {
    const a = tensor([Infinity, Infinity, NaN, 1, Infinity]);
    const b = tensor([Infinity, -Infinity, NaN, Infinity, 1]);
    expect(toArray(isClose(a, b))).toEqual([true, false, false, false, false]);
    expect(toArray(isClose(a, b, { equalNan: true }))).toEqual([true, false, true, false, false]);
  });

  it("takes tolerances, numbers and integers", () => {
    expect(toArray(isClose(tensor([1, 1]), tensor([1.1, 1.3]), { rtol: 0, atol: 0.2 }))).toEqual([
      true,
      false,
    ]);
    expect(toArray(isClose(scalar(1), 1))).toBe(true);
    const [m, n] = [tensor([100000, 5], { dtype: "int32" }), tensor([100001, 6], { dtype: "int32" })];
    expect(toArray(isClose(m, n))).toEqual([true, false]);
    expect(toArray(isClose(zeros([0]), zeros([0])))).toEqual([]);
  });

  it("refuses bools", () => {
    expect(() => isClose(tensor([true]) as never, tensor([true]) as never))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: isClose: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});
