/** Convolutions of batches of images with channels, along any number of spatial axes. */

import type { Conv, ConvOptions, ConvTranspose, ConvTransposeOptions } from "../types/conv.js";
import { tensorError } from "../errors/tensor-error.js";
import { reverse } from "../primitives/concatenate-flip.js";
import { convolution } from "../primitives/convolution.js";
import type { Widths } from "../primitives/convolution-window.js";
import { permute } from "../primitives/reshape.js";
import { showShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { optionsOf } from "../trace/options.js";
import { integerOf } from "./axes.js";
import { checkCropping, paddingOf, stepsOf, type PaddingOf, type Sliding } from "./conv-options.js";
import { implement } from "./implement.js";
import { pairOf } from "./operand-pair.js";

/**
 * The convolution of `x`, [images, channels, ...spatial], with the kernel `w`, [outputs, channels / groups, ...spatial]: as in
 * all libraries for learning a correlation, the kernel is not flipped.
 *
 *     y[n, o, i] = Σ x[n, c, i · stride + k · dilation - low] w[o, c, k]
 *
 * over the channels c of o's group and the elements k of the kernel, with zeros where x has no element. The result is [images,
 * outputs, ...]: along each spatial axis floor((length + low + high - (dilation · (kernel - 1) + 1)) / stride) + 1
 * outputs, none where the kernel does not fit. Both operands have one numeric dtype, which the result has too.
 *
 * @throws TensorError when ranks, channels or dtypes do not fit, or an option has not one entry for each spatial axis.
 * @see JAX's `lax.conv_general_dilated`.
 * @example
 * ```ts
 * import { conv, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([[[1, 2, 3, 4]]]);
 * const w = tensor([[[1, -1]]]);
 * toArray(conv(x, w)); // [[[-1, -1, -1]]]
 * toArray(conv(x, w, { strides: [2], padding: [[0, 1]] })); // [[[-1, -1]]]
 * ```
 */
export const conv: Conv = /* @__PURE__ */ implement(
  (x: unknown, w: unknown, given?: ConvOptions<number>): Value => {
    const options = optionsOf("conv", given, convOptions);
    const [image, kernel] = pairOf("conv", x, w);
    const groups = options.groups === undefined ? 1 : integerOf("conv", "groups", options.groups, 1);
    const sliding = slidingOf("conv", image, kernel);
    checkChannels(image, kernel, groups);
    const strides = stepsOf(sliding, "strides", options.strides);
    const dilation = stepsOf(sliding, "dilation", options.dilation);
    const inputDilation = stepsOf(sliding, "inputDilation", options.inputDilation);
    if (options.padding === "SAME" && inputDilation.some((step) => step !== 1)) throw dilatedSame();
    const padding = paddingOf(sliding, options.padding, strides, dilation);
    checkCropping(sliding, padding, inputDilation);
    return convolution(image, kernel, { strides, padding, dilation, inputDilation, groups });
  },
);

/**
 * The convolution of an input with `stride - 1` zeros between its elements: it makes images larger by the strides. The
 * kernel `w` is [outputs, channels, ...spatial] and is not flipped. With `transposeKernel` it is [channels, outputs,
 * ...spatial] and is flipped, which gives the adjoint of the convolution with that kernel: PyTorch's transposed convolution.
 *
 * `padding` counts places around the input with its zeros. `"VALID"` gives (length - 1) · stride + max(kernel, stride)
 * outputs, every place that an element reaches, and `"SAME"` length · stride.
 *
 * @throws TensorError when ranks, channels or dtypes do not fit, or an option has not one entry for each spatial axis.
 * @see JAX's `lax.conv_transpose`.
 * @example
 * ```ts
 * import { convTranspose, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([[[1, 2]]]);
 * const w = tensor([[[1, 10]]]);
 * toArray(convTranspose(x, w, { strides: [2] })); // [[[10, 1, 20, 2]]]
 * toArray(convTranspose(x, w, { strides: [2], transposeKernel: true })); // [[[1, 10, 2, 20]]]
 * ```
 */
export const convTranspose: ConvTranspose = /* @__PURE__ */ implement(
  (x: unknown, w: unknown, chosen?: ConvTransposeOptions<boolean>): Value => {
    const options = optionsOf("convTranspose", chosen, transposeOptions);
    const [image, given] = pairOf("convTranspose", x, w);
    const sliding = slidingOf("convTranspose", image, given);
    const kernel = options.transposeKernel === true ? turned(given) : given;
    checkTransposedChannels(image, given, kernel);
    const inputDilation = stepsOf(sliding, "strides", options.strides);
    const dilation = stepsOf(sliding, "dilation", options.dilation);
    const padding = paddingOf(sliding, options.padding, inputDilation, dilation, spreading);
    checkCropping(sliding, padding, inputDilation);
    const strides = inputDilation.map(() => 1);
    return convolution(image, kernel, { strides, padding, dilation, inputDilation, groups: 1 });
  },
);

const convOptions = ["strides", "padding", "dilation", "inputDilation", "groups"] as const;
const transposeOptions = ["strides", "padding", "dilation", "transposeKernel"] as const;

/** The paddings by name for an input with zeros between its elements. */
const spreading: PaddingOf = {
  SAME: (_length, window, stride) => {
    const total = window + stride - 2;
    const low = stride > window - 1 ? window - 1 : Math.ceil(total / 2);
    return [low, total - low];
  },
  VALID: (_length, window, stride): Widths => [window - 1, stride - 1 + Math.max(window - stride, 0)],
};

/** Flipped along the spatial axes, with inputs and outputs exchanged. */
const turned = (w: Value): Value => {
  const axes = w.shape.map((_, axis) => axis);
  return permute(reverse(w, axes.slice(2)), [1, 0, ...axes.slice(2)]);
};

const found = (x: Value, w: Value): readonly (readonly [string, string])[] => [
  ["input", showShape(x.shape)],
  ["kernel", showShape(w.shape)],
];

const slidingOf = (operation: string, x: Value, w: Value): Sliding => {
  const [m, n] = [x.shape.length, w.shape.length];
  if (m >= 2 && m === n)
    return { operation, axis: "spatial axis", inputs: x.shape.slice(2), taps: w.shape.slice(2) };
  throw tensorError({
    kind: "ShapeMismatch",
    operation,
    problem:
      m === n
        ? "the operands have no channels"
        : `the input has ${m} axes and the kernel ${n}: they must have as many`,
    found: [
      ["input", `${showShape(x.shape)}   must be [images, channels, ...]`],
      ["kernel", `${showShape(w.shape)}   must be [outputs, channels, ...]`],
    ],
    fix:
      m === n - 1
        ? `give one image the axis of images: ${operation}(expandDims(x, 0), w)`
        : "reshape one of them: an image of one channel is [1, 1, height, width]",
  });
};

const checkChannels = (x: Value, w: Value, groups: number): void => {
  const [channels = 0, outputs = 0, perGroup = 0] = [x.shape[1], w.shape[0], w.shape[1]];
  if (channels !== perGroup * groups) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "conv",
      problem:
        groups === 1
          ? `the input has ${channels} channels, the kernel takes ${perGroup}`
          : `the input has ${channels} channels, the kernel takes ${perGroup} in each of ${groups} groups`,
      found: found(x, w),
      fix:
        x.shape.at(-1) === perGroup * groups
          ? "the channels are axis 1: move them there with moveAxis(x, -1, 1)"
          : perGroup > 0 && groups === 1 && channels % perGroup === 0 && outputs % (channels / perGroup) === 0
            ? `divide the channels into groups: { groups: ${channels / perGroup} }`
            : "make axis 1 of the kernel the channels of the input, divided by the groups",
    });
  }
  if (outputs % groups !== 0) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "conv",
      problem: `${groups} groups do not divide ${outputs} outputs`,
      found: found(x, w),
      fix: "make axis 0 of the kernel a multiple of the groups",
    });
  }
};

const checkTransposedChannels = (x: Value, given: Value, kernel: Value): void => {
  const [channels = 0, taken = 0] = [x.shape[1], kernel.shape[1]];
  if (channels === taken) return;
  const isTurned = given !== kernel;
  throw tensorError({
    kind: "ShapeMismatch",
    operation: "convTranspose",
    problem: `the input has ${channels} channels, the kernel takes ${taken}`,
    found: found(x, given),
    fix:
      channels !== kernel.shape[0]
        ? `the kernel must be ${isTurned ? "[channels, outputs, ...]" : "[outputs, channels, ...]"}`
        : isTurned
          ? "leave transposeKernel out: the kernel is [outputs, channels, ...]"
          : "the kernel is [channels, outputs, ...]: write { transposeKernel: true }",
  });
};

const dilatedSame = (): Error =>
  tensorError({
    kind: "InvalidArgument",
    operation: "conv",
    problem: `padding "SAME" is not defined for an input with dilation`,
    found: [["expected", "one [low, high] for each spatial axis"]],
    fix: "write the widths, or use convTranspose",
  });
