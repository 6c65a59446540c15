/** vmap adds an axis to every tensor; treeMap keeps the outline of a tree. */
import { pipe } from "fp-ts/lib/function.js";
import {
  add,
  dot,
  grad,
  matmul,
  mul,
  sin,
  square,
  sum,
  type Tensor,
  treeMap,
  vmap,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is, type Unknown } from "../is.js";

interface Params {
  readonly weight: Tensor<[2, 3]>;
  readonly bias: Tensor<[2]>;
}
declare const params: Params;
const vector = zeros([3]);
const batch = zeros([5, 3]);
const energy = (x: Tensor<[3]>) => sum(square(x));
const product = (a: Tensor<[3]>, b: Tensor<[3]>) => dot(a, b);
const layer = (p: Params, x: Tensor<[3]>) => add(matmul(p.weight, x), p.bias);

is<Tensor<[5]>>()(vmap(energy)(batch));
is<Tensor<[5, 3]>>()(vmap(grad(energy))(batch));
is<Tensor<[5]>>()(vmap(product)(batch, batch));
is<Tensor<[5]>>()(vmap(product, { inAxes: [0, null] })(batch, vector));
is<Tensor<[5]>>()(vmap(energy, { inAxes: 1 })(zeros([3, 5])));
is<Tensor<[5]>>()(vmap(energy, { inAxes: [-1] })(zeros([3, 5])));
is<Tensor<[5, 2]>>()(vmap(layer, { inAxes: [null, 0] })(params, batch));
is<Tensor<[2, 5]>>()(vmap(layer, { inAxes: [null, 0], outAxes: 1 })(params, batch));
is<Tensor<[5, 2]>>()(vmap(layer)({ weight: zeros([5, 2, 3]), bias: zeros([5, 2]) }, batch));
is<Tensor<[4, number]>>()(vmap(vmap(energy))(zeros([4, 5, 3])));
is<{ a: Tensor<[5, 3]>; b: Tensor<[5]> }>()(vmap((x: Tensor<[3]>) => ({ a: x, b: sum(x) }))(batch));
is<Tensor<[5, ...number[]]>>()(vmap((x, y) => add(x, y))(batch, batch));
is<Tensor<[5, ...number[]]>>()(vmap(sin)(batch));
is<Tensor<[number]>>()(vmap((x: Tensor<[3]>) => sum(x))(zeros([5, 3]) as Tensor<[number, 3]>));
is<Tensor<[5, 3]>>()(pipe(energy, grad, vmap)(batch));
is<Tensor<[5]>>()(pipe(product, P.vmap({ inAxes: [0, null] }))(batch, vector));

const halved: Params = treeMap((leaf) => mul(leaf, 0.5), params);
const total: Params = treeMap((a, b) => add(a, b), params, halved);
is<{ readonly weight: number; readonly bias: number }>()(treeMap(() => 1, total));

interface Mixed {
  readonly list: readonly [Tensor<[3]>, null];
  readonly name: string;
}
declare const mixed: Mixed;
is<{ readonly list: readonly [Unknown, null]; readonly name: string }>()(
  treeMap((leaf: Tensor) => leaf, mixed),
);
