/** The calls with which the laws of the convolution are tried. */

import type { SampleCase } from "../program/samples.js";
import type { Shape } from "../types/tensor.js";
import type { WindowParams } from "./convolution-window.js";

const sample = (
  x: Shape,
  w: Shape,
  params: Partial<WindowParams> & { readonly groups?: number } = {},
): SampleCase<WindowParams & { readonly groups: number }> => {
  const ones = x.slice(2).map(() => 1);
  return {
    shapes: [x, w],
    params: {
      strides: ones,
      padding: x.slice(2).map(() => [0, 0]),
      dilation: ones,
      inputDilation: ones,
      groups: 1,
      ...params,
    },
  };
};

/** No, one, two and three spatial axes; all parameters, negative padding too; what no window covers; empty axes. */
export const convolutionCases = (): readonly SampleCase<WindowParams & { readonly groups: number }>[] => [
  sample([2, 2], [3, 2]),
  sample([1, 1, 4], [1, 1, 2]),
  sample([2, 2, 5], [2, 2, 3], { strides: [2], padding: [[1, 1]] }),
  sample([1, 1, 6], [1, 1, 2], { strides: [3], padding: [[-1, 0]] }),
  sample([1, 2, 6], [2, 2, 2], { dilation: [3], padding: [[1, 2]] }),
  sample([1, 1, 3], [1, 1, 3], { strides: [3], padding: [[2, 3]], dilation: [2], inputDilation: [4] }),
  sample([2, 4, 3], [6, 2, 2], { groups: 2, padding: [[0, 1]] }),
  sample([1, 1, 3, 4], [2, 1, 2, 2], {
    strides: [1, 2],
    padding: [
      [1, 0],
      [-1, 1],
    ],
    dilation: [2, 1],
    inputDilation: [2, 1],
  }),
  sample([1, 2, 2, 3], [2, 1, 2, 2], { groups: 2 }),
  sample([1, 1, 2, 2, 2], [1, 1, 1, 2, 2], {
    strides: [2, 1, 1],
    padding: [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
  }),
  sample([1, 1, 2], [1, 1, 4]),
  sample([0, 1, 3], [1, 1, 2]),
  sample([1, 0, 3], [2, 0, 2]),
  sample([1, 1, 0], [1, 1, 1], { padding: [[1, 1]] }),
];
