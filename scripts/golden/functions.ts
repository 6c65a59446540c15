/** functions.json: composite functions and their derivatives of every order. */

import { Mismatch, expectClose } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import { functions } from "./functions/index.js";
import { BadCase, asRecord, asString, checkFields, mapRecord, type JsonRecord } from "./json.js";
import { toleranceOf } from "./own-tolerance.js";
import { flatIn } from "./precision.js";
import type { Tensor } from "./signatures.js";
import { readNamed, readTensor, type Flat } from "./tensor-json.js";
import { entryOf, fromTensor, toTensor } from "./values.js";

const fields = [
  ...sharedFields,
  ...["function", "formula", "inputs", "value", "gradients", "tangents", "outputTangent"],
  ...["hessian", "third", "vmapGrad"],
];

type Named = { readonly [name: string]: Tensor };

export const runFunction: RunCase = (record, context) => {
  checkFields(record, fields);
  const name = asString(record["function"], "function");
  const golden = functions[name];
  if (golden === undefined) throw new BadCase(`unknown function ${name}`);
  const inputs = tensorsOf(record["inputs"], "inputs", context);
  const names = Object.keys(inputs);
  if (names.length !== golden.names.length || names.some((input) => !golden.names.includes(input)))
    throw new BadCase(`${name} takes ${golden.names.join(", ")}, not ${names.join(", ")}`);

  const at = (moving: Named): Tensor => golden.run(context, { ...inputs, ...moving });
  const expect = expecting(record, context);
  expect("value", record["value"], at({}));
  if ("gradients" in record) checkGradients(record, inputs, at, context);
  if ("outputTangent" in record) {
    const tangents = tensorsOf(record["tangents"], "tangents", context);
    const primals: Named = pick(inputs, Object.keys(tangents));
    expect("outputTangent", record["outputTangent"], context.core.jvp(at, [primals], [tangents])[1]);
  }
  if ("vmapGrad" in record) {
    const part = partOf(record, "vmapGrad", ["of", "batch", "output"]);
    const batch = toTensor(
      context.library,
      flatIn(readTensor(part.record["batch"], "batch"), context.precision),
    );
    const gradient = context.core.grad((x: Tensor) => at({ [part.of]: x }));
    expect("vmapGrad", part.record["output"], context.core.vmap(gradient)(batch));
  }
  if (context.precision === "float64") checkHigher(record, inputs, at, context);
};

const checkGradients = (
  record: JsonRecord,
  inputs: Named,
  at: (moving: Named) => Tensor,
  context: Context,
): void => {
  const wanted = readNamed(record["gradients"], "gradients");
  const moving = pick(inputs, Object.keys(wanted));
  const gradients = context.core.grad(at)(moving);
  const [value, same] = context.core.valueAndGrad(at)(moving);
  expecting(record, context)("valueAndGrad's value", record["value"], value);
  for (const [name, flat] of Object.entries(wanted)) {
    const what = `gradients.${name}`;
    compare(what, flat, entryOf(gradients, name, "grad's result"), context, 1e-10, record);
    compare(`valueAndGrad's ${what}`, flat, entryOf(same, name, "valueAndGrad's"), context, 1e-10, record);
  }
};

/** Second and third derivatives; float32 has too few digits for them. */
const checkHigher = (
  record: JsonRecord,
  inputs: Named,
  at: (moving: Named) => Tensor,
  context: Context,
): void => {
  const { grad, hessian } = context.core;
  if ("hessian" in record) {
    const { of, record: part } = partOf(record, "hessian", ["of", "output"]);
    const result = hessian((x: Tensor) => at({ [of]: x }))(inputOf(inputs, of));
    compare("hessian", readTensor(part["output"], "hessian"), result, context, 1e-8, record);
  }
  if ("third" in record) {
    const { of, record: part } = partOf(record, "third", ["of", "output"]);
    const result = grad(grad(grad((x: Tensor) => at({ [of]: x }))))(inputOf(inputs, of));
    compare("third", readTensor(part["output"], "third"), result, context, 1e-8, record);
  }
};

const expecting =
  (record: JsonRecord, context: Context) =>
  (what: string, json: JsonRecord[string] | undefined, actual: unknown): void => {
    compare(what, readTensor(json, what), actual, context, 1e-10, record);
  };

const compare = (
  what: string,
  expected: Flat,
  actual: unknown,
  { library, precision }: Context,
  tolerance: number,
  record: JsonRecord,
): void => {
  const closeness = toleranceOf(record, precision, { float64: tolerance, float32: 1e-4 });
  expectClose(what, flatIn(expected, precision), fromTensor(library, actual, what), closeness);
};

const tensorsOf = (json: JsonRecord[string] | undefined, what: string, context: Context): Named =>
  mapRecord(readNamed(json, what), (flat) => toTensor(context.library, flatIn(flat, context.precision)));

const partOf = (
  record: JsonRecord,
  name: string,
  known: readonly string[],
): { readonly of: string; readonly record: JsonRecord } => {
  const part = asRecord(record[name], name);
  checkFields(part, known);
  return { of: asString(part["of"], `${name}.of`), record: part };
};

const inputOf = (inputs: Named, name: string): Tensor => {
  const input = inputs[name];
  if (input === undefined) throw new Mismatch(`no input ${name}`);
  return input;
};

const pick = (inputs: Named, names: readonly string[]): Named =>
  Object.fromEntries(names.map((name) => [name, inputOf(inputs, name)]));
