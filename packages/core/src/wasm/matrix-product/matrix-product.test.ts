import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomNumbers, randomWords } from "../../../test/random-words.js";
import { fuses, inMemory } from "../../../test/run-procedure.js";
import { bytesOf } from "../../tensor/dtype.js";
import type { ProductDType } from "./lanes.js";
import { matrixProduct } from "./matrix-product.js";
import { proceduresFor, type Procedures } from "./procedures.js";
import type { MatrixSteps, ProductSpec } from "./spec.js";

/** The lowest and the highest place of a matrix's elements, from that of its first. */
const reach = (lengths: readonly number[], steps: readonly number[]): readonly [number, number] => {
  const ends = steps.map((step, axis) => Math.max(0, lengths[axis]! - 1) * step);
  return [
    ends.reduce((sum, end) => sum + Math.min(0, end), 0),
    ends.reduce((sum, end) => sum + Math.max(0, end), 0),
  ];
};

const stepsOf = ({ rowStep, columnStep, batchStep }: MatrixSteps): readonly number[] => [
  batchStep,
  rowStep,
  columnStep,
];

/** Numbers between -1 and 1, or whole ones of all sizes. */
const numbers = (dtype: ProductDType, seed: number): (() => number) =>
  dtype === "int32" || dtype === "uint32" ? randomWords(seed) : randomNumbers(seed);

/**
 * Runs a product on random elements between guards that must survive, and compares all it gives with sums in float64
 * or integers.
 */
const check = (spec: ProductSpec, seed: number, procedures: Procedures = proceduresFor(fuses)): void => {
  const { rows, columns, depth, batch, dtype } = spec;
  const bytes = bytesOf(dtype);
  const { procedure, scratchBytes } = matrixProduct(procedures, spec);
  const extents = [
    reach([batch, rows, depth], stepsOf(spec.left)),
    reach([batch, depth, columns], stepsOf(spec.right)),
    reach([batch, rows, columns], stepsOf(spec.out)),
    [0, Math.ceil(scratchBytes / bytes)] as const,
  ];
  let end = 3;
  const starts = extents.map(([low, high]) => {
    const start = end - low;
    end = start + high + 4;
    return start;
  });
  // Operands at the end of the memory: reading beyond them would trap.
  const pages = Math.ceil((end * bytes) / 65536);
  const shift = (pages * 65536) / bytes - end + 3;
  const [left, right, out, scratch] = starts.map((start) => start + shift) as [
    number,
    number,
    number,
    number,
  ];
  const { view, run } = inMemory(procedure, pages, dtype);
  const next = numbers(dtype, seed);
  for (let index = 0; index < view.length; index++) view[index] = next();
  const before = view.slice();
  run(...[left, right, out, scratch].map((place) => place * bytes));

  const written = new Uint8Array(view.length);
  const at = (start: number, steps: MatrixSteps, b: number, i: number, j: number): number =>
    start + b * steps.batchStep + i * steps.rowStep + j * steps.columnStep;
  const whole = dtype === "int32" || dtype === "uint32";
  const unit = dtype === "float32" ? 2 ** -24 : 2 ** -53;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let [sum, size] = [0, 0];
        let [x, y] = [at(left, spec.left, b, i, 0), at(right, spec.right, b, 0, j)];
        for (let k = 0; k < depth; k++, x += spec.left.columnStep, y += spec.right.rowStep) {
          if (whole) sum = (sum + Math.imul(before[x]!, before[y]!)) | 0;
          else {
            sum += before[x]! * before[y]!;
            size += Math.abs(before[x]! * before[y]!);
          }
        }
        const place = at(out, spec.out, b, i, j);
        written[place] = 1;
        const found = view[place]!;
        const bound = whole ? 0 : unit * (depth + 2) * size;
        if (!(Math.abs((whole ? found | 0 : found) - sum) <= bound))
          expect.fail(`[${b}, ${i}, ${j}] is ${found}, not ${sum}`);
      }
    }
  }
  const scratchEnd = scratch + Math.ceil(scratchBytes / bytes);
  for (let place = 0; place < view.length; place++) {
    if (written[place] === 1 || (place >= scratch && place < scratchEnd)) continue;
    if (view[place] !== before[place]) expect.fail(`place ${place} was written to`);
  }
};

type Layout = "rows" | "columns" | "gaps" | "backwards" | "mirrored" | "repeated" | "scattered";

const steps = (layout: Layout, rows: number, columns: number): Omit<MatrixSteps, "batchStep"> => {
  switch (layout) {
    case "rows":
      return { rowStep: columns, columnStep: 1 };
    case "columns":
      return { rowStep: 1, columnStep: rows };
    case "gaps":
      return { rowStep: columns + 3, columnStep: 1 };
    case "backwards":
      return { rowStep: -columns, columnStep: -1 };
    case "mirrored":
      return { rowStep: -columns, columnStep: 1 };
    case "repeated":
      return { rowStep: 0, columnStep: 1 };
    case "scattered":
      return { rowStep: 2 * columns + 1, columnStep: 2 };
  }
};

const operandLayouts: readonly Layout[] = [
  "rows",
  "columns",
  "gaps",
  "backwards",
  "mirrored",
  "repeated",
  "scattered",
];
const resultLayouts = operandLayouts.filter((layout) => layout !== "repeated");

const layouts = fc.record({
  left: fc.constantFrom(...operandLayouts),
  right: fc.constantFrom(...operandLayouts),
  out: fc.constantFrom("rows" as const, ...resultLayouts),
  sharesLeft: fc.boolean(),
  sharesRight: fc.boolean(),
});

type Layouts = typeof layouts extends fc.Arbitrary<infer L> ? L : never;

const plain: Layouts = { left: "rows", right: "rows", out: "rows", sharesLeft: false, sharesRight: false };

const specOf = (
  [rows, depth, columns, batch]: readonly [number, number, number, number],
  { left, right, out, sharesLeft, sharesRight }: Layouts,
  dtype: ProductDType = "float32",
): ProductSpec => {
  const matrix = (layout: Layout, height: number, width: number, shares: boolean): MatrixSteps => {
    const both = steps(layout, height, width);
    const size = (layout === "scattered" ? 2 : 1) * height * (width + 3) + height;
    const tight = layout === "rows" || layout === "columns" ? height * width : size;
    return { ...both, batchStep: shares ? 0 : tight };
  };
  return {
    ...{ rows, columns, depth, batch, dtype },
    left: matrix(left, rows, depth, sharesLeft),
    right: matrix(right, depth, columns, sharesRight),
    out: matrix(out, rows, columns, false),
  };
};

describe("matrixProduct", () => {
  const length = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 45 }));
  const dtypes = fc.constantFrom<ProductDType>("float32", "float32", "float64", "int32", "uint32");

  it("is the sum of products, whatever the sizes, the layouts and the dtype, and writes nothing else", () => {
    fc.assert(
      fc.property(
        fc.tuple(length, length, length, fc.integer({ min: 0, max: 3 })),
        layouts,
        dtypes,
        fc.nat(),
        (sizes, layout, dtype, seed) => check(specOf(sizes, layout, dtype), seed),
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    [121, 300, 53, 1],
    [7, 270, 1060, 1],
    [1, 300, 300, 1],
    [300, 301, 1, 1],
    [70, 1, 90, 2],
    [2, 600, 40, 2],
    [40, 600, 3, 2],
    [7, 40, 1100, 1],
    [250, 90, 11, 1],
    [64, 64, 64, 3],
  ] as const)("is the sum of products over the borders of blocks: %i by %i by %i, %i times", (...sizes) => {
    for (const left of ["rows", "columns", "mirrored", "scattered"] as const)
      for (const right of ["rows", "columns", "backwards"] as const)
        check(specOf(sizes, { ...plain, left, right }), 7);
    for (const dtype of ["float64", "int32"] as const) check(specOf(sizes, plain, dtype), 8);
    check(specOf(sizes, { ...plain, out: "columns", sharesRight: true }), 9);
  });

  it("joins batches that share an operand", () => {
    for (const [sharesLeft, sharesRight] of [
      [false, true],
      [true, false],
      [true, true],
    ] as const)
      for (const sizes of [[1, 40, 30, 9] as const, [30, 40, 1, 9] as const, [5, 6, 7, 8] as const])
        check(specOf(sizes, { ...plain, sharesLeft, sharesRight }), 3);
  });

  it("makes each procedure once, and shares what they call", () => {
    const procedures: Procedures = proceduresFor(fuses);
    const spec = specOf([300, 300, 300, 1], plain);
    const first = matrixProduct(procedures, spec);
    const made = procedures.made.size;
    expect(matrixProduct(procedures, { ...spec }).procedure).toBe(first.procedure);
    expect(procedures.made.size).toBe(made);
    // The same remainders: only the loops over blocks differ.
    matrixProduct(procedures, specOf([420, 300, 340, 1], plain));
    expect(procedures.made.size).toBe(made + 1);
    check(spec, 1, procedures);
  });

  it("carries NaN and infinities to where they belong, and nowhere else", () => {
    const { procedure, scratchBytes } = matrixProduct(proceduresFor(fuses), specOf([10, 12, 11, 1], plain));
    const { view, run } = inMemory(procedure, 1, "float32");
    view.fill(1);
    view[9 * 12 + 2] = NaN;
    view[120 + 5 * 11 + 10] = Infinity;
    run(0, 480, 8192, 16384);
    expect(scratchBytes).toBeLessThan(40000);
    for (let place = 0; place < 110; place++)
      expect(view[2048 + place]).toBe(place >= 99 ? NaN : place % 11 === 10 ? Infinity : 12);
  });
});
