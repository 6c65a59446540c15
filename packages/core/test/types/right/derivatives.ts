/** Tangents are like primals, cotangents like outputs; a Jacobian has the axes of both. */
import {
  type Gradient,
  hessian,
  hvp,
  jacfwd,
  type Jacobian,
  jacrev,
  jvp,
  linearize,
  linearTranspose,
  matmul,
  mul,
  sin,
  square,
  sum,
  type Tensor,
  vjp,
  zeros,
} from "@cotangent/core";
import { is } from "../is.js";

interface Params {
  readonly weight: Tensor<[2, 3]>;
  readonly bias: Tensor<[2]>;
}
declare const params: Params;
const vector = zeros([3]);
const pair = zeros([2]);
const linear = (x: Tensor<[3]>) => matmul(params.weight, x);
const energy = (x: Tensor<[3]>) => sum(square(x));
const product = (a: Tensor<[3]>, b: Tensor<[3]>) => mul(a, b);
const layer = (p: Params, x: Tensor<[3]>) => ({ output: matmul(p.weight, x), bias: p.bias });
const cost = (p: Params) => sum(p.bias);

is<readonly [Tensor<[2]>, Tensor<[2]>]>()(jvp(linear, [vector], [vector]));
is<readonly [Tensor<[3]>, Tensor<[3]>]>()(jvp(product, [vector, vector], [vector, vector]));
is<readonly [Tensor<[3]>, Tensor<[3]>]>()(jvp(sin, [vector], [vector]));
is<Tensor<[2]>>()(jvp(layer, [params, vector], [params, vector])[1].output);

is<Tensor<[2]>>()(vjp(linear, [vector])[0]);
is<Tensor<[3]>>()(vjp(linear, [vector])[1](pair)[0]);
is<Tensor<[3]>>()(vjp(product, [vector, vector])[1](vector)[1]);
is<Tensor<[2, 3]>>()(vjp(layer, [params, vector])[1]({ output: pair, bias: pair })[0].weight);
is<Tensor<[3]>>()(vjp((x: Tensor<[3]>) => [sum(x), x] as const, [vector], { hasAux: true })[2]);

is<Tensor<[2]>>()(linearize(linear, [vector])[1](vector));
is<Tensor<[3]>>()(linearize(product, [vector, vector])[1](vector, vector));
is<Tensor<[3]>>()(linearTranspose(linear, [vector])(pair)[0]);

is<Tensor<[2, 3]>>()(jacfwd(linear)(vector));
is<Tensor<[2, 3]>>()(jacrev(linear)(vector));
is<Tensor<[3]>>()(jacrev(energy)(vector));
is<Tensor<[3, 3]>>()(jacfwd(product, { argnums: 1 })(vector, vector));
is<Tensor<[2, 2, 3]>>()(jacfwd(layer)(params, vector).output.weight);
is<Tensor<[3, 3]>>()(hessian(energy)(vector));
is<Tensor<[2, 3, 2]>>()(hessian(cost)(params).weight.bias);
is<Tensor<[3]>>()(hvp(energy, [vector], [vector])[0]);

const gradient: Gradient<Params> = params;
const jacobian: Jacobian<Tensor<[2]>, Params> = jacrev((p: Params) => p.bias)(params);
is<Params>()(gradient);
is<Tensor<[2, 2, 3]>>()(jacobian.weight);
