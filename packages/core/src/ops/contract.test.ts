import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dot,
  inner,
  kron,
  matmul,
  ones,
  outer,
  scalar,
  shapeOf,
  tensor,
  tensorDot,
  toArray,
  transpose,
  vdot,
  zeros,
  type Tensor,
} from "../index.js";

const a: Tensor = ones([2, 3]);
const v: Tensor = ones([3]);
const integers: Tensor = ones([3, 2], { dtype: "int32" }) as never;

describe("matmul", () => {
  it("is the sum of products, whatever the layout", () => {
    const lengths = fc.integer({ min: 0, max: 6 });
    const number = fc.integer({ min: -9, max: 9 });
    const cases = fc
      .tuple(lengths, lengths, lengths)
      .chain(([m, k, n]) =>
        fc.tuple(
          fc.array(fc.array(number, { minLength: k, maxLength: k }), { minLength: m, maxLength: m }),
          fc.array(fc.array(number, { minLength: n, maxLength: n }), { minLength: k, maxLength: k }),
        ),
      );
    fc.assert(
      fc.property(cases, ([rows, columns]) => {
        fc.pre(rows.length > 0 && columns.length > 0);
        const expected = rows.map((row) =>
          columns[0]?.map((_, j) => row.reduce((total, x, k) => total + x * (columns[k]?.[j] ?? NaN), 0)),
        );
        const [x, y]: readonly [Tensor, Tensor] = [tensor(rows), tensor(columns)];
        expect(toArray(matmul(x, y))).toEqual(expected);
        expect(toArray(transpose(matmul(transpose(y), transpose(x))))).toEqual(expected);
      }),
    );
  });

  it("of vectors drops their axes, with batch axes on either side", () => {
    expect(shapeOf(matmul(v, ones([5, 3, 2])))).toEqual([5, 2]);
    expect(shapeOf(matmul(ones([5, 2, 3]), v))).toEqual([5, 2]);
    expect(shapeOf(matmul(ones([4, 1, 2, 3]), ones([5, 3, 2])))).toEqual([4, 5, 2, 2]);
    expect(shapeOf(matmul(ones([2, 3]), ones([4, 5, 3, 2])))).toEqual([4, 5, 2, 2]);
    expect(toArray(matmul(zeros([2, 0]), zeros([0, 1])))).toEqual([[0], [0]]);
    expect(toArray(matmul(v, v))).toBe(3);
  });

  it("refuses what does not fit", () => {
    expect(() => matmul(a, a)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: matmul: contracted dimensions differ.
        left    [2, 3]   axis 1 has length 3
        right   [2, 3]   axis 0 has length 2
        fix     transpose one operand: matmul(a, transpose(b))]
    `);
    expect(() => matmul(a, ones([2]) as Tensor)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: matmul: contracted dimensions differ.
        left    [2, 3]   axis 1 has length 3
        right   [2]   axis 0 has length 2
        fix     transpose one operand: matmul(a, transpose(b))]
    `);
    expect(() => matmul(ones([2, 2, 3]) as Tensor, ones([3, 3, 2]) as Tensor))
      .toThrowErrorMatchingInlineSnapshot(`
        [TensorError: matmul: the other axes, [2] and [3], do not broadcast.
          left    [2, 2, 3]
          right   [3, 3, 2]
          fix     their lengths are compared from the last on; they must be equal, or one of them 1 (see expandDims)]
      `);
    expect(() => matmul(a, scalar(1) as Tensor)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: matmul: the right side is a scalar.
        left    [2, 3]
        right   []
        fix     multiply by a scalar with mul(a, b)]
    `);
    expect(() => matmul(a, 2 as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: matmul: an operand must be a tensor.
        got   the number 2
        fix   make a tensor of the number first: scalar(2)]
    `);
    expect(() => matmul(a, integers)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: matmul: dtypes float32 and int32 differ.
        left    float32
        right   int32
        fix     convert one operand: convert(x, "float32")]
    `);
    expect(() => matmul(tensor([[true]]), tensor([[true]]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: matmul: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});

describe("dot, inner, vdot", () => {
  it("multiply by scalars", () => {
    expect(toArray(dot(scalar(2), tensor([1, 2])))).toEqual([2, 4]);
    expect(toArray(inner(tensor([1, 2]), scalar(2)))).toEqual([2, 4]);
    expect(toArray(vdot(scalar(2), tensor([[3]])))).toBe(6);
  });

  it("contract the axes that NumPy's do", () => {
    expect(shapeOf(dot(ones([4, 3]), ones([5, 3, 2])))).toEqual([4, 5, 2]);
    expect(shapeOf(inner(ones([4, 3]), ones([5, 2, 3])))).toEqual([4, 5, 2]);
  });

  it("refuse what does not fit", () => {
    expect(() => dot(a, a)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: dot: contracted dimensions differ.
        left    [2, 3]   axis 1 has length 3
        right   [2, 3]   axis 0 has length 2
        fix     transpose one operand: dot(a, transpose(b))]
    `);
    expect(() => inner(a, ones([2]) as Tensor)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: inner: contracted dimensions differ.
        left    [2, 3]   axis 1 has length 3
        right   [2]   axis 0 has length 2
        fix     give operands with one last length]
    `);
    expect(() => vdot(a, v)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: vdot: contracted dimensions differ.
        left    [6]   axis 0 has length 6
        right   [3]   axis 0 has length 3
        fix     give operands with as many elements]
    `);
    expect(() => dot(v, integers)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: dot: dtypes float32 and int32 differ.
        left    float32
        right   int32
        fix     convert one operand: convert(x, "float32")]
    `);
  });
});

describe("tensorDot", () => {
  it("is the outer product over no axes", () => {
    expect(shapeOf(tensorDot(a, v, { axes: 0 }))).toEqual([2, 3, 3]);
    expect(toArray(tensorDot(a, a))).toBe(6);
  });

  it("refuses axes that do not pair up", () => {
    expect(() => tensorDot(a, v)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tensorDot: 2 axes cannot be contracted.
        left    float32[2, 3]
        right   float32[3]
        fix     say how many: { axes: 1 }, or which: { axes: [[0, 2], [1, 0]] }]
    `);
    expect(() => tensorDot(a, v, { axes: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tensorDot: 0.5 axes cannot be contracted.
        left    float32[2, 3]
        right   float32[3]
        fix     say how many: { axes: 1 }, or which: { axes: [[0, 2], [1, 0]] }]
    `);
    expect(() => tensorDot(a, a, { axes: [[0, 1], [0]] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tensorDot: the lists of axes must have one length.
        left    [0, 1]
        right   [0]
        fix     name the axes in pairs: { axes: [[0, 2], [1, 0]] }]
    `);
    expect(() => tensorDot(a, a, { axes: [[0], [1]] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tensorDot: contracted dimensions differ.
        left    [2, 3]   axis 0 has length 2
        right   [2, 3]   axis 1 has length 3
        fix     name axes of one length in pairs: { axes: [[0, 2], [1, 0]] }]
    `);
    expect(() => tensorDot(a, a, { axes: [[0], [2]] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tensorDot: axis 2 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        2
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() =>
      tensorDot(a, a, {
        axes: [
          [0, 0],
          [0, 1],
        ],
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: tensorDot: axis 0 is named twice.
        got   [0, 0]
        fix   name each axis once]
    `);
  });
});

describe("outer and kron", () => {
  it("take any ranks", () => {
    expect(shapeOf(outer(ones([2, 2]), ones([0])))).toEqual([4, 0]);
    expect(toArray(outer(scalar(2), tensor([1, 3])))).toEqual([[2, 6]]);
    expect(toArray(kron(tensor([1, 2]), scalar(3)))).toEqual([3, 6]);
    expect(shapeOf(kron(ones([2]), ones([3, 4])))).toEqual([3, 8]);
  });

  it("refuse dtypes that differ", () => {
    expect(() => outer(v, integers)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: outer: dtypes float32 and int32 differ.
        left    float32
        right   int32
        fix     convert one operand: convert(x, "float32")]
    `);
    expect(() => kron(v, integers)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: kron: dtypes float32 and int32 differ.
        left    float32
        right   int32
        fix     convert one operand: convert(x, "float32")]
    `);
  });
});
