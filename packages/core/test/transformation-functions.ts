/** Functions of a float64 vector, of different kinds, that transformations are composed over. Smooth near `start`. */

import {
  add,
  checkpoint,
  concatenate,
  cond,
  cos,
  cumSum,
  customJvp,
  div,
  einsum,
  exp,
  expandDims,
  flip,
  foriLoop,
  grad,
  greater,
  jit,
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
  scan,
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

/** The same through loops, branches, compiled calls and rules of the user's. */
export const programs: Readonly<Record<string, VectorFunction>> = {
  scan: (x) => {
    const step = (carry: Vector, element: Vector): readonly [Vector, Vector] => {
      const next = sin(add(mul(carry, 1.5), element));
      return [next, square(next)];
    };
    const [last, rows] = scan(step, take(x, 1), concatenate([x, x], { axis: 0 }));
    return mul(last, rows);
  },
  "scan backwards over rows, with a carry of two parts": (x) => {
    const step = ([a, b]: [Vector, Vector], row: Vector): readonly [[Vector, Vector], Vector] => [
      [add(a, mul(b, row)), tanh(b)],
      matmul(matrix, row),
    ];
    const [[a, b], rows] = scan(
      step,
      [x, square(x)] as [Vector, Vector],
      mul(expandDims(x, 1), expandDims(x, 0)),
      {
        reverse: true,
      },
    );
    return add(mul(a, b), sum(rows, { axis: 0 }));
  },
  "cond in a loop": (x) =>
    foriLoop(
      0,
      3,
      (_, y: Vector) =>
        cond(
          greater(sum(y), 0),
          (z: Vector) => mul(z, sin(z)),
          (z: Vector) => add(square(z), 0.25),
          y,
        ),
      x,
    ),
  "jit and checkpoint": (x) => {
    const block = checkpoint((z: Vector, w: Vector) => tanh(matmul(w, z)));
    const net = jit((z: Vector) => ({ y: block(block(z, matrix), matrix), z: square(z) }));
    const { y, z } = net(x);
    return mul(y, z);
  },
  customJvp: (x) => {
    const sine = customJvp(
      (z: Vector) => sin(z),
      ([z], [dz]) => [sin(z), mul(cos(z), dz)] as const,
    );
    return mul(sine(x), sine(mul(x, 2)));
  },
};
