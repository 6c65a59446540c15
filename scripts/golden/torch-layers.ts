/** torch-layers.json: layers and activations, their outputs, running state and all gradients. */

import { Mismatch, expectClose, type Closeness } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import { asRecord, asString, checkFields, mapRecord, type JsonRecord } from "./json.js";
import { atPath, isLayer, layerOf, treeOf, type Tree } from "./layers.js";
import { functionOf, type Callable } from "./names.js";
import { nnOptions, optionalArgument } from "./nn-options.js";
import { toleranceOf } from "./own-tolerance.js";
import { flatIn } from "./precision.js";
import type { Tensor } from "./signatures.js";
import { readNamed, type Flat } from "./tensor-json.js";
import { asTuple, entryOf, fromTensor, leavesOf, toTensor } from "./values.js";

const fields = [
  ...sharedFields,
  ...[
    "layer",
    "torch",
    "options",
    "params",
    "inputs",
    "outputs",
    "cotangents",
    "grads",
    "state",
    "stateAfter",
  ],
];

type Named = { readonly [name: string]: Tensor };
type NamedFlat = { readonly [name: string]: Flat };
type Params = { readonly [name: string]: Tree<Tensor> };

/** What a layer gives: its outputs by name, and its state after the last call. */
interface Applied {
  readonly outputs: { readonly [name: string]: unknown };
  readonly state: unknown;
}
type Apply = (params: Params, inputs: Named) => Applied;

export const runTorchLayer: RunCase = (record, context) => {
  checkFields(record, fields);
  const { library, precision } = context;
  const closeness = toleranceOf(record, precision, { float64: 1e-12, float32: 1e-5 });
  const read = (name: string): NamedFlat =>
    mapRecord(readNamed(record[name], name), (flat) => flatIn(flat, precision));
  const make = (flat: Flat): Tensor => toTensor(library, flat);

  const expected = read("outputs");
  const apply = applyOf(record, Object.keys(expected), context);
  const params = treeOf(mapRecord(read("params"), make));
  const inputs = mapRecord(read("inputs"), make);
  const { outputs, state } = apply(params, inputs);
  expectNamed("outputs", expected, outputs, context, closeness);
  if ("stateAfter" in record) expectNamed("stateAfter", read("stateAfter"), state, context, closeness);
  checkGrads({ record, context, closeness, apply, params, inputs });
};

interface Grads {
  readonly record: JsonRecord;
  readonly context: Context;
  readonly closeness: Closeness;
  readonly apply: Apply;
  readonly params: Params;
  readonly inputs: Named;
}

/** One vjp at all parameters and the inputs that have a gradient, with all cotangents. */
const checkGrads = ({ record, context, closeness, apply, params, inputs }: Grads): void => {
  const { library, precision } = context;
  const grads = asRecord(record["grads"], "grads");
  checkFields(grads, ["params", "inputs"]);
  const readFlat = (json: JsonRecord[string] | undefined, what: string): NamedFlat =>
    mapRecord(readNamed(json, what), (flat) => flatIn(flat, precision));
  const ofParams = readFlat(grads["params"], "grads.params");
  const ofInputs = readFlat(grads["inputs"], "grads.inputs");
  const cotangents = mapRecord(readFlat(record["cotangents"], "cotangents"), (flat) =>
    toTensor(library, flat),
  );
  const f = (moving: Params, movingInputs: Named): unknown => {
    const { outputs } = apply(moving, { ...inputs, ...movingInputs });
    return mapRecord(cotangents, (_, name) => entryOf(outputs, name, "the outputs"));
  };
  const primalInputs = Object.fromEntries(Object.entries(inputs).filter(([name]) => name in ofInputs));
  const [, pullback] = context.core.vjp(f, [params, primalInputs]);
  const [gradParams, gradInputs] = asTuple(pullback(cotangents), 2, "pullback's result");
  expectNamed("grads.params", ofParams, gradParams, context, closeness);
  expectNamed("grads.inputs", ofInputs, gradInputs, context, closeness);
};

const expectNamed = (
  what: string,
  expected: NamedFlat,
  actual: unknown,
  context: Context,
  closeness: Closeness,
): void => {
  for (const [name, flat] of Object.entries(expected)) {
    const label = `${what}.${name}`;
    expectClose(label, flat, fromTensor(context.library, atPath(actual, name, what), label), closeness);
  }
};

const applyOf = (record: JsonRecord, names: readonly string[], context: Context): Apply => {
  const name = asString(record["layer"], "layer");
  const { eval: isEval, ...options } = asRecord(record["options"], "options");
  if (!isLayer(name)) return activation(name, options, names, context);
  const { apply } = layerOf(name, options, context);
  const mode = isEval === true ? "eval" : "train";
  if (name === "batchNorm" || (name === "instanceNorm" && "state" in record))
    return stateful(apply, stateOf(record, context), mode);
  const noise = noisy.includes(name) ? () => ({ mode, key: keyOf(context) }) : () => ({});
  return (params, inputs) => {
    const extra = { ...noise(), ...pick(inputs, optional) };
    const positional = Object.entries(inputs).filter(([input]) => !optional.includes(input));
    const result = apply(params, ...positional.map(([, tensor]) => tensor), ...optionalArgument(extra));
    return { outputs: inOrder(names, result), state: undefined };
  };
};

/** Layers that have dropout inside: their noise needs a key, though its rate is 0 here. */
const noisy = ["multiHeadAttention", "transformerEncoderLayer"];
/** Inputs that are options of `apply`. */
const optional = ["h0", "c0", "attnMask", "keyPaddingMask", "mask"];

const keyOf = ({ library }: Context): unknown => functionOf(library, "@cotangent/core/random", "key")(0);

const activation = (name: string, options: JsonRecord, names: readonly string[], context: Context): Apply => {
  const f = functionOf(context.library, "@cotangent/nn", name);
  const given = optionalArgument(nnOptions(options, context));
  return (_, inputs) => ({
    outputs: inOrder(names, f(...Object.values(inputs), ...given)),
    state: undefined,
  });
};

/** Calls one after another, each with the state that the last one left. */
const stateful =
  (apply: Callable, start: unknown, mode: string): Apply =>
  (params, inputs) =>
    Object.entries(inputs).reduce<Applied>(
      ({ outputs, state }, [input, x]) => {
        const [y, next] = asTuple(apply(params, x, { state, mode }), 2, "apply's result");
        return { outputs: { ...outputs, [input.replace("x", "y")]: y }, state: next };
      },
      { outputs: {}, state: start },
    );

const stateOf = (record: JsonRecord, context: Context): unknown =>
  "state" in record
    ? mapRecord(readNamed(record["state"], "state"), (flat) =>
        toTensor(context.library, flatIn(flat, context.precision)),
      )
    : {};

/** The tensors of a result, tuples flattened, under the names of the data. */
const inOrder = (names: readonly string[], result: unknown): { readonly [name: string]: unknown } => {
  const leaves = leavesOf(result);
  if (leaves.length !== names.length)
    throw new Mismatch(`expected the outputs ${names.join(", ")}, got ${String(leaves.length)}`);
  return Object.fromEntries(names.map((name, i) => [name, leaves[i]]));
};

const pick = (inputs: Named, names: readonly string[]): Named =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => names.includes(name)));
