/**
 * An axis with a dilated input as several without: outputs that are so many apart meet the input's elements through
 * taps that are so many apart, so that nothing is multiplied by the zeros in between.
 */

import type { ConvolutionAxis } from "./spec.js";

/**
 * Outputs `output`, `output + outputStep`, … and the taps `tap`, `tap + tapStep`, …, if any, that meet the input
 * there.
 */
export interface AxisPhase {
  readonly axis: ConvolutionAxis;
  readonly output: number;
  readonly outputStep: number;
  readonly tap: number;
  readonly tapStep: number;
}

/** The phases of an axis: inputDilation / gcd(stride, inputDilation) of them; no taps where none meets the input. */
export const axisPhases = (axis: ConvolutionAxis): readonly AxisPhase[] => {
  const { stride, dilation, low, inputDilation, outputs, taps } = axis;
  const outputStep = inputDilation / greatestCommonDivisor(stride, inputDilation);
  const tapStep = inputDilation / greatestCommonDivisor(dilation, inputDilation);
  return Array.from({ length: Math.min(outputStep, outputs) }, (_, output) => {
    const start = (tap: number): number => output * stride + tap * dilation - low;
    // No two of the first tapStep taps are congruent.
    const tap = Array.from({ length: Math.min(tapStep, taps) }, (_tap, index) => index).find(
      (index) => start(index) % inputDilation === 0,
    );
    const part = { ...axis, inputDilation: 1, outputs: Math.ceil((outputs - output) / outputStep) };
    if (tap === undefined) return { axis: { ...part, taps: 0 }, output, outputStep, tap: 0, tapStep };
    return {
      axis: {
        ...part,
        taps: Math.ceil((taps - tap) / tapStep),
        stride: (outputStep * stride) / inputDilation,
        dilation: (tapStep * dilation) / inputDilation,
        low: -start(tap) / inputDilation,
      },
      output,
      outputStep,
      tap,
      tapStep,
    };
  });
};

/** The greatest number that divides both. */
export const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** One element of each list, in every combination. */
export const combinations = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (all, list) => all.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
