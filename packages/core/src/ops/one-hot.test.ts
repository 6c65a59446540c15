import { describe, expect, it } from "vitest";
import { dtypeOf, oneHot, shapeOf, tensor, toArray, vmap, zeros, type Tensor } from "../index.js";

const classes: Tensor<[number], "int32"> = tensor([2, 0], { dtype: "int32" });

describe("oneHot", () => {
  it("has any dtype, and its axis anywhere", () => {
    expect(toArray(oneHot(classes, 3, { dtype: "bool" }))).toEqual([
      [false, false, true],
      [true, false, false],
    ]);
    expect(dtypeOf(oneHot(classes, 3))).toBe("float32");
    expect(shapeOf(oneHot(zeros([2, 4], { dtype: "uint32" }), 3, { axis: 1 }))).toEqual([2, 3, 4]);
    expect(shapeOf(oneHot(zeros([0], { dtype: "int32" }), 0))).toEqual([0, 0]);
  });

  it("maps over a batch", () => {
    expect(toArray(vmap((i: Tensor<[], "int32">) => oneHot(i, 3))(classes))).toEqual(
      toArray(oneHot(classes, 3)),
    );
  });

  it("refuses classes out of range, also under vmap", () => {
    expect(() => oneHot(classes, 2)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: there is no class 2 among 2.
        expected   an integer from 0 to 1
        got        2
        fix        raise numClasses, or leave out what has no class]
    `);
    expect(() => oneHot(tensor([-1], { dtype: "int32" }), 2)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: there is no class -1 among 2.
        expected   an integer from 0 to 1
        got        -1
        fix        raise numClasses, or leave out what has no class]
    `);
    expect(() => oneHot(classes, 0)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: there is no class 0 among 0.
        expected   no index: there are no classes
        got        0
        fix        raise numClasses, or leave out what has no class]
    `);
    expect(() => vmap((i: Tensor<[], "int32">) => oneHot(i, 2))(tensor([0, -1], { dtype: "int32" }))).toThrow(
      "out of range",
    );
  });

  it("refuses what are no classes", () => {
    expect(() => oneHot(zeros([2]) as never, 2)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: dtype float32 is not supported.
        expected   int32, uint32
        got        float32
        fix        convert the operand first: convert(x, "int32")]
    `);
    expect(() => oneHot(classes, 1.5)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: numClasses must be an integer from 0 on.
        got   1.5
        fix   round it: Math.round(numClasses)]
    `);
    expect(() => oneHot(classes, 3, { axis: Number("2") })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: axis 2 is out of range for rank 2.
        expected   an integer from -2 to 1
        got        2
        fix        count axes from 0, or from -1 at the end]
    `);
    expect(() => oneHot(classes, 3, { dtype: "float16" as never })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: oneHot: there is no dtype float16.
        expected   float32, float64, int32, uint32, bool
        fix        write { dtype: "float64" }, or leave it out for float32]
    `);
  });
});
