/** Compiled loops of every length, and reductions over every choice of axes: vector tails, partial sums, views of inputs. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { less } from "../src/primitives/comparison.js";
import { contract } from "../src/primitives/contract.js";
import { convertTo } from "../src/primitives/convert.js";
import { cumSumAlong } from "../src/primitives/cumulative.js";
import { apply } from "../src/primitives/define.js";
import { times } from "../src/primitives/multiplicative.js";
import { argMaxAlong } from "../src/primitives/order.js";
import { reduceAll, reduceAny, reduceMax, reduceMin, reduceProd } from "../src/primitives/reductions.js";
import { permute } from "../src/primitives/reshape.js";
import { reverse } from "../src/primitives/concatenate-flip.js";
import { slicePrimitive } from "../src/primitives/slice-pad.js";
import { sumPrimitive } from "../src/primitives/sum-broadcast.js";
import { tanh } from "../src/primitives/trigonometry.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { dtypes } from "../src/tensor/dtype.js";
import type { Value } from "../src/tensor/value.js";
import { layouts } from "../src/testing/layouts.js";
import { asTensor } from "../src/trace/operands.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { comparison } from "./compiled-as-interpreted.js";
import { filled, filledBy, unlike } from "./filled.js";
import { programOf, type Traced } from "./traced.js";

/** Powers of two, whose products are exact in every order; odd numbers among the integers. */
const powers = (shape: Shape, dtype: DType): ArrayTensor => {
  const x = filled(shape, dtype);
  const isFloating = dtype === "float32" || dtype === "float64";
  x.data.forEach(
    (_, i) => (x.data[i] = isFloating ? ([-0.5, 1, 2, -1, 1][i % 5] ?? 1) : 1 + 2 * ((i * 7) % 11)),
  );
  return x;
};

const sum = (x: Value, axes: readonly number[]): Value => apply(sumPrimitive, [x], { axes });

/** That a function of values gives the same compiled, on contiguous tensors and on views. */
const expectSame = (f: Traced, args: readonly ArrayTensor[]): void => {
  const compare = comparison(programOf(f, args));
  expect(compare(args)).toBe("compared");
  for (const layout of Object.values(layouts)) compare(args.map(layout));
};

const lengths = [
  ...Array.from({ length: 41 }, (_, length) => length),
  ...Array.from({ length: 7 }, (_, more) => 64 + more),
  1000,
];

describe.each(dtypes)("loops on %s", (dtype) => {
  it("of every length", () => {
    for (const length of lengths) {
      const x = filled([length], dtype);
      const y = reverseOf(x);
      if (dtype === "bool") expectSame((a) => [reverse(a, [0]), reduceAll(a, [0]), reduceAny(a, [0])], [x]);
      else if (dtype === "float32" || dtype === "float64")
        expectSame((a, b) => [plus(times(a, b), a), tanh(a), sum(times(a, b), [0]), reverse(a, [0])], [x, y]);
      else expectSame((a, b) => [plus(times(a, b), a), sum(a, [0]), less(a, b), sub(a, b)], [x, y]);
    }
  });

  it("over rows and columns of every length, of transposed and sliced operands", () => {
    for (const [rows, columns] of [
      [3, 5],
      [5, 3],
      [4, 17],
      [17, 4],
      [2, 33],
      [1, 9],
      [9, 1],
      [0, 4],
      [4, 0],
    ] as const) {
      const x = filled([rows, columns], dtype);
      const half: Shape = [rows, Math.ceil(columns / 2)];
      expectSame(
        (a) => {
          const turned = permute(a, [1, 0]);
          const thin = apply(slicePrimitive, [a], { starts: [0, 0], stops: [rows, columns], steps: [1, 2] });
          expect(thin.shape).toEqual(half);
          return dtype === "bool"
            ? [turned, thin]
            : [plus(turned, reverse(turned, [1])), times(thin, thin), convertTo(turned, "float32")];
        },
        [x],
      );
    }
  });
});

/** Every set of axes of a rank, but none. */
const subsets = (rank: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** rank - 1 }, (_, bits) =>
    Array.from({ length: rank }, (_, axis) => axis).filter((axis) => (((bits + 1) >> axis) & 1) === 1),
  );

describe.each(["float32", "float64", "int32", "uint32"] as const)("reductions of %s", (dtype) => {
  it.each<Shape>([[19], [5, 7], [18, 3], [3, 4, 5], [2, 1, 37], [2, 3, 2, 9], [3, 0, 2]])(
    "along every choice of axes of a [%i, %i, %i, %i]",
    (...shape) => {
      const sizes = shape.filter((length) => typeof length === "number");
      const x = filled(sizes, dtype);
      for (const axes of subsets(sizes.length)) {
        const isEmpty = axes.some((axis) => sizes[axis] === 0);
        expectSame((a) => [sum(a, axes), ...(isEmpty ? [] : [reduceMax(a, axes), reduceMin(a, axes)])], [x]);
        expectSame((a, b) => [reduceProd(b, axes), sum(times(a, a), axes)], [x, powers(sizes, dtype)]);
      }
    },
  );

  it.each<Shape>([[1025], [5000], [3, 2049], [2049, 3], [70, 70], [2, 1100, 2]])(
    "of so many elements that partial sums are added up: [%i, %i, %i]",
    (...shape) => {
      const sizes = shape.filter((length) => typeof length === "number");
      const x = filled(sizes, dtype);
      for (const axes of subsets(sizes.length))
        expectSame((a) => [sum(a, axes), sum(times(a, a), axes)], [x]);
    },
  );

  it("running sums, and places of the greatest", () => {
    for (const shape of [[33], [5, 9], [9, 5]] as const)
      for (const axis of shape.keys())
        expectSame(
          (a) => [cumSumAlong(a, axis, false), cumSumAlong(a, axis, true), argMaxAlong(a, axis)],
          [filled(shape, dtype)],
        );
  });

  it("products of matrices", () => {
    for (const [m, k, n] of [
      [1, 1, 1],
      [1, 7, 5],
      [3, 4, 5],
      [6, 8, 16],
      [7, 33, 9],
      [13, 70, 17],
      [5, 0, 3],
    ] as const)
      for (const [i, j] of [
        [1, 0],
        [0, 0],
        [1, 1],
        [0, 1],
      ] as const)
        expectSame(
          (a, b) => [contract(a, b, { contracted: [[i], [j]], batch: [[], []] })],
          [filled(i === 1 ? [m, k] : [k, m], dtype), filled(j === 0 ? [k, n] : [n, k], dtype)],
        );
  });
});

/** Small, so that products of products are. */
const scaled = (scale: number): ArrayTensor =>
  filledBy([24, 24], "float32", (place) => (scale * (unlike(place) - 11.25)) / 8);

const reverseOf = (x: ArrayTensor): ArrayTensor =>
  contiguousTensor(x.data.slice().reverse(), x.shape, x.dtype);

describe("scratch", () => {
  it("is given back when nothing reads it any more, and no sooner", () => {
    const [x, y] = [scaled(0.1), scaled(0.07)];
    expectSame(
      (a, b) => {
        let [p, q] = [a, b];
        // What is read in another order than it is written must not share its place with the result.
        for (let step = 0; step < 6; step++) {
          const product = contract(p, q, { contracted: [[1], [0]], batch: [[], []] });
          const running = asTensor("f", tanh(cumSumAlong(permute(product, [1, 0]), 0, false)));
          [p, q] = [asTensor("f", tanh(plus(running, p))), running];
        }
        return [p, q];
      },
      [x, y],
    );
  });
});
