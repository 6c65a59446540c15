/**
 * A convolution of a dilated input as several of the input itself: outputs that are so many apart meet its elements
 * through taps that are so many apart, so that nothing is multiplied by the zeros in between.
 */

import type { ConvolutionAxis, ConvolutionSpec } from "./spec.js";

/** A part of a convolution, whose axes have no input dilation, and where it begins, in elements. */
export interface Phase {
  readonly spec: ConvolutionSpec;
  readonly kernelOffset: number;
  readonly outOffset: number;
}

/** The parts of a convolution: inputDilation / gcd(stride, inputDilation) along each axis, in every combination. */
export const phasesOf = (spec: ConvolutionSpec): readonly Phase[] =>
  combinations(spec.axes.map(axisPhases)).map((phases) => ({
    spec: {
      ...spec,
      axes: phases.map(({ axis }) => axis),
      kernel: {
        ...spec.kernel,
        steps: phases.map(({ tapStep }, index) => tapStep * spec.kernel.steps[index]!),
      },
      out: { ...spec.out, steps: phases.map(({ outputStep }, index) => outputStep * spec.out.steps[index]!) },
    },
    kernelOffset: phases.reduce((offset, { tap }, index) => offset + tap * spec.kernel.steps[index]!, 0),
    outOffset: phases.reduce((offset, { output }, index) => offset + output * spec.out.steps[index]!, 0),
  }));

/**
 * Outputs `output`, `output + outputStep`, … and the taps `tap`, `tap + tapStep`, …, if any, that meet the input
 * there.
 */
interface AxisPhase {
  readonly axis: ConvolutionAxis;
  readonly output: number;
  readonly outputStep: number;
  readonly tap: number;
  readonly tapStep: number;
}

const axisPhases = (axis: ConvolutionAxis): readonly AxisPhase[] => {
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

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** One element of each list, in every combination. */
const combinations = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>(
    (all, list) => all.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
