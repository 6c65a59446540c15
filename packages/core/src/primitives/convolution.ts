/** The convolution of batches of images with channels and any number of spatial axes: linear in each operand. */

import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { convolveArrays } from "../kernels/convolution.js";
import type { Primitive } from "../program/primitive.js";
import { numeric } from "../program/samples.js";
import { showAval, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { bilinear } from "./bilinear.js";
import { reverse } from "./concatenate-flip.js";
import { convolutionCases } from "./convolution-samples.js";
import { adjointWindow, tapWindow, windowedShape, type WindowParams } from "./convolution-window.js";
import { apply, fill } from "./define.js";
import { permute, reshape } from "./reshape.js";

/** How a kernel slides over the spatial axes, and in how many groups. */
export interface ConvolutionParams extends WindowParams {
  /** The channels are divided into so many groups, each of which is convolved by itself. */
  readonly groups: number;
}

const spatial = ({ shape }: Aval): readonly number[] => shape.slice(2);

const fits = (x: Aval, w: Aval, { groups, ...window }: ConvolutionParams): boolean => {
  const axes = x.shape.length - 2;
  return (
    axes >= 0 &&
    w.shape.length === x.shape.length &&
    Object.values(window).every((list) => list.length === axes) &&
    x.shape[1] === w.shape[1]! * groups &&
    w.shape[0]! % groups === 0 &&
    x.dtype === w.dtype &&
    x.dtype !== "bool"
  );
};

/** y[n, o, i] = Σ x[n, c, i · stride + k · dilation - low] w[o, c, k], over the channels c of o's group and the taps k. */
export const convolutionPrimitive: Primitive<ConvolutionParams> = /* @__PURE__ */ bilinear({
  name: "conv",
  shape: ([x, w], params) =>
    fits(x, w, params)
      ? right({
          shape: [x.shape[0]!, w.shape[0]!, ...windowedShape(spatial(x), spatial(w), params)],
          dtype: x.dtype,
        })
      : left(
          tensorError({
            kind: "ShapeMismatch",
            operation: "conv",
            problem: "the operands of the primitive do not fit its parameters",
            found: [
              ["input", showAval(x)],
              ["kernel", showAval(w)],
              ["groups", String(params.groups)],
            ],
            fix: "use the public operation, which says what does not fit",
          }),
        ),
  evaluate: ([x, w], params, output) => convolveArrays(x, w, params, output),
  transposeLeft: (cotangent, x, w, params) =>
    convolution(cotangent, mirrored(w, params.groups), {
      ...adjointWindow(spatial(x), spatial(w), spatial(cotangent), params),
      groups: params.groups,
    }),
  // The channels of a group become its images, and the images the channels that are summed.
  transposeRight: (cotangent, x, w, params) => {
    const { groups } = params;
    const [images, channels] = [x.shape[0]!, w.shape[1]!];
    const turned =
      groups === 1
        ? swapFirst(x, [1, 0]) // a view, which a reshape would copy
        : reshape(swapFirst(reshape(x, [images, groups, channels, ...spatial(x)]), [2, 1, 0]), [
            channels,
            groups * images,
            ...spatial(x),
          ]);
    return swapFirst(
      convolution(turned, swapFirst(cotangent, [1, 0]), {
        ...tapWindow(spatial(x), spatial(w), spatial(cotangent), params),
        groups,
      }),
      [1, 0],
    );
  },
  batch: ([x, w], [xIsBatched, wIsBatched], size, params) =>
    !wIsBatched
      ? manyImages(x, w, size, params)
      : xIsBatched
        ? manyGroups(x, w, size, params)
        : manyKernels(x, w, size, params),
  lower: { kind: "convolve" },
  get samples() {
    return { operands: [{ min: -2, max: 2, points: [0, 1] }], dtypes: numeric, cases: convolutionCases() };
  },
});

/** The correlation of [N, C, …] with [O, C / groups, …]. */
export const convolution = (x: Value, w: Value, params: ConvolutionParams): Value =>
  apply(convolutionPrimitive, [x, w], params);

/** The first axes in another order. */
const swapFirst = (x: Value, order: readonly number[]): Value =>
  permute(
    x,
    x.shape.map((_, axis) => order[axis] ?? axis),
  );

/** The kernel that gives back: [C, O / groups, …], its taps from the last to the first. */
const mirrored = (w: Value, groups: number): Value => {
  const [outputs, channels, ...taps] = w.shape as readonly [number, number, ...number[]];
  const flipped = reverse(
    w,
    taps.map((_, axis) => axis + 2),
  );
  if (groups === 1) return swapFirst(flipped, [1, 0]); // a view, which a reshape would copy
  const grouped = swapFirst(reshape(flipped, [groups, outputs / groups, channels, ...taps]), [0, 2, 1]);
  return reshape(grouped, [groups * channels, outputs / groups, ...taps]);
};

/** One kernel for all batches: their images are images. */
const manyImages = (x: Value, w: Value, size: number, params: ConvolutionParams): Value => {
  const [, images, ...rest] = x.shape as readonly [number, number, ...number[]];
  const y = convolution(reshape(x, [size * images, ...rest]), w, params);
  return reshape(y, [size, images, ...y.shape.slice(1)]);
};

/** One input for all batches: their outputs are outputs, in the groups to which they belong. */
const manyKernels = (x: Value, w: Value, size: number, params: ConvolutionParams): Value => {
  const { groups } = params;
  const [, outputs, ...rest] = w.shape as readonly [number, number, ...number[]];
  const perGroup = outputs / groups;
  const grouped = swapFirst(reshape(w, [size, groups, perGroup, ...rest]), [1, 0, 2]);
  const y = convolution(x, reshape(grouped, [size * outputs, ...rest]), params);
  const [images, , ...places] = y.shape as readonly [number, number, ...number[]];
  const apart = swapFirst(reshape(y, [images, groups, size, perGroup, ...places]), [2, 0, 1]);
  return reshape(apart, [size, images, outputs, ...places]);
};

/** An input and a kernel for each batch: the batches are groups. */
const manyGroups = (x: Value, w: Value, size: number, params: ConvolutionParams): Value => {
  const [, images, channels, ...lengths] = x.shape as readonly [number, number, number, ...number[]];
  const [, outputs, perGroup, ...taps] = w.shape as readonly [number, number, number, ...number[]];
  // There are no groups without batches.
  if (size === 0) {
    return fill(0, { shape: [0, images, outputs, ...windowedShape(lengths, taps, params)], dtype: x.dtype });
  }
  const y = convolution(
    reshape(swapFirst(x, [1, 0]), [images, size * channels, ...lengths]),
    reshape(w, [size * outputs, perGroup, ...taps]),
    { ...params, groups: size * params.groups },
  );
  return swapFirst(reshape(y, [images, size, outputs, ...y.shape.slice(2)]), [1, 0]);
};
