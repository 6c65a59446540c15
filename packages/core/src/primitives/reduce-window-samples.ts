/** The calls with which the laws of window reductions are tried. */

import type { SampleCase } from "../program/samples.js";
import type { Shape } from "../types/tensor.js";
import { windowedShape, type WindowParams } from "./convolution-window.js";

interface Sliding extends WindowParams {
  readonly window: readonly number[];
}

const sample = (
  shape: Shape,
  window: readonly number[],
  params: Partial<WindowParams> = {},
): SampleCase<Sliding> => {
  const ones = shape.map(() => 1);
  return {
    shapes: [shape],
    params: {
      window,
      strides: ones,
      padding: shape.map(() => [0, 0]),
      dilation: ones,
      inputDilation: ones,
      ...params,
    },
  };
};

/** No axes, one, several; gaps between windows; negative padding; a window larger than the input; empty axes. */
const cases = (): readonly SampleCase<Sliding>[] => [
  sample([], []),
  sample([4], [2]),
  sample([5], [3], { strides: [2], padding: [[1, 1]] }),
  sample([6], [2], { strides: [3], padding: [[-1, 2]], dilation: [2] }),
  sample([2, 1, 3, 4], [1, 1, 2, 2], { strides: [1, 1, 1, 2] }),
  sample([2], [3]),
  sample([0, 2], [1, 2]),
];

/** Windows that meet nothing of the input: of an extremum, infinity, which has no differences. */
const beyond = (): SampleCase<Sliding> =>
  sample([2, 3], [2, 3], {
    padding: [
      [2, 0],
      [0, 1],
    ],
  });

/** The cases of sums: all kinds of windows, those that meet no element, and an input with room between its elements. */
export const sumCases = (): readonly SampleCase<Sliding>[] => [
  ...cases(),
  beyond(),
  sample([3], [2], { strides: [2], padding: [[2, 3]], inputDilation: [3] }),
];

const ofBoth = ({ shapes, params }: SampleCase<Sliding>) =>
  (["max", "min"] as const).map((reducer) => ({ shapes, params: { ...params, reducer } }));

/** The cases of extrema: all kinds of windows, for the largest and the smallest element. */
export const extremumCases = () => cases().flatMap(ofBoth);

/** The second operand has the shape of the first. */
export const meanCases = () =>
  [...cases(), beyond()].flatMap(ofBoth).map(({ shapes: [shape = []], params }) => ({
    shapes: [shape, shape],
    params,
  }));

/** The second operand has the shape of the outputs. */
export const shareCases = () =>
  meanCases().map(({ shapes: [shape = []], params }) => ({
    shapes: [shape, windowedShape(shape, params.window, params)],
    params,
  }));
