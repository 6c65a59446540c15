import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arange, pad, scalar, shapeOf, tensor, toArray, zeros, type Tensor } from "../index.js";

/** Walks from the first element outwards, as one would on paper: turning around at both ends. */
const mirrored = (length: number, low: number, high: number): readonly number[] => {
  const walk = (from: number, count: number, way: 1 | -1): readonly number[] => {
    const places: number[] = [];
    for (let place = from, step = way; places.length < count;) {
      if (length > 1 && (place + step < 0 || place + step >= length)) step = step === 1 ? -1 : 1;
      place += length > 1 ? step : 0;
      places.push(place);
    }
    return places;
  };
  return [
    ...[...walk(0, low, -1)].reverse(),
    ...Array.from({ length }, (_, place) => place),
    ...walk(length - 1, high, 1),
  ];
};

describe("pad", () => {
  it("reflects as often as the widths take", () => {
    const width = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), width, width, (length, low, high) => {
        expect(toArray(pad(arange(length), [[low, high]], { mode: "reflect" }))).toEqual(
          mirrored(length, low, high),
        );
      }),
    );
  });

  it("continues the edge", () => {
    expect(toArray(pad(tensor([1, 2]), [[2, 1]], { mode: "edge" }))).toEqual([1, 1, 1, 2, 2]);
  });

  it("pads each axis, in any dtype, and what is empty with a constant", () => {
    expect(
      toArray(
        pad(
          tensor([[1]], { dtype: "int32" }),
          [
            [1, 0],
            [0, 1],
          ],
          { value: 7 },
        ),
      ),
    ).toEqual([
      [7, 7],
      [1, 7],
    ]);
    expect(toArray(pad(zeros([0]), [[1, 1]], { value: -1 }))).toEqual([-1, -1]);
    expect(toArray(pad(scalar(2), []))).toBe(2);
    expect(
      shapeOf(
        pad(
          zeros([0, 2]),
          [
            [0, 0],
            [1, 1],
          ],
          { mode: "edge" },
        ),
      ),
    ).toEqual([0, 4]);
  });

  it("refuses widths that are none", () => {
    const x: Tensor = zeros([2, 3]);
    expect(() => pad(x, [[1, 1]])).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: there must be one pair of widths for each axis.
        shape      [2, 3]   rank 2
        padWidth   [[1, 1]]
        fix        write [[1, 1], [0, 2]] for two axes: [before the first, after the last]]
    `);
    expect(() => pad(x, 1 as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: there must be one pair of widths for each axis.
        shape      [2, 3]   rank 2
        padWidth   the number 1
        fix        write [[1, 1], [0, 2]] for two axes: [before the first, after the last]]
    `);
    expect(() => pad(x, [[1, 1], [0]] as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: there must be one pair of widths for each axis.
        shape      [2, 3]   rank 2
        padWidth   [[1, 1], [0]]
        fix        write [[1, 1], [0, 2]] for two axes: [before the first, after the last]]
    `);
    expect(() =>
      pad(x, [
        [1, 1],
        [0, -1],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: padWidth must be an integer from 0 on.
        got   -1
        fix   give a whole number for padWidth]
    `);
    expect(() => pad(zeros([0]) as Tensor, [[1, 1]], { mode: "edge" })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: an empty axis has no edge to continue.
        got   [0]   axis 0
        fix   leave the mode out to pad with zeros]
    `);
    expect(() =>
      pad(
        x,
        [
          [1, 1],
          [0, 0],
        ],
        { mode: "wrap" as never },
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: there is no mode wrap.
        expected   "constant", "edge" or "reflect"
        fix        leave the mode out to pad with zeros]
    `);
    expect(() => pad(tensor([1], { dtype: "int32" }), [[1, 1]], { value: 0.5 }))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: pad: the number 0.5 does not fit a tensor of int32.
        tensor   int32
        number   0.5
        fix      convert the tensor first, convert(x, "float32"), or write a number that int32 holds]
    `);
  });
});
