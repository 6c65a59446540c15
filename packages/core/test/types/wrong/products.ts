/** The contracted lengths of products are equal, and batch axes broadcast. */
import { pipe } from "fp-ts/lib/function.js";
import { dot, einsum, inner, matmul, mul, outer, scalar, tensor, vdot, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const vector = zeros([3]);
const matrix = zeros([2, 3]);

// @ts-expect-error multiplies a matrix by its own shape
matmul(matrix, matrix);

// @ts-expect-error multiplies a vector by a matrix from the wrong side
matmul(vector, matrix);

// @ts-expect-error multiplies a matrix by a vector of another length
matmul(matrix, zeros([2]));

// @ts-expect-error multiplies batches of different sizes
matmul(zeros([4, 2, 3]), zeros([5, 3, 2]));

// @ts-expect-error multiplies a scalar by a matrix
matmul(scalar(2), matrix);

// @ts-expect-error multiplies a matrix by a number
matmul(matrix, 2);

// @ts-expect-error multiplies the second layer of a network that does not fit the first
matmul(matmul(zeros([32, 784]), zeros([784, 256])), zeros([128, 10]));

// @ts-expect-error multiplies a literal by another
matmul(tensor([[1, 2, 3]]), tensor([[1], [2]]));

// @ts-expect-error takes the dot product of vectors of lengths 3 and 4
dot(vector, zeros([4]));

// @ts-expect-error takes the inner product of matrices whose rows differ in length
inner(matrix, zeros([2, 4]));

// @ts-expect-error takes the outer product of two dtypes
outer(vector, zeros([3], { dtype: "float64" }));

// @ts-expect-error takes the flat product of two dtypes
vdot(vector, zeros([3], { dtype: "int32" }));

// @ts-expect-error gives einsum its operands first
einsum(matrix, "ij->ji");

// @ts-expect-error multiplies matrices in a pipe
pipe(matrix, P.matmul(zeros([4, 2])));

// @ts-expect-error multiplies in the third step of a pipe
pipe(matrix, P.matmul(vector), P.mul(2), P.matmul(zeros([3, 2])));

// @ts-expect-error takes the product of a matrix and a vector for a matrix
mul(matmul(matrix, vector), matrix);
