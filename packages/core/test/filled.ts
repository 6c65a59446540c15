/** Tensors of every dtype whose elements follow from their places. */

import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { allocate, isFloating } from "../src/tensor/dtype.js";
import { sizeOfShape } from "../src/tensor/shape.js";
import type { DType, Shape } from "../src/types/tensor.js";

/** A tensor with `elementAt(place)` at each place in row-major order. */
export const filledBy = (shape: Shape, dtype: DType, elementAt: (place: number) => number): ArrayTensor => {
  const data = allocate(dtype, sizeOfShape(shape));
  for (let place = 0; place < data.length; place++) data[place] = elementAt(place);
  return contiguousTensor(data, shape, dtype);
};

/** Whole numbers from 0 to 22, each unlike its neighbours: all of them in 23 places one after another. */
export const unlike = (place: number): number => (place * 7919) % 23;

/** Elements unlike their neighbours, small enough that rounding decides nothing; no floating one is 0. */
export const filled = (shape: Shape, dtype: DType, seed = 0): ArrayTensor =>
  filledBy(shape, dtype, (place) => {
    const whole = unlike(place + seed);
    if (dtype === "bool") return whole % 2;
    return isFloating(dtype) ? (whole - 11.25) / 16 : whole - (dtype === "int32" ? 11 : 0);
  });
