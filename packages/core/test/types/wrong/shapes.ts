/** Rearranging keeps the elements, and names axes that there are. */
import { pipe } from "fp-ts/lib/function.js";
import {
  add,
  concatenate,
  expandDims,
  flip,
  hStack,
  moveAxis,
  oneHot,
  pad,
  repeat,
  reshape,
  roll,
  slice,
  split,
  squeeze,
  stack,
  swapAxes,
  take,
  takeAlongAxis,
  tensor,
  type Tensor,
  transpose,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const vector = zeros([3]);
const matrix = zeros([2, 3]);
const indices = tensor([0, 1], { dtype: "int32" });

// @ts-expect-error reshapes 6 elements to 8
reshape(matrix, [4, 2]);

// @ts-expect-error flattens 60000 images of 784 pixels to 780
reshape(zeros([60000, 28, 28]), [60000, 780]);

// @ts-expect-error reshapes in a pipe
pipe(matrix, P.reshape([7]));

// @ts-expect-error gives the lengths without a list
reshape(matrix, 3, 2);

// @ts-expect-error permutes two of two axes as if there were three
transpose(matrix, [2, 0, 1]);

// @ts-expect-error permutes with an axis named twice
transpose(matrix, [0, -2]);

// @ts-expect-error permutes with an axis that there is not
transpose(matrix, [0, 2]);

// @ts-expect-error permutes in a pipe
pipe(vector, P.transpose([1, 0]));

// @ts-expect-error swaps with an axis that there is not
swapAxes(matrix, 0, 2);

// @ts-expect-error moves an axis that there is not
moveAxis(matrix, 3, 0);

// @ts-expect-error puts a new axis too far back
expandDims(vector, 2);

// @ts-expect-error does not say where the new axis goes
expandDims(vector);

// @ts-expect-error drops an axis of length 3
squeeze(zeros([1, 3]), { axis: 1 });

// @ts-expect-error drops an axis that there is not
squeeze(zeros([1, 3]), { axis: 2 });

// @ts-expect-error joins a matrix and a vector
concatenate([matrix, vector]);

// @ts-expect-error joins matrices along the axis in which they agree
concatenate([matrix, zeros([4, 3])], { axis: 1 });

// @ts-expect-error joins two dtypes
concatenate([vector, indices]);

// @ts-expect-error joins along an axis that there is not
concatenate([vector, vector], { axis: 1 });

// @ts-expect-error joins tensors that are not in a list
concatenate(vector, vector);

// @ts-expect-error stacks vectors of different lengths
stack([vector, zeros([2])]);

// @ts-expect-error slices a matrix with one start
slice(matrix, [0], [1]);

// @ts-expect-error slices with more stops than starts
slice(matrix, [0, 0], [1, 1, 1]);

// @ts-expect-error takes along an axis that there is not
take(matrix, indices, { axis: 2 });

// @ts-expect-error takes at positions in a nested list
take(matrix, [[0, 1]]);

// @ts-expect-error takes along an axis with indices of another rank
takeAlongAxis(matrix, indices);

// @ts-expect-error repeats along an axis that there is not
repeat(vector, 2, { axis: 1 });

// @ts-expect-error pads two axes of one
pad(vector, [[1, 1], [0, 0]]);

// @ts-expect-error pads in a way that there is not
pad(vector, [[1, 1]], { mode: "wrap" });

// @ts-expect-error rolls along an axis that there is not
roll(vector, 1, { axis: 2 });

// @ts-expect-error encodes floats
oneHot(vector, 3);

// @ts-expect-error puts the classes on an axis that there is not
oneHot(indices, 3, { axis: 2 });

// @ts-expect-error joins side by side what differs in height
hStack([matrix, zeros([3, 3])]);

// @ts-expect-error uses the result of a repetition in the shape of before
add(repeat(vector, 2), vector);

// @ts-expect-error splits along an axis that there is not
split(vector, 3, { axis: 1 });

// @ts-expect-error flips an axis that there is not
flip(vector, { axis: 1 });

// @ts-expect-error takes a transposed matrix for the matrix
const same: Tensor<[2, 3]> = transpose(matrix);

// @ts-expect-error takes one of three parts for a fourth
const [, , , fourth] = split(vector, 3);

void same;
void fourth;
