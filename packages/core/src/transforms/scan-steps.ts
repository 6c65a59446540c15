/** The loop of scan itself, on tensors. */

import { contiguous } from "../kernels/strided.js";
import { contiguousTensor, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import { evaluateProgram } from "./call.js";
import { partsOf, type ScanParams } from "./scan-parts.js";

/** The last carry, and the slices that each step gave, stacked. */
export const runSteps = (
  inputs: readonly ArrayTensor[],
  params: ScanParams,
  outputs: readonly Aval[],
): readonly ArrayTensor[] => {
  const { body, length, reverse, carry } = params;
  const { constants, carry: start, xs } = partsOf(inputs, params);
  const stacks = outputs.slice(carry).map(({ shape, dtype }) => allocate(dtype, sizeOfShape(shape)));
  let state = start;
  for (let step = 0; step < length; step++) {
    const place = reverse ? length - 1 - step : step;
    const slices = xs.map((x) =>
      viewTensor(x, x.shape.slice(1), x.strides.slice(1), x.offset + place * (x.strides[0] ?? 0)),
    );
    const results = evaluateProgram(body, [...constants, ...state, ...slices]);
    state = results.slice(0, carry);
    results.slice(carry).forEach((row, index) => {
      const { data, offset, shape } = contiguous(row);
      const size = sizeOfShape(shape);
      stacks[index]?.set(data.subarray(offset, offset + size), place * size);
    });
  }
  return [
    ...state,
    ...stacks.map((stack, index) => {
      const { shape, dtype } = outputs[carry + index] as Aval;
      return contiguousTensor(stack, shape, dtype);
    }),
  ];
};
