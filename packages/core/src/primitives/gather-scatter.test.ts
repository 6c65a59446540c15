import { describe, expect, it } from "vitest";
import { grad, stage, sum, tensor, toArray, vmap, zeros } from "../index.js";
import type { Tensor } from "../index.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { gather, scatterAdd } from "./gather-scatter.js";

const value = (x: unknown): Value => asTensor("test", x);
const ints = (...x: number[]): Value => value(tensor(x, { dtype: "int32" }));
const x = value(
  tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]),
);

describe("gather", () => {
  it("counts negative indices from the end", () => {
    expect(toArray(gather(x, ints(0, -1), 0))).toEqual([
      [1, 2],
      [5, 6],
    ]);
  });

  it("throws where an index is out of range, never clamps", () => {
    expect(() => gather(x, ints(3), 0)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: index 3 is out of range for an axis of length 3.
        expected   an integer from -3 to 2
        got        3
        fix        indices are never clamped: clip them first, or choose the rows that exist]
    `);
    expect(() => gather(x, ints(0, -4), 0)).toThrow("index -4 is out of range for an axis of length 3");
    expect(() => gather(value(zeros([0, 2])), ints(0), 0)).toThrow("no index: the axis is empty");
    expect(() => scatterAdd(x, ints(3), value(zeros([1, 2])), 0)).toThrow("out of range");
    expect(() =>
      vmap((i: Tensor<[], "int32">) => gather(x, value(i), 0))(tensor([0, 7], { dtype: "int32" })),
    ).toThrow("index 7");
  });

  it("wants integers", () => {
    expect(() => gather(x, value(tensor([0.5])), 0)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: take: the indices do not fit the tensor.
        tensor    float32[3, 2]
        indices   float32[1]
        fix       indices are int32 or uint32: convert(indices, "int32")]
    `);
    expect(() => stage(() => gather(x, value(tensor([true])), 0))()).toThrow(
      "the indices do not fit the tensor",
    );
  });

  it("gives back what each row was read: twice where it was read twice", () => {
    const gradient = grad((z: Tensor<[3, 2]>) =>
      sum(gather(value(z), ints(1, 1, -1), 0) as unknown as Tensor<[3, 2]>),
    )(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(toArray(gradient)).toEqual([
      [0, 0],
      [2, 2],
      [1, 1],
    ]);
  });

  it("reads wide rows as it reads narrow ones", () => {
    const wide = value(
      tensor(
        Array.from({ length: 2 }, (_, row) =>
          Array.from({ length: 40 }, (_unused, column) => 100 * row + column),
        ),
      ),
    );
    expect(toArray(gather(wide, ints(1, 0), 0))).toEqual(
      [1, 0].map((row) => Array.from({ length: 40 }, (_, column) => 100 * row + column)),
    );
  });
});

describe("scatterAdd", () => {
  it("adds to every row that is named, each time it is named", () => {
    expect(
      toArray(
        scatterAdd(
          x,
          ints(0, 0, -1),
          value(
            tensor([
              [1, 1],
              [10, 10],
              [100, 100],
            ]),
          ),
          0,
        ),
      ),
    ).toEqual([
      [12, 13],
      [3, 4],
      [105, 106],
    ]);
  });

  it("leaves its operand as it was", () => {
    const before: unknown = toArray(x);
    scatterAdd(x, ints(0), value(tensor([[1, 1]])), 0);
    expect(toArray(x)).toEqual(before);
  });

  it("wraps integers around", () => {
    expect(toArray(scatterAdd(ints(2 ** 31 - 1), ints(0), ints(1), 0))).toEqual([-(2 ** 31)]);
  });
});
