/** Compiled rows by index, and convolutions: operands are computed where they are read, what follows is run on each block. */

import { describe, expect, it } from "vitest";
import { plus } from "../src/primitives/additive.js";
import { less } from "../src/primitives/comparison.js";
import { reverse } from "../src/primitives/concatenate-flip.js";
import { convolution } from "../src/primitives/convolution.js";
import { convertTo } from "../src/primitives/convert.js";
import { exp } from "../src/primitives/exponential.js";
import { gather, scatterAdd } from "../src/primitives/gather-scatter.js";
import { iota } from "../src/primitives/iota.js";
import { times } from "../src/primitives/multiplicative.js";
import { permute, reshape } from "../src/primitives/reshape.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { sizeOfShape } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { evaluateProgram } from "../src/transforms/call.js";
import { stageLeaves } from "../src/transforms/program-rules.js";
import type { Shape } from "../src/types/tensor.js";
import { filled } from "./filled.js";
import { compiledRunner, coreOf } from "./run-compiled.js";
import { planOf, programOf, type Traced } from "./traced.js";

/** Indices of an axis, from both ends, some of them twice. */
const indicesOf = (shape: Shape, length: number): ArrayTensor =>
  contiguousTensor(
    Int32Array.from({ length: sizeOfShape(shape) }, (_, i) => ((i * 5) % (2 * length)) - length),
    shape,
    "int32",
  );

const coreProgram = (f: Traced, args: readonly ArrayTensor[]) => {
  const parts = coreOf(programOf(f, args));
  if (parts === undefined) throw new Error("nothing is computed");
  return parts.core;
};

const scalar = (x: number): ArrayTensor => contiguousTensor(Float32Array.of(x), [], "float32");

const square = (x: Value): Value => times(x, x);
const exponential = (x: Value): Value => asTensor("exp", exp(x as never));

describe.each<[string, Shape, Shape, number]>([
  ["rows of vectors and a rest", [30, 37], [21], 0],
  ["rows in several axes", [20, 3, 7], [2, 3, 3], 0],
  ["elements", [40], [5, 7], 0],
  ["elements of each row", [33, 9], [33, 1], 1],
  ["rows of a batch of batches", [2, 3, 11, 5], [2, 3, 4], 2],
])("%s", (_name, rows, indices, batchRank) => {
  const table = indicesOf(indices, rows[batchRank] ?? 0);
  const shape = [...indices, ...rows.slice(batchRank + 1)];

  it.each(["float32", "float64", "int32", "uint32"] as const)("of %s are read by what follows", (dtype) => {
    const bias = filled(shape.slice(-1), dtype, 1);
    const plan = planOf(
      (x, at, other, last) => {
        const sum = plus(other, times(gather(x, at, batchRank), broadcast(last, shape, [shape.length - 1])));
        return [sum, less(sum, other)];
      },
      [filled(rows, dtype, 0), table, filled(shape, dtype, 2), bias],
    );
    expect(plan).toMatch(
      /^code: gather → [^;]+, not kept; on each block of it: add → [^;]+; less → [^;]+\nscratch/,
    );
  });

  it("are computed where they are read", () => {
    const plan = planOf(
      (x, at, y) => [gather(plus(square(x), y), at, batchRank)],
      [filled(rows, "float32", 0), table, filled(rows, "float32", 1)],
    );
    expect(plan).toMatch(/^code: gather → [^;]+\nscratch/);
  });

  it("are computed with the numbers of the loops", () => {
    const args = [filled(rows, "float32", 0), table];
    // As it is staged: a pass would make constants of the numbers.
    const program = stageLeaves("f", args, ([x, at]) => {
      const places = rows.map((length, axis) => broadcast(iota(length, "float32"), rows, [axis]));
      const counted = places.reduce((all, each) => plus(times(all, broadcast(scalar(16), rows, [])), each));
      return [gather(plus(square(x as Value), counted), at as Value, batchRank)];
    });
    expect(program.equations.map(({ primitive }) => primitive.name)).toContain("iota");
    expect(compiledRunner(program)(args).outputs.map(({ data }) => data)).toEqual(
      evaluateProgram(program, args).map(({ data }) => data),
    );
  });

  it("are kept where something else reads them", () => {
    const plan = planOf(
      (x, at) => {
        const taken = gather(x, at, batchRank);
        return [taken, square(taken)];
      },
      [filled(rows, "float32", 0), table],
    );
    expect(plan).toMatch(/^code: gather → [^;,]+(, [^;,]+)*; on each block of it: mul → /);
    expect(plan).not.toContain("not kept");
  });

  it.each(["float32", "float64", "int32", "uint32"] as const)(
    "of %s are computed where they are added",
    (dtype) => {
      const plan = planOf(
        (x, at, updates) => [
          scatterAdd(square(x), at, plus(square(updates), updates), batchRank),
          scatterAdd(x, at, updates, batchRank),
        ],
        [filled(rows, dtype, 0), table, filled(shape, dtype, 2)],
      );
      expect(plan).not.toContain("loop");
    },
  );

  it("that are out of range are a check that fails", () => {
    const f: Traced = (x, at, updates) => [
      times(gather(square(x), at, batchRank), updates),
      scatterAdd(x, at, square(updates), batchRank),
    ];
    const length = rows[batchRank] ?? 0;
    for (const wrong of [length, -length - 1, 2 ** 31 - 1, -(2 ** 31)]) {
      const spoilt = contiguousTensor(Int32Array.from(table.data), indices, "int32");
      const args = [filled(rows, "float32", 0), spoilt, filled(shape, "float32", 2)];
      const run = compiledRunner(coreProgram(f, args));
      expect(run(args).status).toBe(0);
      spoilt.data[spoilt.data.length - 1] = wrong;
      expect(run(args).status).toBe(1);
    }
  });
});

describe("rows by index", () => {
  // The memory's first array: what lies before its start by as much as the array is long is no memory.
  it("of what goes backwards are read, and followed by what goes backwards", () => {
    const plan = planOf(
      (x, at, bias) => [plus(gather(reverse(square(x), [0]), at, 0), reverse(bias, [0, 1]))],
      [filled([80, 60], "float32"), indicesOf([80], 80), filled([80, 60], "float32", 1)],
    );
    expect(plan).toContain("gather → float32[80, 60], not kept; on each block of it: add");
  });

  it("of bools, and of long rows, are copied", () => {
    for (const dtype of ["bool", "float32", "float64"] as const)
      for (const width of [3, 16, 40, 200])
        planOf((x, at) => [gather(x, at, 0)], [filled([9, width], dtype, 0), indicesOf([7], 9)]);
  });

  it("of transposed tensors are read in place", () => {
    const plan = planOf(
      (x, at) => [square(gather(permute(x, [1, 0]), at, 0))],
      [filled([30, 20], "float32", 0), indicesOf([6], 20)],
    );
    expect(plan).toMatch(/^code: gather → float32\[6, 30\], not kept; on each block of it: mul/);
    planOf(
      (x, at, updates) => [
        gather(permute(x, [1, 0]), at, 0),
        scatterAdd(permute(x, [1, 0]), at, permute(updates, [1, 0]), 0),
      ],
      [filled([30, 20], "float32", 0), indicesOf([6], 20), filled([30, 6], "float32", 1)],
    );
  });

  it("of few rows that are read often are computed once", () => {
    const plan = planOf(
      (x, at) => [gather(exponential(x), at, 0)],
      [filled([3, 20], "float32", 0), indicesOf([40], 3)],
    );
    expect(plan).toMatch(/^loop over \[3, 20\]: exp → float32\[3, 20\]\ncode: gather/);
  });

  it("are not followed by loops in another order, or over what is not there yet", () => {
    const args = [filled([9, 12], "float32", 0), indicesOf([12], 9), filled([12, 12], "float32", 1)];
    const turned = planOf(
      (x, at) => [plus(gather(x, at, 0), permute(gather(x, at, 0), [1, 0]))],
      args.slice(0, 2),
    );
    expect(turned).not.toContain("on each block");
    const later = planOf((x, at, y) => {
      const sums = reduceSum(exponential(y), [0]);
      return [plus(gather(x, at, 0), broadcast(sums, [12, 12], [1])), sums];
    }, args);
    expect(later).toMatch(/on each block|loop over \[12, 12\]: add/);
  });

  it("are what sums behind them read", () => {
    const plan = planOf(
      (x, at, y) => {
        const change = times(gather(x, at, 0), y);
        return [change, reduceSum(change, [0])];
      },
      [filled([9, 12], "float32", 0), indicesOf([20], 9), filled([20, 12], "float32", 1)],
    );
    expect(plan).toMatch(/not kept; on each block of it: mul → [^\n]+\nloop over \[20, 12\] \(summed/);
  });

  it("take the indices that a loop before them computes", () => {
    planOf(
      (x, y) => [square(gather(x, convertTo(times(y, y), "int32"), 0))],
      [
        filled([9, 12], "float32", 0),
        contiguousTensor(
          Float32Array.from({ length: 20 }, (_, i) => i % 3),
          [20],
          "float32",
        ),
      ],
    );
  });
});

describe("a convolution", () => {
  const plain = { groups: 1, strides: [1, 1], padding: [[1, 1], [1, 1]], dilation: [1, 1], inputDilation: [1, 1] } as const; // prettier-ignore

  it.each([
    ["of several images at a time, and a rest", [7, 3, 40, 44], [8, 3, 3, 3], plain, [7, 8, 40, 44]],
    ["of one image", [1, 3, 9, 8], [5, 3, 3, 3], plain, [1, 5, 9, 8]],
    ["in groups, to places between", [3, 4, 5, 6], [6, 2, 2, 3], { ...plain, groups: 2, inputDilation: [2, 3] }, [3, 6, 10, 16]], // prettier-ignore
  ] as const)(
    "%s is followed by a bias of each channel, a residual and an activation",
    (_name, x, w, params, shape) => {
      for (const dtype of ["float32", "float64", "int32"] as const) {
        const plan = planOf(
          (a, b, bias, other) => {
            const whole = plus(convolution(a, b, params), broadcast(bias, shape, [1]));
            return [plus(other, square(whole)), less(whole, other)];
          },
          [filled(x, dtype, 0), filled(w, dtype, 1), filled([shape[1]], dtype, 2), filled(shape, dtype, 3)],
        );
        expect(plan).toMatch(/^code: conv[^\n]+, not kept; on each block of it: add → [^;]+; less → /);
      }
    },
  );

  it("is followed in the order of its images alone", () => {
    const plan = planOf(
      (a, b, c) => [plus(c, permute(convolution(a, b, plain), [1, 0, 2, 3])), reshape(a, [12, 9, 8])],
      [
        filled([4, 3, 9, 8], "float32", 0),
        filled([4, 3, 3, 3], "float32", 1),
        filled([4, 4, 9, 8], "float32", 2),
      ],
    );
    expect(plan).not.toContain("on each block");
  });
});
