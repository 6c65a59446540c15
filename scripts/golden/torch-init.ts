/** The calls of torch-init.json beside the generator's own: first weights, initialisers, dropout, orders, splits. */

import type { Context } from "./context.js";
import { BadCase, asNumber, asNumbers, type JsonRecord } from "./json.js";
import { isLayer, layerOf } from "./layers.js";
import { functionOf, type Callable } from "./names.js";
import { generatorOf, invoke, type Generator } from "./torch-generator.js";
import { asTuple, entryOf, fromTensor, leavesOf } from "./values.js";

type Result = readonly [unknown, Generator];
type InitCall = (generator: Generator, args: JsonRecord, context: Context) => Result;

export const initCall = (generator: Generator, op: string, args: JsonRecord, context: Context): Result => {
  if (isLayer(op)) return firstWeights(op, generator, args, context);
  const call = initialisers.includes(op) ? initialise(op) : calls[op];
  if (call === undefined) throw new BadCase(`unknown call ${op}`);
  return call(generator, args, context);
};

/** The weights that PyTorch's constructor draws. */
const firstWeights = (op: string, generator: Generator, args: JsonRecord, context: Context): Result => {
  const { made } = layerOf(op, args, context);
  const torchDefault = functionOf(context.library, "@cotangent/nn/init", "torchDefault");
  const [params, next] = asTuple(torchDefault(made, generator.state), 2, "torchDefault");
  return [params, { state: next }];
};

const initialisers =
  "uniform normal truncatedNormal xavierUniform xavierNormal kaimingUniform kaimingNormal orthogonal".split(
    " ",
  );

const initialise =
  (op: string): InitCall =>
  (generator, { shape, ...options }, { library }) => {
    const f = functionOf(library, "@cotangent/nn/init", op);
    const [value, next] = asTuple(f(generator.state, shape, options), 2, op);
    return [value, { state: next }];
  };

const dropout: InitCall = (generator, args, context) => {
  const [shape, p] = [asNumbers(args["shape"], "shape"), asNumber(args["p"], "p")];
  const layer = functionOf(context.library, "@cotangent/nn", "dropout")(p);
  const apply = entryOf(layer, "apply", "dropout") as Callable;
  const value = apply({}, context.core.ones(shape), { mode: "train", key: generator.state });
  return [value, invoke(generator, "bernoulli", 1 - p, shape)[1]];
};

/** The generator of the call: one of its own where the case names a seed, else the case's. */
const sourceOf = (generator: Generator, { generatorSeed }: JsonRecord, context: Context): Generator =>
  generatorSeed === undefined ? generator : generatorOf(asNumber(generatorSeed, "generatorSeed"), context);

/** What is left of the case's generator after `count` raw outputs, unless the call had one of its own. */
const after = (generator: Generator, args: JsonRecord, count: number): Generator =>
  "generatorSeed" in args || count === 0 ? generator : invoke(generator, "bits", count)[1];

const datasetOf = (n: number, { core, library }: Context): unknown =>
  functionOf(library, "@cotangent/data", "tensorDataset")(core.arange(n, { dtype: "int32" }));

/** The indices that a batch, a sampler or a part of a split holds. */
const indicesIn = (value: unknown, context: Context): readonly number[] =>
  leavesOf(value).flatMap((leaf) =>
    typeof leaf === "number" ? [leaf] : fromTensor(context.library, leaf, "indices").data,
  );

const dataLoader: InitCall = (generator, args, context) => {
  const [n, batchSize] = [asNumber(args["n"], "n"), asNumber(args["batchSize"], "batchSize")];
  const [epochs, dropLast] = [asNumber(args["epochs"] ?? 1, "epochs"), args["dropLast"] === true];
  const batches = dropLast ? Math.floor(n / batchSize) : Math.ceil(n / batchSize);
  const options = { batchSize, dropLast, shuffle: true, key: sourceOf(generator, args, context).state };
  const loader = functionOf(context.library, "@cotangent/data", "dataLoader")(datasetOf(n, context), options);
  if (typeof loader !== "function") throw new BadCase("a loader is (epoch, i) → batch");
  const batch = (epoch: number, i: number): readonly number[] =>
    indicesIn(Reflect.apply(loader, undefined, [epoch, i]), context);
  const all = Array.from({ length: epochs }, (_, epoch) =>
    Array.from({ length: batches }, (__, i) => batch(epoch, i)),
  );
  // The iterator's base seed and the sampler's seed: two outputs each, every epoch.
  return [all, after(generator, args, 4 * epochs)];
};

/** The base seed, the first order and the next `rand`, as an epoch of a loader leaves the generator. */
const dataLoaderDraws: InitCall = (generator, args, context) => {
  const n = asNumber(args["n"], "n");
  const source = sourceOf(generator, args, context);
  const [base, rest] = random63(source, context);
  const [batches, left] = dataLoader(generator, { ...args, batchSize: n }, context);
  const outputs = "generatorSeed" in args ? n - 1 : 2;
  const [nextRand] = invoke(invoke(rest, "bits", outputs)[1], "rand", [1]);
  return [{ baseSeed: String(base), order: leavesOf(batches), nextRand }, left];
};

/** random64() mod 2^63: two raw outputs, the first one high. */
const random63 = (generator: Generator, context: Context): readonly [bigint, Generator] => {
  const [bits, next] = invoke(generator, "bits", 2);
  const [high = 0, low = 0] = fromTensor(context.library, bits, "bits").data;
  return [((BigInt(high) << 32n) | BigInt(low)) & ((1n << 63n) - 1n), next];
};

const sampler =
  (name: string): InitCall =>
  (generator, { n, weights, generatorSeed: _seed, ...options }, context) => {
    const key = sourceOf(generator, _seed === undefined ? {} : { generatorSeed: _seed }, context).state;
    const made = functionOf(context.library, "@cotangent/data", name)(weights ?? n, { ...options, key });
    return [indicesIn(Array.from(made as Iterable<unknown>), context), generator];
  };

const randomSplit: InitCall = (generator, args, context) => {
  const n = asNumber(args["n"], "n");
  const options = { key: sourceOf(generator, args, context).state };
  const parts = functionOf(context.library, "@cotangent/data", "randomSplit")(
    datasetOf(n, context),
    args["lengths"],
    options,
  );
  const indices = asTuple(parts, asNumbers(args["lengths"], "lengths").length, "randomSplit").map((part) => {
    const get = entryOf(part, "get", "a part") as Callable;
    const length = asNumber(Number(entryOf(part, "length", "a part")), "length");
    return Array.from({ length }, (_, i) => indicesIn(get(i), context)).flat();
  });
  return [indices, after(generator, args, n - 1)];
};

const calls: { readonly [op: string]: InitCall } = {
  dropout,
  dataLoader,
  dataLoaderDraws,
  randomSampler: sampler("randomSampler"),
  weightedSampler: sampler("weightedSampler"),
  randomSplit,
};
