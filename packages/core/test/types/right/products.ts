/** Products contract one axis and broadcast the batch axes. */
import { pipe } from "fp-ts/lib/function.js";
import { add, dot, einsum, inner, matmul, outer, type Tensor, vdot, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is, type Unknown } from "../is.js";

const vector = zeros([3]);
const matrix = zeros([2, 3]);

is<Tensor<[2, 4]>>()(matmul(matrix, zeros([3, 4])));
is<Tensor<[2]>>()(matmul(matrix, vector));
is<Tensor<[3]>>()(matmul(zeros([2]), matrix));
is<Tensor<[]>>()(matmul(vector, vector));
is<Tensor<[7, 2, 5]>>()(matmul(zeros([7, 2, 3]), zeros([7, 3, 5])));
is<Tensor<[7, 2, 5]>>()(matmul(matrix, zeros([7, 3, 5])));
is<Tensor<[6, 7, 2, 5]>>()(matmul(zeros([6, 1, 2, 3]), zeros([7, 3, 5])));
is<Tensor<[7, 2]>>()(matmul(zeros([7, 2, 3]), vector));
is<Tensor<[]>>()(dot(vector, vector));
is<Tensor<[2]>>()(dot(matrix, vector));
is<Tensor<[2, 5, 4]>>()(dot(matrix, zeros([5, 3, 4])));
is<Tensor<[2, 2]>>()(inner(matrix, matrix));
is<Tensor<[3, 2]>>()(outer(vector, zeros([2])));
is<Tensor<[]>>()(vdot(matrix, matrix));
is<Unknown>()(einsum("ij,jk->ik", matrix, zeros([3, 4])));
is<Tensor<[2, 4]>>()(pipe(matrix, P.matmul(zeros([3, 4]))));
is<Tensor<[32, 10]>>()(
  pipe(
    zeros([32, 784]),
    P.matmul(zeros([784, 256])),
    P.add(zeros([256])),
    P.maximum(0),
    P.matmul(zeros([256, 10])),
  ),
);
is<Tensor<[2, 2], "float64">>()(
  matmul(zeros([2, 3], { dtype: "float64" }), zeros([3, 2], { dtype: "float64" })),
);
is<Tensor<[2]>>()(add(matmul(matrix, vector), 1));
