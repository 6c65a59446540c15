/** Reductions drop the axes that they name, or keep them with length 1. */
import { pipe } from "fp-ts/lib/function.js";
import {
  all,
  argMax,
  argMin,
  cumSum,
  logSumExp,
  max,
  mean,
  prod,
  quantile,
  sort,
  std,
  sub,
  sum,
  type Tensor,
  tensor,
  variance,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is, type Unknown } from "../is.js";

const matrix = zeros([2, 3]);
const cube = zeros([4, 5, 6]);

is<Tensor<[]>>()(sum(matrix));
is<Tensor<[3]>>()(sum(matrix, { axis: 0 }));
is<Tensor<[2]>>()(mean(matrix, { axis: -1 }));
is<Tensor<[2, 1]>>()(max(matrix, { axis: 1, keepDims: true }));
is<Tensor<[1, 1]>>()(max(matrix, { keepDims: true }));
is<Tensor<[5]>>()(prod(cube, { axis: [0, 2] }));
is<Tensor<[1, 5, 1]>>()(prod(cube, { axis: [0, -1], keepDims: true }));
is<Tensor<[4, 5, 6]>>()(sum(cube, { axis: [] }));
is<Tensor<[4, 5]>>()(logSumExp(cube, { axis: 2 }));
is<Tensor<[3]>>()(variance(matrix, { axis: 0, correction: 1 }));
is<Tensor<[]>>()(std(matrix, { correction: 1 }));
is<Tensor<[3], "int32">>()(argMax(matrix, { axis: 0 }));
is<Tensor<[2, 1], "int32">>()(argMin(matrix, { axis: 1, keepDims: true }));
is<Tensor<[2], "bool">>()(all(tensor([[true], [false]]), { axis: 1 }));
is<Tensor<[2]>>()(quantile(matrix, 0.5, { axis: 1 }));
is<Tensor<[5, 2]>>()(quantile(matrix, zeros([5]), { axis: 1 }));
is<Tensor<[2, 3]>>()(sub(matrix, mean(matrix, { axis: 1, keepDims: true })));
is<Tensor<[2, 3]>>()(cumSum(matrix, { axis: 0 }));
is<Tensor<[2, 3]>>()(cumSum(matrix));
is<Tensor<[3]>>()(mean(zeros([2, 3], { dtype: "int32" }), { axis: 0 }));
is<Tensor<[], "int32">>()(sum(tensor([true, false])));
is<Tensor<[2, 3]>>()(sort(matrix, { axis: 0 }));

declare const axis: number;
declare const keepDims: boolean;
is<Unknown>()(sum(matrix, { axis }));
is<Unknown>()(sum(matrix, { axis: 0, keepDims }));

is<Tensor<[2]>>()(pipe(matrix, P.sum({ axis: 1 })));
is<Tensor<[]>>()(pipe(cube, P.max({ axis: [0, 1] }), P.mean()));
is<Tensor<[2]>>()(pipe(matrix, P.variance({ axis: 1, correction: 1 })));
is<Tensor<[2], "int32">>()(pipe(matrix, P.argMax({ axis: 1 })));
