/**
 * A window that slides along axes: which elements of the input it meets. Indices are in range by the checked
 * shapes, hence the `!`.
 */

import type { Shape } from "../types/tensor.js";
import { greatestCommonDivisor } from "../wasm/convolution/axis-phases.js";
import { forEachRow, type VisitRow } from "./strided.js";

/**
 * One axis. Tap k of output o meets the input at the place (o · stride + k · dilation - low) / inputDilation, if that is
 * a whole number inside the input.
 */
export interface WindowAxis {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly low: number;
  readonly inputDilation: number;
  /** Whether every place counts, also those beyond the input; for input without dilation. */
  readonly isUnbounded?: boolean;
}

/** Indices first, first + step, … (so many as count), whose places are place, place + placeStep, … */
export interface Run {
  readonly count: number;
  readonly first: number;
  readonly step: number;
  readonly place: number;
  readonly placeStep: number;
}

const nothing: Run = { count: 0, first: 0, step: 1, place: 0, placeStep: 1 };

/** The m below `length` for which (start + m · stride) / inputDilation is a place of the input. */
const runFrom = (start: number, stride: number, length: number, axis: WindowAxis): Run => {
  const { inputs, inputDilation, isUnbounded = false } = axis;
  if (isUnbounded) return { count: length, first: 0, step: 1, place: start, placeStep: stride };
  const step = inputDilation / greatestCommonDivisor(stride, inputDilation);
  let least = 0;
  while (least < step && (start + least * stride) % inputDilation !== 0) least++;
  if (least === step) return nothing;
  const leastPlace = (start + least * stride) / inputDilation;
  const placeStep = (step * stride) / inputDilation;
  const outside = Math.max(0, Math.ceil(-leastPlace / placeStep));
  const first = least + outside * step;
  const place = leastPlace + outside * placeStep;
  const count =
    1 + Math.min(Math.floor((length - 1 - first) / step), Math.floor((inputs - 1 - place) / placeStep));
  return count > 0 ? { count, first, step, place, placeStep } : nothing;
};

/** The outputs whose tap k meets the input. */
export const outputsOfTap = (axis: WindowAxis, tap: number): Run =>
  runFrom(tap * axis.dilation - axis.low, axis.stride, axis.outputs, axis);

/** The taps of output o that meet the input. */
export const tapsOfOutput = (axis: WindowAxis, output: number): Run =>
  runFrom(output * axis.stride - axis.low, axis.dilation, axis.taps, axis);

/** Whether the taps of an axis are walked one by one, and the outputs in a run: the fewer of both are. */
export const isWalkedByTaps = ({ taps, outputs }: WindowAxis): boolean => taps <= outputs;

/** An array that is walked along: how far one step of an index moves in it, for the leading axes and those of the window. */
export interface Walker {
  readonly offset: number;
  readonly leading: readonly number[];
  readonly place: readonly number[];
  readonly output: readonly number[];
  readonly tap: readonly number[];
}

/**
 * Visits every meeting of an output, a tap and a place, for every index of the leading axes, in rows.
 */
export const forEachMeeting = (
  leading: Shape,
  axes: readonly WindowAxis[],
  walkers: readonly Walker[],
  visit: VisitRow,
): void => {
  const shape = [...leading, ...axes.map(() => 0)];
  const strides = walkers.map((walker) => [...walker.leading, ...axes.map(() => 0)]);
  const descend = (index: number, offsets: readonly number[]): void => {
    const axis = axes[index];
    if (axis === undefined) {
      forEachRow(shape, strides, offsets, visit);
      return;
    }
    const fixesTaps = isWalkedByTaps(axis);
    const length = fixesTaps ? axis.taps : axis.outputs;
    for (let fixed = 0; fixed < length; fixed++) {
      const run = fixesTaps ? outputsOfTap(axis, fixed) : tapsOfOutput(axis, fixed);
      if (run.count === 0) continue;
      shape[leading.length + index] = run.count;
      const moved = walkers.map((walker, operand) => {
        const [held, moving] = fixesTaps ? [walker.tap, walker.output] : [walker.output, walker.tap];
        strides[operand]![leading.length + index] =
          run.placeStep * walker.place[index]! + run.step * moving[index]!;
        return (
          offsets[operand]! +
          run.place * walker.place[index]! +
          fixed * held[index]! +
          run.first * moving[index]!
        );
      });
      descend(index + 1, moved);
    }
  };
  descend(
    0,
    walkers.map(({ offset }) => offset),
  );
};
