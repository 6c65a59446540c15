/**
 * The convolution as matrix products of the kernel with unrolled patches of the input. Indices are in range by the checked
 * shapes, hence the `!`.
 */

import { contiguousTensor, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, type TypedArray } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import { axisPhases, combinations, type AxisPhase } from "../wasm/convolution/axis-phases.js";
import { convolveJob, type Scratch } from "./convolution-job.js";
import type { WindowAxis } from "./convolution-window.js";
import { contiguous } from "./strided.js";

interface Settings {
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [low: number, high: number])[];
  readonly dilation: readonly number[];
  readonly inputDilation: readonly number[];
  readonly groups: number;
}

/** `x` is [N, C, …], `w` is [O, C / groups, …], the result is [N, O, …]. */
export const convolveArrays = (
  x: ArrayTensor,
  w: ArrayTensor,
  { strides, padding, dilation, inputDilation, groups }: Settings,
  output: Aval,
): ArrayTensor => {
  const out = allocate(output.dtype, sizeOfShape(output.shape));
  const axes = strides.map((stride, axis): WindowAxis => ({
    inputs: x.shape[axis + 2]!,
    outputs: output.shape[axis + 2]!,
    taps: w.shape[axis + 2]!,
    stride,
    dilation: dilation[axis]!,
    low: padding[axis]![0],
    inputDilation: inputDilation[axis]!,
  }));
  const outStrides = rowMajorStrides(output.shape);
  const scratch: Scratch = new Map<string, TypedArray>();
  for (const phases of combinations(axes.map(phasesWithTaps)))
    convolvePhase(x, w, phases, groups, { data: out, strides: outStrides, offset: 0 }, output, scratch);
  return contiguousTensor(out, output.shape, output.dtype);
};

/** Elsewhere the result stays 0. */
const phasesWithTaps = (axis: WindowAxis): readonly AxisPhase[] =>
  axisPhases(axis).filter((phase) => phase.axis.taps > 0);

interface Target {
  readonly data: TypedArray;
  readonly strides: readonly number[];
  readonly offset: number;
}

const convolvePhase = (
  x: ArrayTensor,
  w: ArrayTensor,
  phases: readonly AxisPhase[],
  groups: number,
  out: Target,
  output: Aval,
  scratch: Scratch,
): void => {
  const axes = phases.map(({ axis }) => axis);
  const along = (tensor: { readonly strides: readonly number[] }, index: number): number =>
    tensor.strides[index + 2]!;
  const kernel = contiguous(
    viewTensor(
      w,
      [w.shape[0]!, w.shape[1]!, ...axes.map(({ taps }) => taps)],
      [w.strides[0]!, w.strides[1]!, ...phases.map(({ tapStep }, index) => tapStep * along(w, index))],
      phases.reduce((offset, { tap }, index) => offset + tap * along(w, index), w.offset),
    ),
  );
  const start = phases.reduce(
    (offset, phase, index) => offset + phase.output * along(out, index),
    out.offset,
  );
  const steps = phases.map(({ outputStep }, index) => outputStep * along(out, index));
  const channels = w.shape[1]!;
  const rows = w.shape[0]! / groups;
  const depth = channels * axes.reduce((product, { taps }) => product * taps, 1);
  for (let group = 0; group < groups; group++) {
    convolveJob({
      x: { data: x.data, offset: x.offset + group * channels * x.strides[1]!, strides: x.strides },
      out: {
        data: out.data,
        offset: start + group * rows * out.strides[1]!,
        strides: [out.strides[0]!, out.strides[1]!, ...steps],
      },
      kernel: {
        data: kernel.data,
        offset: kernel.offset + group * rows * depth,
        rowStep: depth,
        columnStep: 1,
      },
      images: x.shape[0]!,
      channels,
      rows,
      axes,
      dtype: output.dtype,
      adds: false,
      scratch,
    });
  }
};
