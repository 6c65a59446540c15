/**
 * A convolution of one group, without dilation of the input, in parts whose unrolled patches fit into the cache. Indices
 * are in range by the checked shapes, hence the `!`.
 */

import type { DType } from "../types/tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { forEachMeeting, outputsOfTap, type Walker, type WindowAxis } from "./convolution-window.js";
import { multiplyMatrices, type Matrix } from "./matrix-product.js";
import { forEachRow } from "./strided.js";

/** An array with axes [images, channels, …]. */
interface Images {
  readonly data: TypedArray;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Arrays that one convolution's parts use one after another, by what they are for. */
export type Scratch = Map<string, TypedArray>;

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

/** Halves what is too large: the images, the first axis of the output, the channels, in this order. */
export const convolveJob = (job: Job): void => {
  const { images, channels, axes, x, out } = job;
  const columns = images * productOf(axes, ({ outputs }) => outputs);
  const depth = channels * productOf(axes, ({ taps }) => taps);
  if (columns === 0 || depth === 0 || job.rows === 0) return;
  const [first, ...others] = axes;
  if (job.rows <= (globalThis as any).ROWS) convolveDirectly(job);
  else if (columns * depth <= patchesPerPart) multiplyPatches(job, columns, depth);
  else if (columns >= 2 * leastColumns && images > 1) {
    const half = images >> 1;
    convolveJob({ ...job, images: half });
    convolveJob({
      ...job,
      images: images - half,
      x: { ...x, offset: x.offset + half * x.strides[0]! },
      out: { ...out, offset: out.offset + half * out.strides[0]! },
    });
  } else if (columns >= 2 * leastColumns && first !== undefined && first.outputs > 1) {
    const half = first.outputs >> 1;
    convolveJob({ ...job, axes: [{ ...first, outputs: half }, ...others] });
    convolveJob({
      ...job,
      axes: [
        { ...first, outputs: first.outputs - half, low: first.low - half * first.stride },
        ...others,
      ],
      out: { ...out, offset: out.offset + half * out.strides[2]! },
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
  const patches = unroll(job, columns, depth);
  const outputs = axes.map((axis) => axis.outputs);
  const perImage = columns / images;
  const gapless = images === 1 && !job.adds && isGapless(outputs, out.strides);
  if (gapless) {
    multiplyMatrices(kernel, patches, { data: out.data, offset: out.offset }, rows, columns, depth, dtype);
    return;
  }
  const product = reserve(job.scratch, "product", dtype, rows * columns);
  multiplyMatrices(kernel, patches, { data: product, offset: 0 }, rows, columns, depth, dtype);
  const steps = outputs.map((_, index) => outputs.slice(index + 1).reduce((size, length) => size * length, 1));
  const { data } = out;
  forEachRow(
    [images, rows, ...outputs],
    [
      [perImage, columns, ...steps],
      out.strides,
    ],
    [0, out.offset],
    ([from, to], [s, t], _position, length) => {
      if (job.adds) for (let k = 0; k < length; k++) data[to! + k * t!]! += product[from! + k * s!]!;
      else for (let k = 0; k < length; k++) data[to! + k * t!] = product[from! + k * s!]!;
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

/** The patches as a matrix, channels · taps by images · outputs, whose longer runs lie in the direction of memory. */
const unroll = (job: Job, columns: number, depth: number): Matrix => {
  const { x, images, channels, axes } = job;
  const data = reserve(job.scratch, "patches", job.dtype, columns * depth);
  const last = axes.at(-1);
  const byTaps = last === undefined || last.taps <= last.outputs;
  const [rowStep, columnStep] = byTaps ? [columns, 1] : [1, depth];
  const sizeAfter = (index: number, lengthOf: (axis: WindowAxis) => number): number =>
    productOf(axes.slice(index + 1), lengthOf);
  const taps = productOf(axes, (axis) => axis.taps);
  const isPadded = axes.some((axis) =>
    Array.from({ length: axis.taps }, (_, tap) => outputsOfTap(axis, tap).count).some(
      (count) => count < axis.outputs,
    ),
  );
  if (isPadded) data.fill(0, 0, columns * depth);
  const nowhere = axes.map(() => 0);
  const from = x.data;
  forEachMeeting(
    [channels, images],
    axes,
    [
      {
        offset: x.offset,
        leading: [x.strides[1]!, x.strides[0]!],
        place: axes.map((_, index) => x.strides[index + 2]!),
        output: nowhere,
        tap: nowhere,
      },
      {
        offset: 0,
        leading: [taps * rowStep, (columns / images) * columnStep],
        place: nowhere,
        output: axes.map((_, index) => sizeAfter(index, (axis) => axis.outputs) * columnStep),
        tap: axes.map((_, index) => sizeAfter(index, (axis) => axis.taps) * rowStep),
      },
    ],
    (at, steps, _position, length) => {
      let [i, o] = [at[0]!, at[1]!];
      const [s, t] = [steps[0]!, steps[1]!];
      if (s === 1 && t === 1 && length > 64) data.set(from.subarray(i, i + length), o);
      else for (let k = 0; k < length; k++, i += s, o += t) data[o] = from[i]!;
    },
  );
  return { data, offset: 0, rowStep, columnStep };
};

/** By the definition. */
const convolveDirectly = ({ x, out, kernel, images, channels, rows, axes }: Job): void => {
  const taps = axes.map((_, index) => productOf(axes.slice(index + 1), (axis) => axis.taps));
  const nowhere = axes.map(() => 0);
  const walkers: readonly Walker[] = [
    { offset: x.offset, leading: [0, x.strides[1]!, x.strides[0]!], place: x.strides.slice(2), output: nowhere, tap: nowhere },
    { offset: kernel.offset, leading: [kernel.rowStep, productOf(axes, (axis) => axis.taps), 0], place: nowhere, output: nowhere, tap: taps },
    { offset: out.offset, leading: [out.strides[1]!, 0, out.strides[0]!], place: nowhere, output: out.strides.slice(2), tap: nowhere },
  ];
  const [from, weights, to] = [x.data, kernel.data, out.data];
  forEachMeeting([rows, channels, images], axes, walkers, (at, steps, _position, length) => {
    let [i, j, o] = [at[0]!, at[1]!, at[2]!];
    const [r, s, t] = [steps[0]!, steps[1]!, steps[2]!];
    if (s === 0) {
      const weight = weights[j]!;
      for (let k = 0; k < length; k++, i += r, o += t) to[o]! += weight * from[i]!;
    } else {
      let total = to[o]!;
      for (let k = 0; k < length; k++, i += r, j += s, o += t) total += weights[j]! * from[i]!;
      to[o-t*length]= total;
    }
  });
};
