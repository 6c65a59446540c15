/** The cases that the project's own tests hold: of what the library has so far, into the package that has it. */

import { isList, isRecord, type Json, type JsonRecord } from "./json.js";

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

/** Operations of a group; a group that is not here is whole. */
const operations: Readonly<Record<string, readonly string[] | "all">> = {
  "ops/elementwise.json": "all",
  "ops/shape.json": "all",
  "ops/make.json": "all",
  "ops/reduce.json": words(`sum mean prod max min variance std logSumExp argMax argMin all any median quantile
    countNonZero cumSum`),
  "ops/index.json": words("slice take takeAlongAxis oneHot"),
  "ops/order.json": words("sort argSort"),
  "ops/contract.json": words(
    "matmul dot vdot inner outer tensorDot einsum kron conv convTranspose reduceWindow",
  ),
};

const functions =
  words(`rosenbrock quadratic logisticLoss mlp softmaxCrossEntropy multiHeadAttention layerNorm
  trimmedMeanSquare einsumChain lseMatmul wave bump powers gaussianMixture contrastive entropy embeddingBag
  gradientPenalty asianOption safeLog convNet`);
const samplers =
  words(`key split foldIn bits uniform normal truncatedNormal bernoulli randint permutation choice
  categorical gumbel exponential laplace`);
const optimisers = words("sgd adam chain scale clipByGlobalNorm");
const layers = words("linear flatten relu tanh sigmoid softmax logSoftmax");
const losses = words("mse crossEntropy binaryCrossEntropy");

type Keep = (record: JsonRecord) => boolean;

const has =
  (field: string, names: readonly string[]): Keep =>
  (record) =>
    names.some((name) => record[field] === name);

/** No transformation or schedule among the options but those that exist. */
const onlyNested = (json: Json | undefined): boolean => {
  if (isList(json)) {
    const [name, options] = json;
    const isNested = json.length === 2 && typeof name === "string" && isRecord(options);
    return (!isNested || optimisers.includes(name)) && json.every(onlyNested);
  }
  return isRecord(json) ? Object.values(json).every(onlyNested) : true;
};

const ofOptim: Keep = (record) =>
  (has("optimiser", optimisers)(record) || has("transform", optimisers)(record)) &&
  onlyNested(record["options"]);

/** Each file of a package, and which of its cases are kept. */
export const milestone: Readonly<Record<string, Readonly<Record<string, Keep>>>> = {
  core: {
    ...Object.fromEntries(
      Object.entries(operations).map(([path, ops]) => [path, ops === "all" ? () => true : has("op", ops)]),
    ),
    "functions.json": has("function", functions),
    "random-jax.json": has("function", samplers),
  },
  nn: {
    "torch-layers.json": has("layer", layers),
    "torch-losses.json": has("loss", losses),
    "nn-jax.json": has("function", [...layers, ...losses]),
  },
  optim: {
    "optax.json": ofOptim,
    "torch-optim.json": ofOptim,
  },
};
