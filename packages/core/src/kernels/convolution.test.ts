import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyIndex, offsetOf } from "../../test/every-index.js";
import { contiguousTensor, elementReader, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import { windowedShape, type WindowParams } from "../primitives/convolution-window.js";
import { convolveArrays } from "./convolution.js";

interface Call extends WindowParams {
  readonly groups: number;
  readonly x: readonly number[];
  readonly w: readonly number[];
}

/** Small whole numbers, whose sums of products are exact in float32. */
const wholeNumbers = (shape: readonly number[], seed: number): ArrayTensor =>
  contiguousTensor(
    Float32Array.from({ length: sizeOfShape(shape) }, (_, index) => ((index * 7 + seed * 13) % 11) - 5),
    shape,
    "float32",
  );

/** The same elements, stored in the opposite order of axes. */
const transposed = (x: ArrayTensor): ArrayTensor => {
  const stored = x.shape.slice().reverse();
  const strides = rowMajorStrides(stored).slice().reverse();
  const view = viewTensor(contiguousTensor(x.data.slice(), stored, x.dtype), x.shape, strides, 0);
  const read = elementReader(x);
  const indices = everyIndex(x.shape);
  indices.forEach((index, flat) => (view.data[offsetOf(index, strides)] = read(flat)));
  return view;
};

/** Σ x[n, c, i · stride + k · dilation - low] w[o, c, k], read literally. */
const byDefinition = (x: ArrayTensor, w: ArrayTensor, call: Call, output: readonly number[]): number[] => {
  const [xStrides, wStrides] = [rowMajorStrides(x.shape), rowMajorStrides(w.shape)];
  const [readX, readW] = [elementReader(x), elementReader(w)];
  const [channels = 0, perGroup] = [w.shape[1], (w.shape[0] ?? 0) / call.groups];
  const taps = everyIndex(w.shape.slice(2));
  return everyIndex(output).map(([n = 0, o = 0, ...places]) => {
    let total = 0;
    for (let c = 0; c < channels; c++) {
      for (const tap of taps) {
        const source = places.map((i, axis) => {
          const [low = 0] = call.padding[axis] ?? [];
          const at = i * (call.strides[axis] ?? 1) + (tap[axis] ?? 0) * (call.dilation[axis] ?? 1) - low;
          return at / (call.inputDilation[axis] ?? 1);
        });
        if (!source.every((at, axis) => Number.isInteger(at) && at >= 0 && at < (x.shape[axis + 2] ?? 0)))
          continue;
        const channel = Math.floor(o / perGroup) * channels + c;
        total +=
          readX(offsetOf([n, channel, ...source], xStrides)) * readW(offsetOf([o, c, ...tap], wStrides));
      }
    }
    return total;
  });
};

const check = (call: Call): void => {
  const x = wholeNumbers(call.x, 1);
  const w = wholeNumbers(call.w, 2);
  const spatial = windowedShape(call.x.slice(2), call.w.slice(2), call);
  const shape = [call.x[0] ?? 0, call.w[0] ?? 0, ...spatial];
  const expected = byDefinition(x, w, call, shape);
  const output = { shape, dtype: "float32" as const };
  expect(Array.from(convolveArrays(x, w, call, output).data)).toEqual(expected);
  expect(Array.from(convolveArrays(transposed(x), transposed(w), call, output).data)).toEqual(expected);
};

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const axes = fc.array(
  fc.record({
    length: small(0, 6),
    taps: small(1, 4),
    stride: small(1, 4),
    dilation: small(1, 3),
    inputDilation: small(1, 4),
    low: small(-1, 3),
    high: small(-1, 3),
  }),
  { maxLength: 2 },
);

describe("convolveArrays", () => {
  it("is the definition, for all parameters and in any layout", () => {
    fc.assert(
      fc.property(
        axes,
        small(1, 3),
        small(1, 2),
        small(1, 2),
        small(1, 2),
        (list, groups, images, channels, rows) => {
          check({
            x: [images, groups * channels, ...list.map(({ length }) => length)],
            w: [groups * rows, channels, ...list.map(({ taps }) => taps)],
            groups,
            strides: list.map(({ stride }) => stride),
            dilation: list.map(({ dilation }) => dilation),
            inputDilation: list.map(({ inputDilation }) => inputDilation),
            padding: list.map(({ low, high }) => [low, high]),
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is the definition where runs are as long as the rows of the input", () => {
    const square = fc.record({ length: small(1, 5), taps: small(1, 4), low: small(-2, 3) });
    fc.assert(
      fc.property(square, square, small(1, 2), fc.boolean(), (a, b, dilation, swap) => {
        const inputs = [a.length, b.length];
        const list = [a, b];
        // As many outputs as inputs, or, the other way round, as many taps.
        const window = swap
          ? { taps: inputs, strides: [dilation, dilation], dilation: [1, 1] }
          : { taps: [a.taps, b.taps], strides: [1, 1], dilation: [dilation, dilation] };
        check({
          x: [2, 2, ...inputs],
          w: [2, 2, ...window.taps],
          groups: 1,
          strides: window.strides,
          dilation: window.dilation,
          inputDilation: [1, 1],
          padding: list.map(({ low, taps }) => [low, (taps - 1) * dilation - low]),
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { what: "images", x: [6, 3, 30, 30], w: [2, 3, 5, 5], low: [2, 2], high: [2, 2] },
    { what: "the first axis", x: [1, 1, 120, 100], w: [2, 1, 5, 5], low: [1, 0], high: [2, 0] },
    { what: "the second axis", x: [1, 1, 1, 12_000], w: [2, 1, 1, 25], low: [0, 5], high: [0, 3] },
    { what: "channels", x: [2, 8, 70, 71], w: [2, 8, 69, 70], low: [0, 1], high: [0, 0] },
    { what: "taps", x: [1, 1, 300, 301], w: [2, 1, 299, 300], low: [0, 1], high: [0, 0] },
  ])("divides what is large by $what", ({ x, w, low, high }) => {
    const padding = low.map((width, axis): readonly [number, number] => [width, high[axis] ?? 0]);
    const ones = [1, 1];
    check({ x, w, padding, strides: ones, dilation: ones, inputDilation: ones, groups: 1 });
  });
});
