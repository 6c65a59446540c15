/** Losses and layers of machine learning. */

import { define, lengthOf, softmaxOf, type GoldenFunction } from "./define.js";

/** mean over rows i of log(1 + exp(-y[i] (X w + b)[i])), y is ±1 */
const logisticLoss = define(
  ["w", "b", "X", "y"],
  ({ core: { add, logAddExp, matmul, mean, mul, neg } }, w, b, X, y) =>
    mean(logAddExp(0, neg(mul(y, add(matmul(X, w), b))))),
);

/** mean((tanh(x W1 + b1) W2 + b2 - y)²) over all elements */
const mlp = define(["W1", "b1", "W2", "b2", "x", "y"], ({ core }, W1, b1, W2, b2, x, y) => {
  const { add, matmul, mean, square, sub, tanh } = core;
  const hidden = tanh(add(matmul(x, W1), b1));
  return mean(square(sub(add(matmul(hidden, W2), b2), y)));
});

/** Z = X W; mean over rows i of logSumExp(Z[i]) - Z[i, labels[i]] */
const softmaxCrossEntropy = define(["W", "X", "labels"], ({ core }, W, X, labels) => {
  const { expandDims, logSumExp, matmul, mean, sub, sum, takeAlongAxis } = core;
  const Z = matmul(X, W);
  const chosen = sum(takeAlongAxis(Z, expandDims(labels, 1), { axis: 1 }), { axis: 1 });
  return mean(sub(logSumExp(Z, { axis: 1 }), chosen));
});

/**
 * x [t, d], Wq Wk Wv [d, h, e], Wo [h, e, d]: q = einsum('td,dhe->hte', x, Wq), k and v alike; A = softmax over s of
 * einsum('hte,hse->hts', q, k) / sqrt(e), with -Infinity where s > t; o = einsum('hts,hse,hed->td', A, v, Wo); sum(o²)
 */
const multiHeadAttention = define(["x", "Wq", "Wk", "Wv", "Wo"], ({ core }, x, Wq, Wk, Wv, Wo) => {
  const { div, einsum, shapeOf, square, sum, tensor, where } = core;
  const [q, k, v] = [Wq, Wk, Wv].map((W) => einsum("td,dhe->hte", x, W)) as [typeof x, typeof x, typeof x];
  const scores = div(einsum("hte,hse->hts", q, k), Math.sqrt(shapeOf(Wq)[2] ?? NaN));
  const times = Array.from({ length: lengthOf(core, x) }, (_, t) => t);
  const past = tensor(
    times.map((t) => times.map((s) => s <= t)),
    { dtype: "bool" },
  );
  const attention = softmaxOf(core, where(past, scores, -Infinity));
  return sum(square(einsum("hts,hse,hed->td", attention, v, Wo)));
});

/** over the last axis m = mean(x), v = mean((x - m)²); sum(c * (g (x - m) / sqrt(v + 1e-5) + b)) */
const layerNorm = define(["x", "g", "b", "c"], ({ core }, x, g, b, c) => {
  const { add, div, mean, mul, sqrt, square, sub, sum } = core;
  const centred = sub(x, mean(x, { axis: -1, keepDims: true }));
  const v = mean(square(centred), { axis: -1, keepDims: true });
  return sum(mul(c, add(div(mul(g, centred), sqrt(add(v, 1e-5))), b)));
});

/**
 * h = tanh(conv(x, K, stride 1, padding 1 on each side) + c[:, None, None]); pooled = max over 2x2 windows, stride 2;
 * mean over the batch of (sum over j of (flatten(pooled) W)[j]²)
 */
const convNet = define(["K", "c", "W", "x"], ({ core }, K, c, W, x) => {
  const { add, conv, matmul, mean, reduceWindow, reshape, square, sum, tanh } = core;
  const padding = [
    [1, 1],
    [1, 1],
  ];
  const h = tanh(add(conv(x, K, { padding }), reshape(c, [-1, 1, 1])));
  const pooled = reduceWindow(h, { reducer: "max", window: [1, 1, 2, 2], strides: [1, 1, 2, 2] });
  return mean(sum(square(matmul(reshape(pooled, [lengthOf(core, x), -1]), W)), { axis: 1 }));
});

/** messages m = tanh(concatenate([x[source], x[target]], axis 1) W); a = segmentSum(m, target, n); sum((x + a)²) */
const graphLayer = define(["x", "W", "source", "target"], ({ core }, x, W, source, target) => {
  const { add, concatenate, matmul, segmentSum, square, sum, take, tanh } = core;
  const ends = concatenate([take(x, source, { axis: 0 }), take(x, target, { axis: 0 })], { axis: 1 });
  const a = segmentSum(tanh(matmul(ends, W)), target, { numSegments: lengthOf(core, x) });
  return sum(square(add(x, a)));
});

/**
 * mixture of K Gaussians in one dimension, p = softmax(logits):
 * -Σ_n log Σ_k p[k] exp(-½ ((x[n] - mu[k]) / exp(s[k]))²) / (exp(s[k]) sqrt(2π))
 */
const gaussianMixture = define(["logits", "mu", "s", "x"], ({ core }, logits, mu, s, x) => {
  const { div, exp, expandDims, logSumExp, mul, neg, square, sub, sum } = core;
  const z = div(sub(expandDims(x, 1), mu), exp(s));
  const logP = sub(logits, logSumExp(logits));
  const terms = sub(sub(sub(logP, mul(0.5, square(z))), s), 0.5 * Math.log(2 * Math.PI));
  return neg(sum(logSumExp(terms, { axis: 1 })));
});

/** mean over bags b of |Σ_j table[ids[b, j]] - y[b]|² */
const embeddingBag = define(["table", "ids", "y"], ({ core }, table, ids, y) => {
  const { mean, square, sub, sum, take } = core;
  const bags = sum(take(table, ids, { axis: 0 }), { axis: 1 });
  return mean(sum(square(sub(bags, y)), { axis: 1 }));
});

/** D(x) = tanh(x W) v for one row x; mean over rows i of X of (|∂D/∂x (X[i])| - 1)²: a gradient in the loss */
const gradientPenalty = define(["W", "v", "X"], ({ core }, W, v, X) => {
  const { grad, matmul, mean, sqrt, square, sub, sum, tanh, vmap } = core;
  const D = (row: typeof X): typeof X => matmul(tanh(matmul(row, W)), v);
  const slopes = vmap(grad(D))(X);
  return mean(square(sub(sqrt(sum(square(slopes), { axis: 1 })), 1)));
});

export const learning: { readonly [name: string]: GoldenFunction } = {
  logisticLoss,
  mlp,
  softmaxCrossEntropy,
  multiHeadAttention,
  layerNorm,
  convNet,
  graphLayer,
  gaussianMixture,
  embeddingBag,
  gradientPenalty,
};
