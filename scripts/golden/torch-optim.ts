/** torch-optim.json: optimisers, schedules, L-BFGS, clipping, with PyTorch's numbers. */

import {
  BadCase,
  asList,
  asNumbers,
  asRecord,
  asString,
  checkFields,
  withNumbers,
  type JsonRecord,
} from "./json.js";
import { expectClose, type Closeness } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import { functionOf } from "./names.js";
import { runLbfgs } from "./lbfgs.js";
import { applyUpdates, optimiserOf, scheduleOf } from "./optimisers.js";
import { toleranceOf } from "./own-tolerance.js";
import { plateauRates } from "./plateau.js";
import { flatIn, optionsIn } from "./precision.js";
import { readEvery, readTensor, vector, type Flat } from "./tensor-json.js";
import { asTuple, fromTensor, toTensor } from "./values.js";

const own: { readonly [kind: string]: readonly string[] } = {
  optimiser: ["optimiser", "byFormula", "params", "grads", "gradsOf", "paramsAfter", "paramsAfter1_13"],
  schedule: ["schedule", "torchOptions", "learningRates", "metrics", "momenta"],
  lbfgs: ["start", "lossBeforeStep", "points", "lossAtEnd", "evaluations", "tolerances"],
  clip: ["transform", "grads", "totalNorm", "clipped"],
};

export const runTorchOptim: RunCase = (record, context) => {
  const kind = asString(record["kind"], "kind");
  const known = own[kind];
  if (known === undefined) throw new BadCase(`unknown kind ${kind}`);
  checkFields(record, [...sharedFields, "kind", "torch", "options", ...known]);
  const closeness = toleranceOf(record, context.precision, { float64: 1e-12, float32: 1e-4 });
  const options = asRecord(optionsIn(withNumbers(record["options"] ?? {}), context.precision), "options");
  const run = { optimiser: checkOptimiser, schedule: checkSchedule, lbfgs: runLbfgs, clip: checkClip }[kind];
  run?.(record, options, context, closeness);
};

const checkOptimiser = (
  record: JsonRecord,
  options: JsonRecord,
  context: Context,
  closeness: Closeness,
): void => {
  const { init, update } = optimiserOf(asString(record["optimiser"], "optimiser"), options, context);
  const grads = asList(gradsOf(record, context), "grads");
  let params: unknown = tensorsOf(readEvery(record["params"], "params"), context);
  let state = init(params);
  asList(record["paramsAfter"], "paramsAfter").forEach((after, step) => {
    const gradients = tensorsOf(readEvery(grads[step], `grads[${String(step)}]`), context);
    const [updates, next] = update(gradients, state, params);
    [params, state] = [applyUpdates(context, params, updates), next];
    expectList(`paramsAfter[${String(step)}]`, readEvery(after, "paramsAfter"), params, context, closeness);
  });
};

/** The gradients stand in the first case that has them. */
const gradsOf = (record: JsonRecord, { file }: Context): JsonRecord[string] | undefined => {
  if ("grads" in record) return record["grads"];
  const cases = asList(file["cases"], "cases").map((other) => asRecord(other, "case"));
  return cases.find((other) => other["kind"] === "optimiser" && "grads" in other)?.["grads"];
};

const checkSchedule = (
  record: JsonRecord,
  options: JsonRecord,
  context: Context,
  closeness: Closeness,
): void => {
  const name = asString(record["schedule"], "schedule");
  const expected = vector(asNumbers(record["learningRates"], "learningRates"));
  if (name === "reduceOnPlateau") {
    const metrics = asNumbers(record["metrics"], "metrics").slice(0, expected.data.length - 1);
    const start = asNumbers([options["initValue"] ?? null], "initValue");
    expectClose(
      "learningRates",
      expected,
      vector([...start, ...plateauRates(options, metrics, context)]),
      closeness,
    );
    return;
  }
  const steps = expected.data.map((_, step) => step);
  expectClose("learningRates", expected, vector(steps.map(scheduleOf(name, options, context))), closeness);
};

const checkClip = (record: JsonRecord, options: JsonRecord, context: Context, closeness: Closeness): void => {
  const name = asString(record["transform"], "transform");
  const grads = tensorsOf(readEvery(record["grads"], "grads"), context);
  const { init, update } = optimiserOf(name, options, context);
  const [clipped] = update(grads, init(grads), grads);
  expectList("clipped", readEvery(record["clipped"], "clipped"), clipped, context, closeness);
  if (record["totalNorm"] === null || (options["normType"] ?? 2) !== 2) return;
  const norm = functionOf(context.library, "@cotangent/optim", "globalNorm")(grads);
  const expected = flatIn(readTensor(record["totalNorm"], "totalNorm"), context.precision);
  expectClose("totalNorm", expected, fromTensor(context.library, norm, "totalNorm"), closeness);
};

const tensorsOf = (flats: readonly Flat[], { library, precision }: Context): readonly unknown[] =>
  flats.map((flat) => toTensor(library, flatIn(flat, precision)));

const expectList = (
  what: string,
  expected: readonly Flat[],
  actual: unknown,
  { library, precision }: Context,
  closeness: Closeness,
): void => {
  asTuple(actual, expected.length, what).forEach((tensor, i) => {
    const label = `${what}[${String(i)}]`;
    const flat = expected[i];
    if (flat !== undefined)
      expectClose(label, flatIn(flat, precision), fromTensor(library, tensor, label), closeness);
  });
};
