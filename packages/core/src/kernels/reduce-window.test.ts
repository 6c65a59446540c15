import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowedShape } from "../primitives/convolution-window.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { WindowAxis } from "./convolution-window.js";
import { maxFold, sumFold } from "./reduce.js";
import { meanWhereReached, shareWhereReached } from "./reduce-window-extremum.js";
import { reduceWindows } from "./reduce-window.js";

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const axis = fc
  .record({
    inputs: small(1, 6),
    taps: small(1, 4),
    stride: small(1, 4),
    dilation: small(1, 3),
    inputDilation: small(1, 3),
    low: small(-1, 3),
    high: small(-1, 3),
  })
  .map(({ high, ...given }): WindowAxis => {
    const [outputs = 0] = windowedShape([given.inputs], [given.taps], {
      strides: [given.stride],
      dilation: [given.dilation],
      inputDilation: [given.inputDilation],
      padding: [[given.low, high]],
    });
    return { ...given, outputs };
  });

/** The flat places of the input under each window of two axes, read literally. */
const placesUnder = ([a, b]: readonly [WindowAxis, WindowAxis]): readonly (readonly number[])[] => {
  const along = (of: WindowAxis, output: number): readonly number[] =>
    Array.from(
      { length: of.taps },
      (_, tap) => (output * of.stride + tap * of.dilation - of.low) / of.inputDilation,
    ).filter((place) => Number.isInteger(place) && place >= 0 && place < of.inputs);
  return Array.from({ length: a.outputs * b.outputs }, (_, output) =>
    along(a, Math.floor(output / b.outputs)).flatMap((i) =>
      along(b, output % b.outputs).map((j) => i * b.inputs + j),
    ),
  );
};

const aval = (shape: readonly number[]) => ({ shape, dtype: "float64" as const });

/** Few values, so that there are ties. */
const elements = (shape: readonly number[], seed: number): Float64Array =>
  Float64Array.from({ length: sizeOfShape(shape) }, (_, index) => ((index * 5 + seed * 3) % 7) - 3);

describe("windows", () => {
  it("reduce what lies under them", () => {
    fc.assert(
      fc.property(axis, axis, small(0, 20), (a, b, seed) => {
        const shape = [a.inputs, b.inputs];
        const data = elements(shape, seed);
        const x = contiguousTensor(data, shape, "float64");
        const under = placesUnder([a, b]).map((places) => places.map((place) => data[place] ?? NaN));
        const output = aval([a.outputs, b.outputs]);
        expect(Array.from(reduceWindows(x, [a, b], output, sumFold).data)).toEqual(
          under.map((list) => list.reduce((total, element) => total + element, 0)),
        );
        expect(Array.from(reduceWindows(x, [a, b], output, maxFold).data)).toEqual(
          under.map((list) => Math.max(...list)),
        );
      }),
    );
  });

  it("share the derivative of an extremum evenly, both ways", () => {
    fc.assert(
      fc.property(axis, axis, small(0, 20), (a, b, seed) => {
        const shape = [a.inputs, b.inputs];
        const output = aval([a.outputs, b.outputs]);
        const [data, tangents] = [elements(shape, seed), elements(shape, seed + 4)];
        const cotangents = elements(output.shape, seed + 9);
        const x = contiguousTensor(data, shape, "float64");
        const reached = placesUnder([a, b]).map((places) => {
          const most = Math.max(...places.map((place) => data[place] ?? NaN));
          return places.filter((place) => data[place] === most);
        });
        const means = meanWhereReached(
          x,
          contiguousTensor(tangents, shape, "float64"),
          [a, b],
          output,
          maxFold,
        );
        reached.forEach((places, index) => {
          const total = places.reduce((sum, place) => sum + (tangents[place] ?? NaN), 0);
          expect(means.data[index]).toBeCloseTo(total / Math.max(1, places.length), 12);
        });
        const given = contiguousTensor(cotangents, output.shape, "float64");
        const shares = shareWhereReached(x, given, [a, b], maxFold);
        shares.data.forEach((share, place) => {
          const expected = reached.reduce(
            (sum, places, index) =>
              places.includes(place) ? sum + (cotangents[index] ?? NaN) / places.length : sum,
            0,
          );
          expect(share).toBeCloseTo(expected, 12);
        });
      }),
    );
  });
});
