/** Reductions name axes that there are, and spell their options. */
import { pipe } from "fp-ts/lib/function.js";
import { add, argMax, logSumExp, max, mean, quantile, std, sub, sum, variance, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const matrix = zeros([2, 3]);

// @ts-expect-error sums axis 2 of a matrix
sum(matrix, { axis: 2 });

// @ts-expect-error sums axis -3 of a matrix
sum(matrix, { axis: -3 });

// @ts-expect-error averages over a list with one axis too many
mean(matrix, { axis: [0, 2] });

// @ts-expect-error sums an axis of a scalar
sum(sum(matrix), { axis: 0 });

// @ts-expect-error misspells keepDims
sum(matrix, { axis: 1, keepdims: true });

// @ts-expect-error calls the axis by PyTorch's name
sum(matrix, { dim: 1 });

// @ts-expect-error gives the axis as a string
max(matrix, { axis: "1" });

// @ts-expect-error gives keepDims as a number
max(matrix, { axis: 1, keepDims: 1 });

// @ts-expect-error gives the axis without options
logSumExp(matrix, 1);

// @ts-expect-error calls the correction by NumPy's name
variance(matrix, { axis: 0, ddof: 1 });

// @ts-expect-error gives the correction as a bool
std(matrix, { correction: true });

// @ts-expect-error looks for the largest along two axes
argMax(matrix, { axis: [0, 1] });

// @ts-expect-error looks for the largest along an axis that there is not
argMax(matrix, { axis: 5 });

// @ts-expect-error forgets the level of a quantile
quantile(matrix, { axis: 0 });

// @ts-expect-error subtracts row means without keepDims
sub(matrix, mean(matrix, { axis: 1 }));

// @ts-expect-error adds column sums of another shape
add(sum(matrix, { axis: 0 }), zeros([2]));

// @ts-expect-error sums an axis that there is not in a pipe
pipe(matrix, P.sum({ axis: 2 }));

// @ts-expect-error reduces an axis that is gone
pipe(matrix, P.sum({ axis: 1 }), P.mean({ axis: 1 }));

// @ts-expect-error misspells keepDims in a pipe
P.sum({ axis: 1, keepdim: true });
