/** Makers take literals whose rows agree. */
import { eye, full, ones, scalar, sin, tensor, type Tensor, zeros } from "@cotangent/core";

// @ts-expect-error has rows of lengths 2 and 1
tensor([[1, 2], [3]]);

// @ts-expect-error has rows of lengths 1 and 2
tensor([[1], [2, 3]]);

// @ts-expect-error has a ragged second matrix
tensor([
  [[1], [2]],
  [[3], [4, 5]],
]);

// @ts-expect-error has a number among rows
tensor([[1, 2], 3]);

// @ts-expect-error has a string
tensor([1, "2"]);

// @ts-expect-error has a null
tensor([1, null]);

// @ts-expect-error has a tensor in a list, for which there is stack
tensor([zeros([2])]);

// @ts-expect-error is annotated with another shape
const square: Tensor<[2, 2]> = tensor([[1, 2, 3]]);

// @ts-expect-error is annotated with another rank
const vector: Tensor<[number]> = zeros([2, 2]);

// @ts-expect-error is annotated with another dtype
const doubles: Tensor<[2], "float64"> = ones([2]);

// @ts-expect-error is annotated with a shape that a number does not have
const wave: Tensor<[3]> = sin(1);

// @ts-expect-error is annotated with a dtype that a number does not have
const precise: Tensor<[], "float64"> = sin(1);

// @ts-expect-error gives a length without a list
zeros(3);

// @ts-expect-error gives lengths without a list
zeros(2, 3);

// @ts-expect-error gives a length as a string
zeros(["3"]);

// @ts-expect-error forgets the value
full([2, 2]);

// @ts-expect-error gives the dtype without options
ones([2], "float64");

// @ts-expect-error makes a scalar of a list
scalar([1]);

// @ts-expect-error gives the size of an identity as a shape
eye([3, 3]);

void square;
void vector;
void doubles;
void wave;
void precise;
