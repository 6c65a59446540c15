import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  einsum,
  item,
  ones,
  reshape,
  scalar,
  shapeOf,
  sum,
  tensor,
  toTypedArray,
  transpose,
  vmap,
  type Tensor,
} from "../index.js";

const labels = ["i", "j", "k", "l"] as const;
const lengths: Readonly<Record<string, number>> = { i: 2, j: 3, k: 1, l: 2 };
const lengthOf = (label: string): number => lengths[label] ?? 1;

interface Operand {
  readonly term: string;
  readonly data: readonly number[];
}

const sizeOf = (term: string): number => Array.from(term).reduce((size, label) => size * lengthOf(label), 1);

/** The definition: for each value of all labels together, the product of the elements that they name. */
const naive = (operands: readonly Operand[], result: string): readonly number[] => {
  const all = labels.filter((label) => operands.some(({ term }) => term.includes(label)));
  const out = new Array<number>(sizeOf(result)).fill(0);
  for (let flat = 0; flat < sizeOf(all.join("")); flat++) {
    const at: Record<string, number> = {};
    all.reduceRight((rest, label) => {
      at[label] = rest % lengthOf(label);
      return Math.floor(rest / lengthOf(label));
    }, flat);
    const place = (term: string): number =>
      Array.from(term).reduce((index, label) => index * lengthOf(label) + (at[label] ?? 0), 0);
    const product = operands.reduce((total, { term, data }) => total * (data[place(term)] ?? NaN), 1);
    out[place(result)] = (out[place(result)] ?? NaN) + product;
  }
  return out;
};

const term = fc.array(fc.constantFrom(...labels), { maxLength: 3 }).map((letters) => letters.join(""));
const operand = term.chain((letters) =>
  fc
    .array(fc.integer({ min: -3, max: 3 }), { minLength: sizeOf(letters), maxLength: sizeOf(letters) })
    .map((data): Operand => ({ term: letters, data })),
);
const problem = fc.array(operand, { minLength: 1, maxLength: 4 }).chain((operands) => {
  const present = labels.filter((label) => operands.some((one) => one.term.includes(label)));
  return fc.shuffledSubarray([...present]).map((result) => ({ operands, result: result.join("") }));
});

const tensorOf = ({ term: letters, data }: Operand): Tensor =>
  reshape(tensor(data), Array.from(letters, lengthOf)) as Tensor;

describe("einsum", () => {
  it("is its definition: diagonals, sums, any order, up to four operands", () => {
    fc.assert(
      fc.property(problem, ({ operands, result }) => {
        const equation = `${operands.map((one) => one.term).join(",")}->${result}`;
        const found = einsum(equation, ...operands.map(tensorOf));
        expect(shapeOf(found)).toEqual(Array.from(result, lengthOf));
        expect(Array.from(toTypedArray(found), (x) => x + 0)).toEqual(
          naive(operands, result).map((x) => x + 0),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("implies the result: the letters that come once, in alphabetical order", () => {
    expect(shapeOf(einsum("ba", ones([2, 3])))).toEqual([3, 2]);
    expect(shapeOf(einsum("kj, ji", ones([2, 3]), ones([3, 4])))).toEqual([4, 2]);
    expect(shapeOf(einsum("...j,jk", ones([5, 6, 3]), ones([3, 2])))).toEqual([5, 6, 2]);
  });

  it("broadcasts the axes of an ellipsis, and sums those that the result lacks", () => {
    expect(shapeOf(einsum("...i,...i->...", ones([4, 1, 3]), ones([5, 3])))).toEqual([4, 5]);
    expect(shapeOf(einsum("i...->...i", ones([2, 3, 4])))).toEqual([3, 4, 2]);
    expect(item(einsum("i...->", ones([2, 3])))).toBe(6);
    expect(shapeOf(einsum("...,...", scalar(1), ones([2])))).toEqual([2]);
    expect(shapeOf(einsum("...->...", ones([1, 2])))).toEqual([1, 2]);
  });

  it("takes one tensor twice, views, integers and batches", () => {
    const x = ones([2, 3]);
    expect(item(einsum("ij,ij->", x, x))).toBe(6);
    expect(item(einsum("ij,ji,ij->", x, transpose(x), x))).toBe(6);
    expect(item(einsum("i,i", ones([3], { dtype: "int32" }), ones([3], { dtype: "int32" })))).toBe(3);
    expect(shapeOf(vmap((row: Tensor<[3]>) => einsum("i,j->ij", row, row))(x))).toEqual([2, 3, 3]);
    expect(item(sum(einsum("ij,kl->ikjl", x, x)))).toBe(36);
  });

  it("refuses equations that do not fit", () => {
    const x: Tensor = ones([2, 3]);
    expect(() => einsum("ij,jk->ik", x, x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: axis j has length 3 in one place and 2 in another.
        equation    "ij,jk->ik"
        operand 0   [2, 3]
        operand 1   [2, 3]
        fix         give axes of one name one length]
    `);
    expect(() => einsum("ij->ik", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: the result has the axis k, which no operand has.
        equation    "ij->ik"
        operand 0   [2, 3]
        fix         name axes of the operands alone after the arrow]
    `);
    expect(() => einsum("ij->ii", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: the result names an axis twice.
        equation    "ij->ii"
        operand 0   [2, 3]
        fix         name each axis of the result once]
    `);
    expect(() => einsum("ii", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: axis i has length 2 in one place and 3 in another.
        equation    "ii"
        operand 0   [2, 3]
        fix         give axes of one name one length]
    `);
    expect(() => einsum("ijk", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: "ijk" has 3 axes, its operand has 2.
        equation    "ijk"
        operand 0   [2, 3]
        fix         give one letter for each axis, or "..." for those without a name]
    `);
    expect(() => einsum("ijk...", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: "ijk..." has 3 axes, its operand has 2.
        equation    "ijk..."
        operand 0   [2, 3]
        fix         give one letter for each axis, or "..." for those without a name]
    `);
    expect(() => einsum("ij,ij", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: the equation has 2 operands, 1 are given.
        equation    "ij,ij"
        operand 0   [2, 3]
        fix         give one term for each operand, with commas between them]
    `);
    expect(() => einsum("i1", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: the equation cannot be read.
        equation    "i1"
        operand 0   [2, 3]
        fix         write letters for axes, at most one "..." for those without a name, "," between operands and one "->"]
    `);
    expect(() => einsum("ij->i->j", x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: the equation cannot be read.
        equation    "ij->i->j"
        operand 0   [2, 3]
        fix         write letters for axes, at most one "..." for those without a name, "," between operands and one "->"]
    `);
    expect(() => einsum("...i,...i->...", ones([2, 3]), ones([4, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: an axis of the ellipsis has length 2 in one place and 4 in another.
        equation    "...i,...i->..."
        operand 0   [2, 3]
        operand 1   [4, 3]
        fix         give axes of one name one length]
    `);
    expect(() => einsum("i")).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: einsum takes an equation, and at least one tensor.
        got   no tensor
        fix   write einsum("ij,jk->ik", a, b)]
    `);
    expect(() => einsum(x as never, x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: einsum takes an equation, and at least one tensor.
        got   float32[2, 3]
        fix   write einsum("ij,jk->ik", a, b)]
    `);
    expect(() => einsum("ij,ij", x, ones([2, 3], { dtype: "int32" }))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: dtypes float32 and int32 differ.
        left    float32
        right   int32
        fix     convert one operand: convert(x, "float32")]
    `);
    expect(() => einsum("i->", tensor([true]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: einsum: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});
