/** The patches of the input under a window, unrolled into a matrix. Indices are in range by the checked shapes, hence the `!`. */

import type { TypedArray } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import {
  forEachMeeting,
  isWalkedByTaps,
  outputsOfTap,
  tapsOfOutput,
  type Run,
  type WindowAxis,
} from "./convolution-window.js";
import { forEachRow } from "./strided.js";

/** An array with axes [images, channels, …]. */
export interface Images {
  readonly data: TypedArray;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** How far apart rows and columns of the matrix stand: one of both is 1, in the direction in which runs are copied. */
interface Steps {
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Writes the matrix of channels · taps by images · outputs, all of its elements. */
export const unrollPatches = (
  x: Images,
  images: number,
  channels: number,
  axes: readonly WindowAxis[],
  patches: TypedArray,
): Steps => {
  const [taps, outputs] = [axes.map((axis) => axis.taps), axes.map((axis) => axis.outputs)];
  const [tapCount, outputCount] = [sizeOfShape(taps), sizeOfShape(outputs)];
  const [rows, columns] = [channels * tapCount, images * outputCount];
  const last = axes.at(-1);
  const steps =
    last === undefined || isWalkedByTaps(last)
      ? { rowStep: columns, columnStep: 1 }
      : { rowStep: 1, columnStep: rows };
  const layout: Layout = {
    axes,
    shape: [channels, images],
    strides: [tapCount * steps.rowStep, outputCount * steps.columnStep],
    taps: rowMajorStrides(taps).map((step) => step * steps.rowStep),
    outputs: rowMajorStrides(outputs).map((step) => step * steps.columnStep),
  };
  const overruns = last !== undefined && mayOverrun(last, x.strides);
  const bounded = overruns ? axes.slice(0, -1) : axes;
  if (bounded.some(leavesGaps)) patches.fill(0, 0, rows * columns);
  const walked = overruns ? [...bounded, { ...last, isUnbounded: true }] : axes;
  const nowhere = axes.map(() => 0);
  forEachMeeting(
    layout.shape,
    walked,
    [
      {
        offset: x.offset,
        leading: [x.strides[1]!, x.strides[0]!],
        place: x.strides.slice(2),
        output: nowhere,
        tap: nowhere,
      },
      { offset: 0, leading: layout.strides, place: nowhere, output: layout.outputs, tap: layout.taps },
    ],
    (at, moves, _position, length) => copyRun(x.data, at[0]!, moves[0]!, patches, at[1]!, moves[1]!, length),
  );
  if (overruns) clearGaps(layout, last, patches);
  return steps;
};

/** Where the elements of a matrix of patches stand: strides of [channels, images], of the taps and of the outputs. */
interface Layout {
  readonly axes: readonly WindowAxis[];
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly taps: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Whether runs along the last axis are as long as the rows of the input, without gaps: then all rows are copied at once, and
 * what runs over from one row into the next is cleared afterwards.
 */
const mayOverrun = (axis: WindowAxis, strides: readonly number[]): boolean => {
  const [step, length] = isWalkedByTaps(axis) ? [axis.stride, axis.outputs] : [axis.dilation, axis.taps];
  return (
    step === 1 &&
    length === axis.inputs &&
    strides.length > 3 &&
    strides.at(-1) === 1 &&
    strides.at(-2) === length
  );
};

const runsOf = (axis: WindowAxis): readonly Run[] =>
  isWalkedByTaps(axis)
    ? Array.from({ length: axis.taps }, (_, tap) => outputsOfTap(axis, tap))
    : Array.from({ length: axis.outputs }, (_, output) => tapsOfOutput(axis, output));

const runLength = (axis: WindowAxis): number => (isWalkedByTaps(axis) ? axis.outputs : axis.taps);

const leavesGaps = (axis: WindowAxis): boolean => runsOf(axis).some(({ count }) => count < runLength(axis));

/** Shorter runs are copied faster element by element. */
const runPays = 48;

const copyRun = (
  from: TypedArray,
  i: number,
  s: number,
  to: TypedArray,
  o: number,
  t: number,
  length: number,
): void => {
  if (s === 1 && t === 1 && length >= runPays) {
    const before = Math.max(0, -i);
    to.set(from.subarray(i + before, i + length), o + before);
  } else for (let k = 0; k < length; k++, i += s, o += t) to[o] = from[i]!;
};

/** Zeros where the runs along the last axis do not meet the input. */
const clearGaps = (
  { axes, shape, strides, taps, outputs }: Layout,
  last: WindowAxis,
  patches: TypedArray,
): void => {
  const index = axes.length - 1;
  const others = axes.slice(0, -1);
  const byTaps = isWalkedByTaps(last);
  const [held, moving] = byTaps ? [taps[index]!, outputs[index]!] : [outputs[index]!, taps[index]!];
  const clear = (start: number, length: number): void => {
    if (length <= 0) return;
    forEachRow(
      [...shape, ...others.map((axis) => axis.taps), ...others.map((axis) => axis.outputs), length],
      [[...strides, ...taps.slice(0, -1), ...outputs.slice(0, -1), moving]],
      [start],
      ([at], [step], _position, count) => {
        let place = at!;
        for (let k = 0; k < count; k++, place += step!) patches[place] = 0;
      },
    );
  };
  runsOf(last).forEach(({ count, first }, fixed) => {
    clear(fixed * held, first);
    clear(fixed * held + (first + count) * moving, runLength(last) - first - count);
  });
};
