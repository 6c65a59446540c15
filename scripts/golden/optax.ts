/** optax.json: trajectories of optimisers, updates of transformations, schedules. */

import { expectClose, type Closeness } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import {
  BadCase,
  asNumbers,
  asRecord,
  asString,
  checkFields,
  mapRecord,
  show,
  withNumbers,
  type JsonRecord,
} from "./json.js";
import { functionOf } from "./names.js";
import { applyUpdates, optimiserOf, scheduleOf } from "./optimisers.js";
import { toleranceOf } from "./own-tolerance.js";
import { plateauRates } from "./plateau.js";
import { flatIn, optionsIn } from "./precision.js";
import type { Tensor } from "./signatures.js";
import { readNamed, readTensor, rowOf, vector, type Flat } from "./tensor-json.js";
import { entryOf, fromTensor, toTensor } from "./values.js";

const fields = [...sharedFields, "kind", "optimiser", "transform", "schedule", "mode", "options", "output"];

type Params = { readonly [leaf: string]: Tensor };
type Stacked = { readonly [leaf: string]: Flat };

export const runOptax: RunCase = (record, context) => {
  checkFields(record, fields);
  const closeness = toleranceOf(record, context.precision, { float64: 1e-9, float32: 1e-4 });
  const options = asRecord(optionsIn(withNumbers(record["options"] ?? {}), context.precision), "options");
  switch (record["kind"]) {
    case "optimiser":
      checkTrajectory(asString(record["optimiser"], "optimiser"), options, record, context, closeness);
      return;
    case "transform":
      checkUpdates(asString(record["transform"], "transform"), options, record, context, closeness);
      return;
    case "schedule":
      checkSchedule(asString(record["schedule"], "schedule"), options, record, context, closeness);
      return;
    default:
      throw new BadCase(`unknown kind ${show(record["kind"])}`);
  }
};

const checkSchedule = (
  name: string,
  { values, ...options }: JsonRecord,
  record: JsonRecord,
  context: Context,
  closeness: Closeness,
): void => {
  const expected = readTensor(record["output"], "output");
  const actual =
    name === "reduceOnPlateau"
      ? plateauRates(options, asNumbers(values, "values"), context)
      : expected.data.map((_, step) => step).map(scheduleOf(name, options, context));
  expectClose("output", expected, vector(actual), closeness);
};

const checkUpdates = (
  name: string,
  options: JsonRecord,
  record: JsonRecord,
  context: Context,
  closeness: Closeness,
): void => {
  const { gradients, params } = problemOf(context, name);
  const { init, update } = optimiserOf(name, options, context);
  const expected = readNamed(record["output"], "output");
  let state = init(params);
  for (const step of stepsOf(expected)) {
    const [updates, next] = update(treeAt(gradients, step, context), state, params);
    state = next;
    expectTree(`output, step ${String(step)}`, expected, step, updates, context, closeness);
  }
};

const checkTrajectory = (
  name: string,
  options: JsonRecord,
  record: JsonRecord,
  context: Context,
  closeness: Closeness,
): void => {
  const problem = problemOf(context, name);
  const optimiser = optimiserOf(name, options, context);
  const output = asRecord(record["output"], "output");
  checkFields(output, ["params", "loss", "fast", "slow", "evaluation"]);
  const { params: _params, loss: lossJson, ...trees } = output;
  const expected = mapRecord(
    { ...trees, ...("params" in output ? { params: _params ?? null } : {}) },
    (json) => readNamed(json, "output"),
  );
  const losses = lossJson === undefined ? undefined : readTensor(lossJson, "loss");
  const valueAndGrad = context.core.valueAndGrad((p: Params) => problem.loss(p));
  let params: unknown = problem.params;
  let state = optimiser.init(params);
  for (const step of stepsOf(expected["params"] ?? expected["fast"] ?? {})) {
    const real = record["mode"] === "real";
    if (!real && record["mode"] !== "fixed") throw new BadCase(`unknown mode ${show(record["mode"])}`);
    const [value, grads] = real
      ? valueAndGrad(params as Params)
      : [undefined, treeAt(problem.gradients, step, context)];
    const extra = real ? [{ value, valueAndGrad }] : [];
    const [updates, next] = optimiser.update(grads, state, params, ...extra);
    [params, state] = [applyUpdates(context, params, updates), next];
    for (const [part, stacked] of Object.entries(expected)) {
      const what = `${part}, step ${String(step)}`;
      expectTree(what, stacked, step, partOf(part, params, state, context), context, closeness);
    }
    if (losses !== undefined) {
      const what = `loss, step ${String(step)}`;
      const loss = fromTensor(context.library, problem.loss(params as Params), what);
      expectClose(what, flatIn(rowOf(losses, step), context.precision), loss, closeness);
    }
  }
};

/** Where each part of a trajectory is: the parameters, what `lookahead` keeps, what `scheduleFree` evaluates at. */
const partOf = (part: string, params: unknown, state: unknown, { library }: Context): unknown => {
  switch (part) {
    case "params":
    case "fast":
      return params;
    case "slow":
      return entryOf(state, "slow", "the state");
    case "evaluation":
      return functionOf(library, "@cotangent/optim", "evaluationParams")(state, params);
    default:
      throw new BadCase(`unknown part ${part}`);
  }
};

const expectTree = (
  what: string,
  expected: Stacked,
  step: number,
  actual: unknown,
  context: Context,
  closeness: Closeness,
): void => {
  for (const [leaf, stack] of Object.entries(expected)) {
    const tensor = fromTensor(context.library, entryOf(actual, leaf, what), `${what}: ${leaf}`);
    expectClose(`${what}: ${leaf}`, flatIn(rowOf(stack, step), context.precision), tensor, closeness);
  }
};

interface Problem {
  readonly params: Params;
  readonly gradients: Stacked;
  readonly loss: (params: Params) => Tensor;
}

const problemOf = (context: Context, name: string): Problem => {
  const problem = asRecord(context.file["problem"], "problem");
  checkFields(problem, ["params", "gradients", "badGradients", "X", "y"]);
  const make = (flat: Flat): Tensor => toTensor(context.library, flatIn(flat, context.precision));
  const [X, y] = [readTensor(problem["X"], "X"), readTensor(problem["y"], "y")];
  return {
    params: mapRecord(readNamed(problem["params"], "params"), make),
    gradients: readNamed(problem[name === "skipNonFinite" ? "badGradients" : "gradients"], "gradients"),
    loss: ({ w, b }) => {
      if (w === undefined || b === undefined) throw new BadCase("the problem's parameters are w and b");
      // mean((X w + b - y)²) + 0.1 sum(w⁴)
      const { add, matmul, mean, mul, square, sub, sum } = context.core;
      const residual = sub(add(matmul(make(X), w), b), make(y));
      return add(mean(square(residual)), mul(0.1, sum(square(square(w)))));
    },
  };
};

const treeAt = (stacked: Stacked, step: number, context: Context): Params =>
  mapRecord(stacked, (stack) => toTensor(context.library, flatIn(rowOf(stack, step), context.precision)));

const stepsOf = (stacked: Stacked): readonly number[] => {
  const [first] = Object.values(stacked);
  return Array.from({ length: first?.shape[0] ?? 0 }, (_, step) => step);
};
