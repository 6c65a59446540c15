import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engine } from "../../test/host-engine.js";
import { randomNumbers } from "../../test/random-words.js";
import type { Engine, Memory } from "../wasm/engine.js";
import { compileProduct, hostProduct, type EmittedProduct } from "./emitted-product.js";
import { multiplyMatrices } from "./matrix-product.js";
import type { Matrix } from "./matrix.js";

const numbers = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, randomNumbers(seed));

type Layout = "rows" | "columns" | "gaps" | "backwards" | "repeated";

/** A matrix of so many rows and columns in one of the layouts that views have. */
const matrix = (rows: number, columns: number, layout: Layout, seed: number): Matrix<Float32Array> => {
  const data = numbers(2 * (rows + 1) * (columns + 1) + 8, seed);
  switch (layout) {
    case "rows":
      return { data, offset: 3, rowStep: columns, columnStep: 1 };
    case "columns":
      return { data, offset: 1, rowStep: 1, columnStep: rows };
    case "gaps":
      return { data, offset: 2, rowStep: 2 * (columns + 1), columnStep: 2 };
    case "backwards":
      return { data, offset: rows * columns - 1, rowStep: -columns, columnStep: -1 };
    case "repeated":
      return { data, offset: 0, rowStep: 0, columnStep: 1 };
  }
};

const at = ({ data, offset, rowStep, columnStep }: Matrix, row: number, column: number): number =>
  data[offset + row * rowStep + column * columnStep]!;

/** How far a product is from the exact one, relative to the largest sum of absolute values. */
const errorOf = (
  found: Float32Array,
  a: Matrix,
  b: Matrix,
  rows: number,
  columns: number,
  depth: number,
): number => {
  let [worst, largest] = [0, 1e-30];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [sum, size] = [0, 0];
      for (let k = 0; k < depth; k++) {
        const term = at(a, row, k) * at(b, k, column);
        sum += term;
        size += Math.abs(term);
      }
      worst = Math.max(worst, Math.abs(found[row * columns + column]! - sum));
      largest = Math.max(largest, size);
    }
  }
  return worst / largest;
};

const product = (
  emitted: () => EmittedProduct | undefined,
  a: Matrix,
  b: Matrix,
  rows: number,
  columns: number,
  depth: number,
): Float32Array => {
  const data = new Float32Array(rows * columns + 2).fill(9);
  multiplyMatrices(a, b, { data, offset: 1 }, rows, columns, depth, "float32", emitted);
  expect([data[0], data.at(-1)]).toEqual([9, 9]);
  return data.subarray(1, -1);
};

const layouts = fc.constantFrom<Layout>("rows", "columns", "gaps", "backwards", "repeated");
const compiled = compileProduct(engine);
if (compiled === undefined) throw new Error("these tests need vectors in WebAssembly");
const emitted = (): EmittedProduct => compiled;
const refused = (): undefined => undefined;

/** The product without fused multiply-add, as on engines that have none: relaxed instructions are refused. */
const unfused = (): EmittedProduct | undefined => {
  const refusals = [false, true];
  return compileProduct({ ...engine, validate: (bytes) => refusals.shift() ?? engine.validate(bytes) });
};

describe("the emitted matrix product", () => {
  it("is the sum of products, in every layout and of every size", () => {
    const length = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(length, length, length, layouts, layouts, fc.nat(), (m, n, k, left, right, seed) => {
        const [a, b] = [matrix(m, k, left, seed), matrix(k, n, right, seed + 1)];
        const bound = 2 ** -24 * (2 + Math.sqrt(k));
        for (const way of [emitted, refused])
          expect(errorOf(product(way, a, b, m, n, k), a, b, m, n, k)).toBeLessThan(bound);
      }),
    );
  });

  it.each([
    { m: 1100, n: 9, k: 7 },
    { m: 5, n: 1100, k: 11 },
    { m: 13, n: 17, k: 600 },
    { m: 31, n: 1033, k: 259 },
    { m: 1, n: 50, k: 50 },
    { m: 50, n: 1, k: 50 },
    { m: 50, n: 50, k: 1 },
  ])("is the sum of products over the borders of blocks: $m by $k by $n", ({ m, n, k }) => {
    for (const [left, right] of [
      ["rows", "rows"],
      ["columns", "rows"],
      ["rows", "columns"],
      ["gaps", "backwards"],
    ] as const) {
      const [a, b] = [matrix(m, k, left, 1), matrix(k, n, right, 2)];
      expect(errorOf(product(emitted, a, b, m, n, k), a, b, m, n, k)).toBeLessThan(1e-6);
    }
  });

  it("is the same, bit for bit, whatever was computed before and wherever the operands are", () => {
    const [m, n, k] = [33, 29, 300];
    const [a, b] = [matrix(m, k, "rows", 5), matrix(k, n, "rows", 6)];
    const first = product(emitted, a, b, m, n, k);
    product(emitted, b, a, 50, 50, 120);
    expect(product(emitted, a, b, m, n, k)).toEqual(first);
    const columns = new Float32Array(m * k).map((_, index) => at(a, index % m, Math.floor(index / m)));
    const transposed = { data: columns, offset: 0, rowStep: 1, columnStep: m };
    expect(product(emitted, transposed, b, m, n, k)).toEqual(first);
  });

  it("carries NaN and infinities to where they belong, and nowhere else", () => {
    const [m, n, k] = [10, 11, 12];
    const [a, b] = [matrix(m, k, "rows", 7), matrix(k, n, "rows", 8)];
    const clean = product(emitted, a, b, m, n, k);
    a.data[a.offset + 9 * k + 2] = NaN;
    b.data[b.offset + 5 * n + 10] = Infinity;
    const found = product(emitted, a, b, m, n, k);
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        const value = found[row * n + column]!;
        if (row === 9) expect(value).toBeNaN();
        else if (column === 10) expect(value).toBe(at(a, row, 5) > 0 ? Infinity : -Infinity);
        else expect(value).toBe(clean[row * n + column]);
      }
    }
  });

  it("does without fused multiply-add", () => {
    const way = unfused();
    expect(way).toBeDefined();
    const [a, b] = [matrix(20, 30, "rows", 9), matrix(30, 25, "columns", 10)];
    expect(
      errorOf(
        product(() => way, a, b, 20, 25, 30),
        a,
        b,
        20,
        25,
        30,
      ),
    ).toBeLessThan(1e-6);
  });

  it("is the host's where it can be", () => {
    expect(hostProduct()).toBeDefined();
    expect(hostProduct()).toBe(hostProduct());
  });
});

describe("without WebAssembly", () => {
  it("there is no emitted product", () => {
    const Forbidden = function () {
      throw new Error("refused by the content-security policy");
    } as unknown as Engine["Module"];
    expect(compileProduct({ ...engine, validate: () => false })).toBeUndefined();
    expect(compileProduct({ ...engine, Module: Forbidden })).toBeUndefined();
    expect(compileProduct({ ...engine, Memory: Forbidden as never })).toBeUndefined();
  });

  it("and where its memory cannot grow, the product is computed all the same", () => {
    class Small {
      readonly memory: Memory = new engine.Memory({ initial: 1, maximum: 1 });
      constructor() {
        // What a constructor returns stands for the object.
        return this.memory as never;
      }
    }
    const small = compileProduct({ ...engine, Memory: Small as never });
    expect(small).toBeDefined();
    const [a, b] = [matrix(100, 90, "rows", 11), matrix(90, 120, "rows", 12)];
    expect(product(() => small, a, b, 100, 120, 90)).toEqual(product(refused, a, b, 100, 120, 90));
    expect(
      errorOf(
        product(() => small, a, b, 10, 10, 10),
        a,
        b,
        10,
        10,
        10,
      ),
    ).toBeLessThan(1e-6);
  });
});

describe("other dtypes", () => {
  it("sum float64 in float64, and integers modulo 2³²", () => {
    const data = new Float64Array(100).fill(1 + 2 ** -40);
    const out = new Float64Array(100);
    const square = { offset: 0, rowStep: 10, columnStep: 1 };
    multiplyMatrices(
      { data, ...square },
      { data, ...square },
      { data: out, offset: 0 },
      10,
      10,
      10,
      "float64",
    );
    expect(out[7]).toBeCloseTo(10 * (1 + 2 ** -40) ** 2, 14);
    const large = { data: new Int32Array(100).fill(65537), ...square };
    const integers = new Int32Array(100);
    multiplyMatrices(large, large, { data: integers, offset: 0 }, 10, 10, 10, "int32");
    expect(integers[99]).toBe((10 * 131073) | 0);
  });
});
