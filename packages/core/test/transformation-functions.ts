/** Functions of a float64 vector, of different kinds, that transformations are composed over. Smooth near `start`. */

import {
  add,
  concatenate,
  cumSum,
  div,
  einsum,
  exp,
  expandDims,
  flip,
  grad,
  greater,
  jvp,
  logSumExp,
  matmul,
  max,
  maximum,
  mean,
  mul,
  oneHot,
  prod,
  reshape,
  sin,
  slice,
  sort,
  sqrt,
  square,
  sub,
  sum,
  take,
  takeAlongAxis,
  tanh,
  tensor,
  transpose,
  variance,
  vmap,
  where,
} from "../src/index.js";
import type { Tensor, Untyped } from "../src/index.js";

export type Vector = Tensor<Untyped, "float64">;
export type VectorFunction = (x: Vector) => Vector;

const vector = (...elements: number[]): Vector => tensor(elements, { dtype: "float64" });
const matrix: Vector = tensor(
  [
    [0.5, -1.25],
    [0.75, 0.3],
  ],
  { dtype: "float64" },
);

/** Two coordinates, apart from each other and from the kinks below. */
export const start: Vector = vector(0.7, -0.4);

/** A function of the rows: of a shape that the types do not know. */
export const mapRows = (f: VectorFunction): VectorFunction => vmap(f) as VectorFunction;

const power = (x: Vector, n: number): Vector => (n === 0 ? vector(1, 1) : mul(x, power(x, n - 1)));

export const functions: Readonly<Record<string, VectorFunction>> = {
  elementwise: (x) => mul(sin(x), exp(mul(0.5, x))),
  reductions: (x) => mul(mean(square(x)), add(variance(x), prod(add(x, 1)))),
  matmul: (x) => matmul(matrix, tanh(matmul(transpose(matrix), x))),
  sort: (x) => mul(vector(2, -1), exp(sort(x))),
  max: (x) => mul(max(mul(x, vector(1.5, -1))), sum(sin(x))),
  "softmax cross entropy": (x) => {
    const logits = matmul(expandDims(x, 1), mul(vector(1, -0.5, 0.25), expandDims(vector(1), 0)));
    const labels = tensor([[2], [0]], { dtype: "int32" });
    const logProbabilities = sub(logits, logSumExp(logits, { axis: 1, keepDims: true }));
    return sub(0, mean(takeAlongAxis(logProbabilities, labels, { axis: 1 })));
  },
  "layer norm": (x) => {
    const wide = concatenate([x, mul(x, x), sin(x)], { axis: 0 });
    const centred = sub(wide, mean(wide));
    return div(centred, sqrt(add(variance(wide), 0.1)));
  },
  einsum: (x) => einsum("i,ij,j->i", x, matrix, exp(x)),
  gather: (x) => mul(take(square(x), tensor([1, 0, 1], { dtype: "int32" })), vector(1, 2, 3)),
  where: (x) => where(greater(x, 0.2), mul(x, sin(x)), exp(x)),
  cumSum: (x) => mul(cumSum(sin(x)), flip(x)),
  "slices and joins": (x) =>
    sum(
      mul(
        concatenate([slice(x, [1], [2]), x, slice(x, [0], [1])], { axis: 0 }),
        reshape(
          mul(oneHot(tensor([0, 1], { dtype: "int32" }), 2, { dtype: "float64" }), exp(expandDims(x, 1))),
          [4],
        ),
      ),
    ),
  "branches of the host": (x) => {
    let total = x;
    for (let i = 1; i < 3; i++) total = add(total, div(power(x, i), i));
    return maximum(total, -3);
  },
  "transformations inside": (x) => {
    const slope = grad((z: Vector) => sum(mul(sin(z), x)))(x);
    const [, pushed] = jvp((z: Vector) => mul(z, square(x)), [x], [slope]);
    return add(pushed, mapRows((row) => mul(row, sum(x)))(x));
  },
};
