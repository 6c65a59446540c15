/** Lengths that differ, where neither is 1. */
import { pipe } from "fp-ts/lib/function.js";
import { add, broadcastTo, clip, exp, greater, less, maximum, mul, sub, where, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const vector = zeros([3]);
const matrix = zeros([2, 3]);
const mask = less(vector, 1);

// @ts-expect-error adds vectors of lengths 3 and 4
add(vector, zeros([4]));

// @ts-expect-error adds a vector along the wrong axis
add(matrix, zeros([2]));

// @ts-expect-error multiplies a batch of matrices with a batch of another size
mul(zeros([5, 2, 3]), zeros([4, 2, 3]));

// @ts-expect-error adds to the sum of a column and a row
add(add(zeros([4, 1]), zeros([1, 3])), zeros([4]));

// @ts-expect-error takes the larger of two that do not align
maximum(matrix, zeros([3, 2]));

// @ts-expect-error compares vectors of lengths 3 and 2
greater(vector, zeros([2]));

// @ts-expect-error subtracts with the axes transposed
sub(zeros([6, 1, 2]), zeros([3, 6, 1, 4]));

// @ts-expect-error chooses between branches that do not align
where(mask, zeros([2]), zeros([3]));

// @ts-expect-error chooses by a condition of another length
where(mask, zeros([2]), 0);

// @ts-expect-error clips with a bound of another length
clip(vector, { min: zeros([2]) });

// @ts-expect-error stretches a length that is not 1
broadcastTo(vector, [2, 4]);

// @ts-expect-error stretches to fewer axes
broadcastTo(matrix, [3]);

// @ts-expect-error adds in a pipe
pipe(matrix, P.add(zeros([2])));

// @ts-expect-error multiplies in the second step of a pipe
pipe(vector, P.add(1), P.mul(zeros([2])));

// @ts-expect-error stretches in a pipe
pipe(vector, P.broadcastTo([2, 2]));

// @ts-expect-error chooses by a condition of another length in a pipe
pipe(mask, P.safeWhere(exp, zeros([2])));

// @ts-expect-error chooses among lengths that do not align in a pipe
pipe([mask] as const, P.select([zeros([2])]));
