/** A gradient has the type of what is differentiated. */
import { pipe } from "fp-ts/lib/function.js";
import {
  add,
  dot,
  exp,
  grad,
  matmul,
  mean,
  mul,
  sigmoid,
  sin,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is, type Unknown } from "../is.js";

interface Params {
  readonly weight: Tensor<[3]>;
  readonly layers: readonly [{ readonly bias: Tensor<[]> }, Tensor<[2], "float64">];
  readonly steps: Tensor<[], "int32">;
  readonly rate: number;
}
interface Gradients {
  readonly weight: Tensor<[3]>;
  readonly layers: readonly [{ readonly bias: Tensor<[]> }, Tensor<[2], "float64">];
  readonly steps: null;
  readonly rate: number;
}
declare const params: Params;
const vector = zeros([3]);
const loss = (p: Params, x: Tensor<[3]>) => sum(mul(p.weight, x));

is<Gradients>()(grad(loss)(params, vector));
is<Tensor<[3]>>()(grad(loss, { argnums: 1 })(params, vector));
is<Tensor<[3]>>()(grad(loss, { argnums: -1 })(params, vector));
is<readonly [Tensor<[3]>, Gradients]>()(grad(loss, { argnums: [1, 0] })(params, vector));
is<readonly [Tensor<[]>, Gradients]>()(valueAndGrad(loss)(params, vector));
is<readonly [Tensor<[]>, Tensor<[3]>]>()(valueAndGrad(loss, { argnums: 1 })(params, vector));

const withAux = (x: Tensor<[3]>) => [sum(square(x)), { norm: x }] as const;
is<readonly [Tensor<[3]>, { readonly norm: Tensor<[3]> }]>()(grad(withAux, { hasAux: true })(vector));
is<readonly [readonly [Tensor<[]>, { readonly norm: Tensor<[3]> }], Tensor<[3]>]>()(
  valueAndGrad(withAux, { hasAux: true })(vector),
);

// Functions that are generic in the shape, and their higher derivatives.
is<Tensor<[]>>()(grad(sin)(tensor(1)));
is<Tensor<[]>>()(grad(grad(sin))(tensor(1)));
is<Tensor<[]>>()(grad(grad(grad(exp)))(tensor(1)));
is<Unknown>()(grad((x) => sum(square(x)))(vector));
is<readonly [Unknown, Unknown]>()(grad((x, y) => sum(mul(x, y)), { argnums: [0, 1] })(vector, vector));
is<Tensor<[3]>>()(grad((x: Tensor<[3]>) => sum(square(x)))(vector));
is<Tensor<[3]>>()(grad((x: Tensor<[3]>) => dot(x, grad((y: Tensor<[3]>) => sum(exp(y)))(x)))(vector));

is<Gradients>()(pipe(loss, grad)(params, vector));
is<Tensor<[3]>>()(pipe(loss, P.grad({ argnums: 1 }))(params, vector));
is<readonly [Tensor<[]>, Gradients]>()(pipe(loss, P.valueAndGrad())(params, vector));

// The first program of the documentation.
const x = tensor([[1], [2], [3]]);
const y = tensor([[2], [4], [6]]);
const line = ({ W, b }: { W: Tensor<[1]>; b: Tensor<[1]> }) => mean(square(sub(add(mul(x, W), b), y)));
is<Tensor<[]>>()(line({ W: zeros([1]), b: zeros([1]) }));
is<{ W: Tensor<[1]>; b: Tensor<[1]> }>()(grad(line)({ W: zeros([1]), b: zeros([1]) }));

interface Layer {
  W: Tensor<[2, 1]>;
  b: Tensor<[1]>;
}
const predict = (p: Layer, xs: Tensor<[number, 2]>) => pipe(xs, P.matmul(p.W), P.add(p.b), sigmoid);
declare const layer: Layer;
is<Tensor<[number, 1]>>()(predict(layer, zeros([5, 2])));
is<Tensor<[5, 1]>>()(matmul(zeros([5, 2]), layer.W));
