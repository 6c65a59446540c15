/** Layers fit one another, their input and their parameters; losses compare what is alike. */
import { add, grad, oneHot, tensor, type Tensor, zeros } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import * as nn from "@cotangent/nn";

const model = nn.sequential(nn.linear(784, 256), nn.relu, nn.linear(256, 10));
const params = model.init(random.key(0));
const images = zeros([32, 784]);
const labels = tensor([3, 1], { dtype: "int32" });
const scores = zeros([2, 10]);
const targets = zeros([32, 10]);

// @ts-expect-error joins layers of widths 256 and 128
nn.sequential(nn.linear(784, 256), nn.relu, nn.linear(128, 10));

// @ts-expect-error has a mistake in the third of four layers
nn.sequential(nn.linear(4, 8), nn.linear(8, 8), nn.linear(16, 8), nn.linear(8, 1));

// @ts-expect-error has a layer that is a number
nn.sequential(nn.linear(4, 8), 8);

// @ts-expect-error has a layer of the wrong dtype of width
nn.linear("784", 256);

// @ts-expect-error forgets the width that comes out
nn.linear(784);

// @ts-expect-error gives the options of another library
nn.linear(784, 256, { useBias: false });

// @ts-expect-error makes a layer of integers
nn.linear(4, 2, { dtype: "int32" });

// @ts-expect-error applies a layer to too few features
nn.linear(784, 256).apply(nn.linear(784, 256).init(random.key(0)), zeros([32, 783]));

// @ts-expect-error applies a model to images that are not flat
model.apply(params, zeros([32, 28, 28]));

// @ts-expect-error applies a model to integers
model.apply(params, zeros([32, 784], { dtype: "int32" }));

// @ts-expect-error applies a model without its parameters
model.apply(images);

// @ts-expect-error applies a model to the parameters of another
model.apply(nn.sequential(nn.linear(784, 256)).init(random.key(0)), images);

// @ts-expect-error starts a model without a key
model.init(0);

// @ts-expect-error uses a parameter that there is not
params[0].kernel;

// @ts-expect-error uses the weight of a layer without weights
params[1].weight;

// @ts-expect-error uses a weight in the shape of its transpose
const weight: Tensor<[784, 256]> = params[0].weight;

// @ts-expect-error uses a bias that was left out
nn.linear(4, 2, { bias: false }).init(random.key(0)).bias;

// @ts-expect-error compares predictions and targets of different lengths
nn.mse(zeros([32, 1]), zeros([32]));

// @ts-expect-error reduces a loss in a way that there is not
nn.mse(scores, scores, { reduction: "average" });

// @ts-expect-error classifies two examples with three labels
nn.crossEntropy(scores, zeros([3], { dtype: "int32" }));

// @ts-expect-error classifies with probabilities of fewer classes
nn.crossEntropy(scores, oneHot(labels, 9));

// @ts-expect-error smooths labels under another name
nn.crossEntropy(scores, labels, { smoothing: 0.1 });

// @ts-expect-error differentiates a loss that is not reduced
grad((p: nn.Params<typeof model>) => nn.mse(model.apply(p, images), targets, { reduction: "none" }))(params);

// @ts-expect-error differentiates a model, which gives scores
grad((p: nn.Params<typeof model>) => model.apply(p, images))(params);

// @ts-expect-error uses the gradient of one layer in the shape of another
add(grad((p: nn.Params<typeof model>) => nn.mse(model.apply(p, images), targets))(params)[2].weight, params[0].weight);

// @ts-expect-error normalises along an axis that there is not
nn.softmax(scores, { axis: 2 });

void weight;
