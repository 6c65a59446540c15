/** Constants of one number, however many elements they have. */

import { elementReader, type ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";

/** The element of a constant that is stored as one. */
export const onlyElement = (tensor: ArrayTensor): number | undefined => {
  const single = tensor.strides.every((stride, axis) => stride === 0 || tensor.shape[axis] === 1);
  return single && sizeOfShape(tensor.shape) > 0 ? elementReader(tensor)(0) : undefined;
};
