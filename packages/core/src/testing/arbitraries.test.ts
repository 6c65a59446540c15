import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  dtypeOf,
  shapeOf,
  sizeOf,
  slice,
  sum,
  toTypedArray,
  transpose,
  treeLeaves,
  zeros,
} from "../index.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import type { Shape } from "../types/tensor.js";
import { arbitraries } from "./arbitraries.js";

/** What a failing property shrinks to. */
const smallest = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => boolean): T => {
  const { counterexample } = fc.check(fc.property(arbitrary, holds), { seed: 7, numRuns: 2000 });
  if (counterexample === null) throw new Error("the property holds");
  return counterexample[0];
};

const sizeOfShape = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

describe("arbitraries", () => {
  it("gives shapes within their bounds", () => {
    fc.assert(
      fc.property(
        arbitraries.shape({ minRank: 1, maxRank: 4, minLength: 0, maxLength: 9, maxSize: 30 }),
        (shape) => {
          expect(shape.length).toBeGreaterThanOrEqual(1);
          expect(shape.length).toBeLessThanOrEqual(4);
          expect(sizeOfShape(shape)).toBeLessThanOrEqual(30);
          expect(shape.every((length) => length >= 0 && length <= 9)).toBe(true);
        },
      ),
    );
    fc.assert(fc.property(arbitraries.shape(), (shape) => shape.every((length) => length > 0)));
  });

  it("shrinks shapes to few, short axes", () => {
    expect(smallest(arbitraries.shape({ maxRank: 5 }), (shape) => shape.length < 2)).toEqual([1, 1]);
    expect(sizeOfShape(smallest(arbitraries.shape(), (shape) => sizeOfShape(shape) < 6))).toBe(6);
    expect(smallest(arbitraries.shape({ minLength: 0 }), (shape) => !shape.includes(0))).toEqual([0]);
  });

  it("gives shapes that broadcast to their result", () => {
    fc.assert(
      fc.property(arbitraries.broadcastable(3, { minLength: 0 }), ({ shapes, result }) => {
        const together = shapes.map((shape) => zeros(shape)).reduce((a, b) => add(a, b));
        expect(shapeOf(together)).toEqual(result);
      }),
    );
    fc.assert(fc.property(arbitraries.broadcastable(), ({ shapes }) => shapes.length === 2));
  });

  it("shrinks broadcasting to the least that shows it", () => {
    const differ = ({ shapes }: { readonly shapes: readonly Shape[] }): boolean =>
      String(shapes[0]) !== String(shapes[1]);
    expect(smallest(arbitraries.broadcastable(2), (pair) => !differ(pair)).shapes.flat()).toHaveLength(1);
  });

  it("gives axes, permutations and slices of a shape", () => {
    fc.assert(
      fc.property(
        arbitraries.shape({ minRank: 1, minLength: 0 }).chain((shape) =>
          fc.record({
            shape: fc.constant(shape),
            axis: arbitraries.axis(shape.length),
            axes: arbitraries.axes(shape.length),
            permutation: arbitraries.permutation(shape.length),
            slices: arbitraries.slices(shape),
          }),
        ),
        ({ shape, axis, axes, permutation, slices }) => {
          const x = zeros(shape);
          expect(() => [
            sum(x, { axis }),
            sum(x, { axis: axes }),
            transpose(x, permutation),
            slice(x, slices.starts, slices.stops, slices.steps),
          ]).not.toThrow();
        },
      ),
    );
  });

  it("gives the dtypes that are named, or all", () => {
    fc.assert(fc.property(arbitraries.dtype("int32", "bool"), (dtype) => ["int32", "bool"].includes(dtype)));
    expect(new Set(fc.sample(arbitraries.dtype(), { seed: 1, numRuns: 100 })).size).toBe(5);
    expect(smallest(arbitraries.dtype(), () => false)).toBe("float32");
  });

  it.each([
    ["float32", -2, 3.5],
    ["float64", -1e300, 1e300],
    ["int32", -7, 7],
    ["uint32", 0, 4_000_000_000],
    ["bool", 0, 1],
  ] as const)("gives tensors of %s within their range", (dtype, min, max) => {
    fc.assert(
      fc.property(arbitraries.tensor({ dtype, min, max }), (x) => {
        expect(dtypeOf(x)).toBe(dtype);
        expect([...toTypedArray(x)].every((element) => element >= min && element <= max)).toBe(true);
      }),
    );
  });

  it("gives special values only where they are wanted", () => {
    const elements = (special: boolean) =>
      fc
        .sample(arbitraries.tensor({ shape: [8], special }), { seed: 3, numRuns: 200 })
        .flatMap((x) => [...toTypedArray(x)]);
    expect(elements(false).every((x) => Number.isFinite(x) && !Object.is(x, -0))).toBe(true);
    const wanted = elements(true);
    expect([
      wanted.some(Number.isNaN),
      wanted.includes(Infinity),
      wanted.includes(-Infinity),
      wanted.some((x) => Object.is(x, -0)),
      wanted.includes(2 ** -149),
    ]).toEqual(Array(5).fill(true));
  });

  it("gives tensors of a shape, unique elements, and views that hold elements of their storage", () => {
    fc.assert(
      fc.property(
        arbitraries.tensor({ shape: [2, 3], unique: true, dtype: "int32", min: 0, max: 9 }),
        (x) => {
          expect(shapeOf(x)).toEqual([2, 3]);
          expect(new Set(toTypedArray(x)).size).toBe(6);
        },
      ),
    );
    const views = fc.sample(arbitraries.tensor({ shape: [2, 3], views: true }), { seed: 3, numRuns: 100 });
    expect(views.filter((x) => x instanceof ArrayTensor && !x.contiguous).length).toBeGreaterThan(30);
    expect(views.every((x) => [...toTypedArray(x)].every(Number.isFinite))).toBe(true);
  });

  it("shrinks tensors to small shapes and short numbers", () => {
    const below = (limit: number) => (x: Parameters<typeof sizeOf>[0]) =>
      [...toTypedArray(x)].every((element) => element < limit);
    const found = smallest(arbitraries.tensor(), below(5));
    expect(sizeOf(found)).toBe(1);
    expect(toTypedArray(found)[0]).toBe(5);
    const three = smallest(
      arbitraries.tensor({ dtype: "int32" }),
      (x) => toTypedArray(x).filter((element) => element > 2).length < 3,
    );
    expect(new Set(toTypedArray(three))).toEqual(new Set([3]));
    expect(sizeOf(three)).toBeLessThan(5);
    const viewed = smallest(arbitraries.tensor({ views: true }), below(5));
    expect(viewed instanceof ArrayTensor && viewed.contiguous).toBe(true);
  });

  it("gives tensors that broadcast together", () => {
    fc.assert(
      fc.property(arbitraries.broadcastableTensors(3, { dtype: "int32", minLength: 0 }), (tensors) => {
        expect(tensors).toHaveLength(3);
        expect(() => tensors.reduce((a, b) => add(a, b))).not.toThrow();
      }),
    );
  });

  it("gives trees whose leaves are its own, nested no deeper than said", () => {
    const depth = (tree: unknown): number =>
      tree instanceof ArrayTensor || typeof tree !== "object" || tree === null
        ? 0
        : 1 + Math.max(0, ...Object.values(tree).map(depth));
    fc.assert(
      fc.property(
        arbitraries.tree(arbitraries.tensor({ shape: [2] }), { maxDepth: 3, constants: true }),
        (tree) => {
          expect(depth(tree)).toBeLessThanOrEqual(3);
          expect(treeLeaves(tree).every((leaf) => String(shapeOf(leaf)) === "2")).toBe(true);
        },
      ),
    );
    expect(smallest(arbitraries.tree(arbitraries.tensor({ shape: [] })), () => false)).toBeInstanceOf(
      ArrayTensor,
    );
    const deep = smallest(
      arbitraries.tree(arbitraries.tensor({ shape: [] })),
      (tree) => treeLeaves(tree).length < 2,
    );
    expect(treeLeaves(deep)).toHaveLength(2);
  });
});
