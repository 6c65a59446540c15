import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conv, convTranspose, linearTranspose, reshape, shapeOf, tensor, toArray, zeros } from "../index.js";
import type { AnyTensor, Tensor } from "../types/tensor.js";

/** As plain JavaScript calls it. */
const loose = conv as (...args: readonly unknown[]) => AnyTensor;
const looseTranspose = convTranspose as (...args: readonly unknown[]) => AnyTensor;

const images: Tensor = zeros([2, 3, 8, 8]);
const kernel: Tensor = zeros([4, 3, 3, 3]);

/** Whole numbers in an order that no symmetry keeps. */
const numbered = (shape: readonly number[]): Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  const elements = Array.from({ length: size }, (_, index) => ((index * index + 3 * index) % 11) - 5);
  return reshape(tensor(elements, { dtype: "float64" }), shape) as AnyTensor as Tensor;
};

describe("conv", () => {
  it("does not flip the kernel", () => {
    expect(toArray(conv(tensor([[[1, 2, 4, 8]]]), tensor([[[1, 0, -1]]])))).toEqual([[[-3, -6]]]);
  });

  it("takes the axis of images and channels alone", () => {
    expect(
      toArray(
        conv(
          tensor([[1, 2]]),
          tensor([
            [3, 4],
            [5, 6],
          ]),
        ),
      ),
    ).toEqual([[11, 17]]);
  });

  it("wraps integers around", () => {
    const x = tensor([[[2 ** 30, 3]]], { dtype: "int32" });
    expect(toArray(conv(x, tensor([[[4, 5]]], { dtype: "int32" })))).toEqual([[[15]]]);
  });

  it("gives ceil(length / stride) outputs with padding SAME", () => {
    const length = fc.integer({ min: 1, max: 9 });
    const least = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(length, least, least, least, (n, taps, stride, dilation) => {
        const y = loose(zeros([1, 1, n]), zeros([1, 1, taps]), {
          padding: "SAME",
          strides: [stride],
          dilation: [dilation],
        });
        expect(shapeOf(y)).toEqual([1, 1, Math.ceil(n / stride)]);
      }),
    );
  });

  it("gives nothing where the kernel does not fit, as JAX has it", () => {
    expect(shapeOf(loose(zeros([1, 1, 2]), zeros([1, 1, 3])))).toEqual([1, 1, 0]);
  });

  it("refuses what does not fit", () => {
    expect(() => loose(zeros([3, 8, 8]), kernel)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the input has 3 axes and the kernel 4: they must have as many.
        input    [3, 8, 8]   must be [images, channels, ...]
        kernel   [4, 3, 3, 3]   must be [outputs, channels, ...]
        fix      give one image the axis of images: conv(expandDims(x, 0), w)]
    `);
    expect(() => loose(zeros([4]), zeros([4]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the operands have no channels.
        input    [4]   must be [images, channels, ...]
        kernel   [4]   must be [outputs, channels, ...]
        fix      reshape one of them: an image of one channel is [1, 1, height, width]]
    `);
    expect(() => loose(images, zeros([4, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the input has 4 axes and the kernel 2: they must have as many.
        input    [2, 3, 8, 8]   must be [images, channels, ...]
        kernel   [4, 3]   must be [outputs, channels, ...]
        fix      reshape one of them: an image of one channel is [1, 1, height, width]]
    `);
    expect(() => loose(zeros([2, 8, 8, 3]), kernel)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the input has 8 channels, the kernel takes 3.
        input    [2, 8, 8, 3]
        kernel   [4, 3, 3, 3]
        fix      the channels are axis 1: move them there with moveAxis(x, -1, 1)]
    `);
    expect(() => loose(images, zeros([6, 1, 3, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the input has 3 channels, the kernel takes 1.
        input    [2, 3, 8, 8]
        kernel   [6, 1, 3, 3]
        fix      divide the channels into groups: { groups: 3 }]
    `);
    expect(() => loose(images, zeros([4, 2, 3, 3]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the input has 3 channels, the kernel takes 2.
        input    [2, 3, 8, 8]
        kernel   [4, 2, 3, 3]
        fix      make axis 1 of the kernel the channels of the input, divided by the groups]
    `);
    expect(() => loose(images, zeros([6, 3, 3, 3]), { groups: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the input has 3 channels, the kernel takes 3 in each of 2 groups.
        input    [2, 3, 8, 8]
        kernel   [6, 3, 3, 3]
        fix      make axis 1 of the kernel the channels of the input, divided by the groups]
    `);
    expect(() => loose(images, zeros([4, 1, 3, 3]), { groups: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: 3 groups do not divide 4 outputs.
        input    [2, 3, 8, 8]
        kernel   [4, 1, 3, 3]
        fix      make axis 0 of the kernel a multiple of the groups]
    `);
    expect(() => loose(images, kernel, { groups: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: groups must be an integer from 1 on.
        got   0
        fix   give a whole number for groups]
    `);
    expect(() => loose(images, zeros([4, 3, 3, 3], { dtype: "float64" })))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: dtypes float32 and float64 differ.
        left    float32
        right   float64
        fix     convert one operand: convert(x, "float32")]
    `);
    const bools = { dtype: "bool" } as const;
    expect(() => loose(zeros([1, 1, 2], bools), zeros([1, 1, 2], bools))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: dtype bool is not supported.
        expected   float32, float64, int32, uint32
        got        bool
        fix        convert the operand first: convert(x, "float32")]
    `);
    expect(() => loose([[[1]]], kernel)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: an operand must be a tensor.
        got   an array of 1
        fix   make a tensor of the lists first: tensor([[1, 2], [3, 4]])]
    `);
  });

  it("refuses options that do not fit", () => {
    expect(() => loose(images, kernel, { strides: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: strides must be a list of one integer from 1 on for each spatial axis.
        expected   a list of 2
        got        the number 2
        fix        write { strides: [2, 2] }]
    `);
    expect(() => loose(images, kernel, { strides: [0, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: strides must be a list of one integer from 1 on for each spatial axis.
        expected   a list of 2
        got        [0, 1]
        fix        write { strides: [2, 2] }]
    `);
    expect(() => loose(images, kernel, { dilation: [2] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: dilation must be a list of one integer from 1 on for each spatial axis.
        expected   a list of 2
        got        [2]
        fix        write { dilation: [2, 2] }]
    `);
    expect(() => loose(images, kernel, { inputDilation: [1.5, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: inputDilation must be a list of one integer from 1 on for each spatial axis.
        expected   a list of 2
        got        [1.5, 1]
        fix        write { inputDilation: [2, 2] }]
    `);
    expect(() => loose(images, kernel, { padding: "same" })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: there is no padding "same".
        expected   "SAME", "VALID", or one [low, high] for each spatial axis
        fix        write { padding: "SAME" }, or { padding: [[1, 1], [1, 1]] }]
    `);
    expect(() => loose(images, kernel, { padding: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: padding must be a list of one [low, high] for each spatial axis.
        expected   a list of 2
        got        the number 1
        fix        write { padding: [[1, 1], [1, 1]] }, "SAME" or "VALID"]
    `);
    expect(() => loose(images, kernel, { padding: [[1, 1]] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: padding must be a list of one [low, high] for each spatial axis.
        expected   a list of 2
        got        [[1, 1]]
        fix        write { padding: [[1, 1], [1, 1]] }, "SAME" or "VALID"]
    `);
    expect(() => loose(images, kernel, { padding: [1, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: padding must be a list of one [low, high] for each spatial axis.
        expected   a list of 2
        got        [1, 1]
        fix        write { padding: [[1, 1], [1, 1]] }, "SAME" or "VALID"]
    `);
    expect(() =>
      loose(images, kernel, {
        padding: [
          [-5, -4],
          [0, 0],
        ],
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: the padding crops more than spatial axis 0 has.
        length    8
        padding   [-5, -4]
        fix       crop at most 8 in all, or pass positive widths: negative ones crop]
    `);
    expect(() => loose(images, kernel, { padding: "SAME", inputDilation: [2, 2] }))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: conv: padding "SAME" is not defined for an input with dilation.
        expected   one [low, high] for each spatial axis
        fix        write the widths, or use convTranspose]
    `);
  });
});

describe("convTranspose", () => {
  it("with transposeKernel is the adjoint of the convolution", () => {
    const few = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(few, few, few, few, few, few, (inputs, outputs, taps, stride, dilation, places) => {
        const covered = (taps - 1) * dilation + 1;
        const shape = [2, inputs, (places - 1) * stride + covered];
        const w = numbered([outputs, inputs, taps]);
        const ct = numbered([2, outputs, places]);
        const forward = (x: Tensor): Tensor =>
          loose(x, w, { strides: [stride], dilation: [dilation] }) as Tensor;
        const back = linearTranspose(forward, [zeros(shape, { dtype: "float64" }) as AnyTensor as Tensor]);
        const [expected] = back(ct) as readonly [Tensor];
        const actual = looseTranspose(ct, w, {
          strides: [stride],
          dilation: [dilation],
          transposeKernel: true,
          padding: [[covered - 1, covered - 1]],
        });
        expect(toArray(actual)).toEqual(toArray(expected));
      }),
    );
  });

  it("gives length · stride outputs with padding SAME", () => {
    const few = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(few, few, few, (length, taps, stride) => {
        const y = looseTranspose(zeros([1, 1, length]), zeros([1, 1, taps]), {
          padding: "SAME",
          strides: [stride],
        });
        expect(shapeOf(y)).toEqual([1, 1, length * stride]);
      }),
    );
  });

  it("refuses what does not fit", () => {
    expect(() => looseTranspose(zeros([3, 8, 8]), kernel)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: convTranspose: the input has 3 axes and the kernel 4: they must have as many.
        input    [3, 8, 8]   must be [images, channels, ...]
        kernel   [4, 3, 3, 3]   must be [outputs, channels, ...]
        fix      give one image the axis of images: convTranspose(expandDims(x, 0), w)]
    `);
    expect(() => looseTranspose(images, kernel, { transposeKernel: true }))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: convTranspose: the input has 3 channels, the kernel takes 4.
        input    [2, 3, 8, 8]
        kernel   [4, 3, 3, 3]
        fix      leave transposeKernel out: the kernel is [outputs, channels, ...]]
    `);
    expect(() => looseTranspose(images, zeros([3, 5, 2, 2]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: convTranspose: the input has 3 channels, the kernel takes 5.
        input    [2, 3, 8, 8]
        kernel   [3, 5, 2, 2]
        fix      the kernel is [channels, outputs, ...]: write { transposeKernel: true }]
    `);
    expect(() => looseTranspose(images, zeros([5, 4, 2, 2]))).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: convTranspose: the input has 3 channels, the kernel takes 4.
        input    [2, 3, 8, 8]
        kernel   [5, 4, 2, 2]
        fix      the kernel must be [outputs, channels, ...]]
    `);
    expect(() => looseTranspose(images, kernel, { strides: [2] })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: convTranspose: strides must be a list of one integer from 1 on for each spatial axis.
        expected   a list of 2
        got        [2]
        fix        write { strides: [2, 2] }]
    `);
    expect(() =>
      looseTranspose(images, kernel, {
        padding: [
          [-9, 0],
          [0, 0],
        ],
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: convTranspose: the padding crops more than spatial axis 0 has.
        length    8
        padding   [-9, 0]
        fix       crop at most 8 in all, or pass positive widths: negative ones crop]
    `);
  });
});
