/** What sums and extrema under a window share: their parameters, the shape of their result, the window along each axis. */

import type { Either } from "fp-ts/lib/Either.js";
import { left, right } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { WindowAxis } from "../kernels/convolution-window.js";
import { showAval, type Aval } from "../tensor/shape.js";
import { behindBatch, windowedShape, type WindowParams } from "./convolution-window.js";

/** A window over all axes. */
export interface WindowSumParams extends WindowParams {
  readonly window: readonly number[];
}

/** The number of places of the window along each axis. */
export const outputShape = (x: Aval, params: WindowSumParams): readonly number[] =>
  windowedShape(x.shape, params.window, params);

/** The window along each axis. */
export const windowAxes = (x: Aval, params: WindowSumParams): readonly WindowAxis[] =>
  outputShape(x, params).map((outputs, axis): WindowAxis => ({
    inputs: x.shape[axis]!,
    outputs,
    taps: params.window[axis]!,
    stride: params.strides[axis]!,
    dilation: params.dilation[axis]!,
    low: params.padding[axis]![0],
    inputDilation: params.inputDilation[axis]!,
  }));

/** The shape rule of an operand under a window. */
export const windowShape = (x: Aval, params: WindowSumParams): Either<TensorError, Aval> => {
  const { window, strides, padding, dilation, inputDilation } = params;
  return x.dtype !== "bool" &&
    [window, strides, padding, dilation, inputDilation].every((list) => list.length === x.shape.length)
    ? right({ shape: outputShape(x, params), dtype: x.dtype })
    : left(misfit([x]));
};

/** Operands that no public operation gives. */
export const misfit = (operands: readonly Aval[]): TensorError =>
  tensorError({
    kind: "ShapeMismatch",
    operation: "reduceWindow",
    problem: "the operands of the primitive do not fit its parameters",
    found: operands.map((operand, index) => [`operand ${index}`, showAval(operand)] as const),
    fix: "use the public operation, which says what does not fit",
  });

/** The window with one axis more in front. */
export const behind = <P extends WindowSumParams>(params: P): P => ({
  ...behindBatch(params),
  window: [1, ...params.window],
});
