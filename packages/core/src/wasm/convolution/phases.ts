/** A convolution of a dilated input as several of the input itself: the phases of its axes, in every combination. */

import { axisPhases, combinations } from "./axis-phases.js";
import type { ConvolutionSpec } from "./spec.js";

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
