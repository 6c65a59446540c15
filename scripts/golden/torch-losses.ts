/** torch-losses.json: losses with all reductions and options, values and gradients. */

import { expectClose } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import { BadCase, asRecord, asString, checkFields, mapRecord, type JsonRecord } from "./json.js";
import { functionOf } from "./names.js";
import { nnOptions, optionalArgument } from "./nn-options.js";
import { toleranceOf } from "./own-tolerance.js";
import { flatIn } from "./precision.js";
import type { Tensor } from "./signatures.js";
import { readNamed, readTensor, type Flat } from "./tensor-json.js";
import { asTensor, asTuple, entryOf, fromTensor, toTensor } from "./values.js";

const fields = [...sharedFields, "loss", "byFormula", "options", "inputs", "value", "cotangent", "grads"];

export const runTorchLoss: RunCase = (record, context) => {
  checkFields(record, fields);
  const { library, precision } = context;
  const closeness = toleranceOf(record, precision, { float64: 1e-12, float32: 1e-5 });
  const name = asString(record["loss"], "loss");
  const options = optionalArgument(nnOptions(asRecord(record["options"], "options"), context));
  const f = functionOf(library, "@cotangent/nn", name);
  const make = (flat: Flat): Tensor => toTensor(library, flatIn(flat, precision));
  const inputs = mapRecord(readNamed(record["inputs"], "inputs"), make);
  const loss = (moving: { readonly [name: string]: Tensor }): Tensor =>
    asTensor(f(...Object.values({ ...inputs, ...moving }), ...options));

  const value = flatIn(readTensor(record["value"], "value"), precision);
  expectClose("value", value, fromTensor(library, loss({}), "value"), closeness);

  const grads = readNamed(record["grads"], "grads");
  const primals = Object.fromEntries(Object.keys(grads).map((input) => [input, inputOf(inputs, input)]));
  const [same, pullback] = context.core.vjp(loss, [primals]);
  expectClose("vjp's value", value, fromTensor(library, same, "vjp's value"), closeness);
  const cotangent = make(readTensor(record["cotangent"], "cotangent"));
  const [gradients] = asTuple(pullback(cotangent), 1, "pullback's result");
  const corrected = name === "ctc" ? throughLogSoftmax(record, context) : (gradient: Flat): Flat => gradient;
  for (const [input, expected] of Object.entries(grads)) {
    const what = `grads.${input}`;
    const actual = fromTensor(library, entryOf(gradients, input, "the gradients"), what);
    expectClose(what, corrected(flatIn(expected, precision)), corrected(actual), closeness);
  }
};

const inputOf = (inputs: { readonly [name: string]: Tensor }, name: string): Tensor => {
  const input = inputs[name];
  if (input === undefined) throw new BadCase(`no input ${name}`);
  return input;
};

/**
 * PyTorch's gradient of ctc is right only after a log-softmax: what comes out of that one is compared,
 * g - exp(lp) Σ g along the classes.
 */
const throughLogSoftmax = (record: JsonRecord, context: Context): ((gradient: Flat) => Flat) => {
  const inputs = readNamed(record["inputs"], "inputs");
  const lp = inputs["logProbabilities"];
  if (lp === undefined) throw new BadCase("ctc has no logProbabilities");
  const { data: logs } = flatIn(lp, context.precision);
  const classes = lp.shape.at(-1) ?? 1;
  return (gradient) => {
    const sums = gradient.data.map((_, i) => {
      const start = Math.floor(i / classes) * classes;
      return gradient.data.slice(start, start + classes).reduce((a, b) => a + b, 0);
    });
    return {
      ...gradient,
      data: gradient.data.map((g, i) => g - Math.exp(logs[i] ?? NaN) * (sums[i] ?? NaN)),
    };
  };
};
