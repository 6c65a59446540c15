/** Rearranging gives literal shapes where the arguments are literal. */
import { pipe } from "fp-ts/lib/function.js";
import {
  concatenate,
  expandDims,
  flip,
  hStack,
  moveAxis,
  oneHot,
  pad,
  ravel,
  repeat,
  reshape,
  roll,
  shapeOf,
  slice,
  split,
  squeeze,
  stack,
  swapAxes,
  take,
  tensor,
  tile,
  type Tensor,
  transpose,
  vStack,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is, type Unknown } from "../is.js";

const vector = zeros([3]);
const matrix = zeros([2, 3]);
const cube = zeros([4, 5, 6]);
const indices = tensor([1, 0, 1, 1], { dtype: "int32" });
declare const rows: Tensor<[number, 3]>;
declare const count: number;

is<Tensor<[3, 2]>>()(reshape(matrix, [3, 2]));
is<Tensor<[6]>>()(reshape(matrix, [-1]));
is<Tensor<[number, 2]>>()(reshape(matrix, [-1, 2]));
is<Tensor<[60000, 784]>>()(reshape(zeros([60000, 28, 28]), [60000, 784]));
is<Tensor<[number, 3]>>()(reshape(matrix, [count, 3]));
is<Tensor<[]>>()(reshape(zeros([1, 1]), []));
is<Tensor<[120]>>()(ravel(cube));
is<Tensor<[number]>>()(ravel(rows));
is<Tensor<[3, 2]>>()(transpose(matrix));
is<Tensor<[6, 4, 5]>>()(transpose(cube, [2, 0, 1]));
is<Tensor<[6, 5, 4]>>()(transpose(cube, [-1, -2, 0]));
is<Tensor<[6, 5, 4]>>()(swapAxes(cube, 0, -1));
is<Tensor<[5, 6, 4]>>()(moveAxis(cube, 0, -1));
is<Tensor<[6, 4, 5]>>()(moveAxis(cube, 2, 0));
is<Tensor<[1, 3]>>()(expandDims(vector, 0));
is<Tensor<[3, 1]>>()(expandDims(vector, -1));
is<Tensor<[2, 1, 3]>>()(expandDims(matrix, 1));
is<Tensor<[3]>>()(squeeze(zeros([1, 3, 1])));
is<Tensor<[1, 3]>>()(squeeze(zeros([1, 3, 1]), { axis: -1 }));
is<Tensor<[3]>>()(squeeze(rows, { axis: 0 }));
is<Unknown>()(squeeze(rows));

is<Tensor<[4, 3]>>()(concatenate([matrix, matrix]));
is<Tensor<[2, 7]>>()(concatenate([matrix, zeros([2, 4])], { axis: -1 }));
is<Tensor<[number, 3]>>()(concatenate([matrix, rows]));
is<Tensor<[2, 2, 3]>>()(stack([matrix, matrix]));
is<Tensor<[2, 3, 2]>>()(stack([matrix, matrix], { axis: -1 }));
is<Unknown>()(stack([1, 2].map(() => vector)));
is<Tensor<[number]>>()(split(vector, 3)[2]);
is<Tensor<[number, 3]>>()(split(matrix, [1])[1]);
is<Tensor<[number, number]>>()(slice(matrix, [0, 1], [2, 3]));
is<Tensor<[4, 3]>>()(take(matrix, indices, { axis: 0 }));
is<Tensor<[2, 4]>>()(take(matrix, indices, { axis: -1 }));
is<Tensor<[4]>>()(take(matrix, indices));
is<Tensor<[2, 3]>>()(flip(matrix, { axis: 1 }));
is<Tensor<[2, 3]>>()(zeros(shapeOf(matrix)));
is<Tensor<[2, 3]>>()(take(matrix, [0, 1], { axis: 0 }));
is<Tensor<[3]>>()(take(matrix, 0, { axis: 0 }));
is<Tensor<[6, 3]>>()(tile(matrix, [3, 1]));
is<Tensor<[6]>>()(repeat(vector, 2));
is<Tensor<[2, 6]>>()(repeat(matrix, 2, { axis: 1 }));
is<Tensor<[5]>>()(pad(vector, [[1, 1]]));
is<Tensor<[3]>>()(roll(vector, 1));
is<Tensor<[4, 7]>>()(oneHot(indices, 7));
is<Tensor<[2, 6]>>()(hStack([matrix, matrix]));
is<Tensor<[4, 3]>>()(vStack([matrix, matrix]));

is<Tensor<[6, 1]>>()(pipe(matrix, P.reshape([6, 1])));
is<Tensor<[3, 2]>>()(pipe(matrix, P.transpose()));
is<Tensor<[2, 3]>>()(pipe(matrix, P.transpose([1, 0]), P.swapAxes(0, 1)));
is<Tensor<[2, 1, 3]>>()(pipe(matrix, P.expandDims(1)));
is<Tensor<[2, 3]>>()(pipe(matrix, P.expandDims(1), P.squeeze({ axis: 1 })));
is<Tensor<[4]>>()(pipe(vector, P.take(indices)));
is<Tensor<[2, 6]>>()(pipe([matrix, matrix] as const, P.concatenate({ axis: 1 })));
is<Tensor<[2, 3]>>()(pipe([vector, vector] as const, P.stack()));
