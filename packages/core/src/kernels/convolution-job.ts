/**
 * A convolution of one group, without dilation of the input, in parts whose unrolled patches fit into the cache. Indices
 * are in range by the checked shapes, hence the `!`.
 */

import type { DType } from "../types/tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { rowMajorStrides } from "../tensor/shape.js";
import { unrollPatches, type Images } from "./convolution-patches.js";
import type { WindowAxis } from "./convolution-window.js";
import { multiplyMatrices, type Matrix } from "./matrix-product.js";
import { forEachRow } from "./strided.js";

/** Arrays that one convolution's parts use one after another, by what they are for. */
export type Scratch = Map<string, TypedArray>;

/** A convolution of one group, or a part of one: images in, images out, and the kernel as a matrix. */
export interface Job {
  readonly x: Images;
  readonly out: Images;
  /** `rows` by channels · taps. */
  readonly kernel: Matrix;
  readonly images: number;
  /** Of the input. */
  readonly channels: number;
  /** Channels of the output. */
  readonly rows: number;
  readonly axes: readonly WindowAxis[];
  readonly dtype: DType;
  /** Whether the output holds the sum over other channels already. */
  readonly adds: boolean;
  readonly scratch: Scratch;
}

/** Elements of the unrolled patches of one part: a megabyte of float32. */
const patchesPerPart = 2 ** 18;
/** A part has at least so many columns before the channels are divided. */
const leastColumns = 128;

const productOf = (axes: readonly WindowAxis[], lengthOf: (axis: WindowAxis) => number): number =>
  axes.reduce((product, axis) => product * lengthOf(axis), 1);

const replaced = (axes: readonly WindowAxis[], index: number, axis: WindowAxis): readonly WindowAxis[] =>
  axes.map((other, place) => (place === index ? axis : other));

/** Halves what is too large: the images, the first axis with several outputs, the channels, the first with several taps. */
export const convolveJob = (job: Job): void => {
  const { images, channels, axes, x, out } = job;
  const columns = images * productOf(axes, ({ outputs }) => outputs);
  const depth = channels * productOf(axes, ({ taps }) => taps);
  if (columns === 0 || depth === 0 || job.rows === 0) return;
  const index = axes.findIndex(({ outputs }) => outputs > 1);
  const axis = axes[index];
  const long = axes.findIndex(({ taps }) => taps > 1);
  const window = axes[long];
  if (columns * depth <= patchesPerPart) multiplyPatches(job, columns, depth);
  else if (columns >= 2 * leastColumns && images > 1) {
    const half = images >> 1;
    convolveJob({ ...job, images: half });
    convolveJob({
      ...job,
      images: images - half,
      x: { ...x, offset: x.offset + half * x.strides[0]! },
      out: { ...out, offset: out.offset + half * out.strides[0]! },
    });
  } else if (columns >= 2 * leastColumns && axis !== undefined) {
    const half = axis.outputs >> 1;
    const rest = axis.outputs - half;
    convolveJob({ ...job, axes: replaced(axes, index, { ...axis, outputs: half }) });
    convolveJob({
      ...job,
      axes: replaced(axes, index, { ...axis, outputs: rest, low: axis.low - half * axis.stride }),
      out: { ...out, offset: out.offset + half * out.strides[index + 2]! },
    });
  } else if (channels > 1) {
    const half = channels >> 1;
    convolveJob({ ...job, channels: half });
    convolveJob({
      ...job,
      adds: true,
      channels: channels - half,
      x: { ...x, offset: x.offset + half * x.strides[1]! },
      kernel: { ...job.kernel, offset: job.kernel.offset + (half * depth) / channels },
    });
  } else if (window !== undefined) {
    const half = window.taps >> 1;
    const rest = window.taps - half;
    convolveJob({ ...job, axes: replaced(axes, long, { ...window, taps: half }) });
    convolveJob({
      ...job,
      adds: true,
      axes: replaced(axes, long, { ...window, taps: rest, low: window.low - half * window.dilation }),
      kernel: { ...job.kernel, offset: job.kernel.offset + (half * depth) / window.taps },
    });
  } else multiplyPatches(job, columns, depth);
};

const reserve = (scratch: Scratch, name: string, dtype: DType, length: number): TypedArray => {
  const held = scratch.get(name);
  if (held !== undefined && held.length >= length) return held;
  const array = allocate(dtype, length);
  scratch.set(name, array);
  return array;
};

const multiplyPatches = (job: Job, columns: number, depth: number): void => {
  const { images, rows, axes, dtype, kernel, out } = job;
  const data = reserve(job.scratch, "patches", dtype, columns * depth);
  const patches = { data, offset: 0, ...unrollPatches(job.x, images, job.channels, axes, data) };
  const outputs = axes.map((axis) => axis.outputs);
  const perImage = columns / images;
  const gapless = images === 1 && !job.adds && isGapless(outputs, out.strides);
  if (gapless) {
    multiplyMatrices(kernel, patches, { data: out.data, offset: out.offset }, rows, columns, depth, dtype);
    return;
  }
  const product = reserve(job.scratch, "product", dtype, rows * columns);
  multiplyMatrices(kernel, patches, { data: product, offset: 0 }, rows, columns, depth, dtype);
  const target = out.data;
  forEachRow(
    [images, rows, ...outputs],
    [[perImage, columns, ...rowMajorStrides(outputs)], out.strides],
    [0, out.offset],
    ([from, to], [s, t], _position, length) => {
      if (job.adds) for (let k = 0; k < length; k++) target[to! + k * t!]! += product[from! + k * s!]!;
      else for (let k = 0; k < length; k++) target[to! + k * t!] = product[from! + k * s!]!;
    },
  );
};

/** Whether the outputs of a channel, and the channels, follow each other without gaps. */
const isGapless = (outputs: readonly number[], strides: readonly number[]): boolean => {
  let expected = 1;
  for (let axis = outputs.length - 1; axis >= 0; axis--) {
    if (outputs[axis] !== 1 && strides[axis + 2] !== expected) return false;
    expected *= outputs[axis]!;
  }
  return strides[1] === expected;
};
