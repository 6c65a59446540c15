/** The widths of a model's layers, and the types of its parameters and losses. */
import { grad, oneHot, sigmoid, tensor, type Tensor, valueAndGrad, vmap, zeros } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import * as nn from "@cotangent/nn";
import { is, type Unknown } from "../is.js";

const model = nn.sequential(nn.linear(784, 256), nn.relu, nn.linear(256, 10));
type Params = nn.Params<typeof model>;
interface Batch {
  readonly x: Tensor<[number, 784]>;
  readonly y: Tensor<[number], "int32">;
}
const key = random.key(0);
const params = model.init(key);
const batch: Batch = { x: zeros([32, 784]), y: zeros([32], { dtype: "int32" }) };
const labels = tensor([3, 1], { dtype: "int32" });
const scores = zeros([2, 10]);
declare const bare: Tensor;

is<Tensor<[256, 784]>>()(params[0].weight);
is<Tensor<[10]>>()(params[2].bias);
is<Tensor<[32, 10]>>()(model.apply(params, zeros([32, 784])));
is<Tensor<[number, 10]>>()(model.apply(params, batch.x));
is<Tensor<[10]>>()(model.apply(params, zeros([784])));
is<Tensor<[4, 8, 10]>>()(model.apply(params, zeros([4, 8, 784])));
is<Unknown>()(model.apply(params, bare));
is<Tensor<[32, 10]>>()(vmap((x: Tensor<[784]>) => model.apply(params, x))(zeros([32, 784])));

const loss = (p: Params, { x, y }: Batch) => nn.crossEntropy(model.apply(p, x), y);
is<Tensor<[]>>()(loss(params, batch));
is<Tensor<[256, 784]>>()(grad(loss)(params, batch)[0].weight);
is<Tensor<[10]>>()(valueAndGrad(loss)(params, batch)[1][2].bias);

is<Tensor<[5, 1]>>()(nn.linear(3, 1).apply(nn.linear(3, 1).init(key), zeros([5, 3])));
is<Tensor<[2, 3], "float64">>()(nn.linear(3, 2, { dtype: "float64" }).init(key).weight);
is<{ readonly weight: Tensor<[2, 3]> }>()(nn.linear(3, 2, { bias: false }).init(key));
const flat = nn.sequential(nn.flatten(), nn.linear(784, 10), sigmoid);
is<Tensor<[32, 10]>>()(flat.apply(flat.init(key), zeros([32, 28, 28])));

is<Tensor<[]>>()(nn.mse(scores, scores));
is<Tensor<[2, 10]>>()(nn.mse(scores, scores, { reduction: "none" }));
is<Tensor<[]>>()(nn.crossEntropy(scores, labels, { labelSmoothing: 0.1 }));
is<Tensor<[]>>()(nn.crossEntropy(scores, oneHot(labels, 10)));
is<Tensor<[2]>>()(nn.crossEntropy(scores, labels, { reduction: "none" }));
is<Tensor<[2, 10]>>()(nn.softmax(scores, { axis: -1 }));
