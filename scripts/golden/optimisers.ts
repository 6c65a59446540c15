/** Optimisers, transformations and schedules made from `[name, options]`, options that hold others included. */

import { optionNames } from "./api.js";
import { Mismatch } from "./compare.js";
import type { Context } from "./context.js";
import {
  BadCase,
  asRecord,
  asString,
  isList,
  isRecord,
  mapRecord,
  type Json,
  type JsonRecord,
} from "./json.js";
import { functionOf, type Callable } from "./names.js";
import { asTuple, entryOf, fromNumber } from "./values.js";

export interface Optimiser {
  readonly init: (params: unknown) => unknown;
  readonly update: (
    grads: unknown,
    state: unknown,
    params: unknown,
    extra?: unknown,
  ) => readonly [unknown, unknown];
}

export const optimiserOf = (name: string, options: JsonRecord, context: Context): Optimiser => {
  const make = functionOf(context.library, "@cotangent/optim", name);
  const decoded = decodeOptions(options, context);
  // `chain` takes the transformations themselves, every other one its options.
  const { of } = decoded;
  const made = name === "chain" && Array.isArray(of) ? make(...(of as readonly unknown[])) : make(decoded);
  const [init, update] = ["init", "update"].map((method) => methodOf(made, method, name));
  if (init === undefined || update === undefined) throw new BadCase(name);
  return {
    init,
    update: (...args) => {
      const [updates, state] = asTuple(update(...args), 2, `${name}'s update`);
      return [updates, state];
    },
  };
};

/** The value of a schedule at a step. */
export type Schedule = (step: number) => number;

export const scheduleOf = (name: string, options: JsonRecord, context: Context): Schedule => {
  const schedule = callable(scheduleFunction(name, options, context), name);
  return (step) => fromNumber(context.library, schedule(step), `step ${String(step)}`);
};

const scheduleFunction = (name: string, options: JsonRecord, context: Context): unknown =>
  functionOf(context.library, "@cotangent/optim/schedules", name)(decodeOptions(options, context));

const scheduleOptions = ["learningRate", "schedule", "schedules"];
/** Options whose keys are of parameter trees, labels or steps, not names of options. */
const trees = ["mask", "labels", "transforms", "boundariesAndScales"];

const decodeOptions = (options: JsonRecord, context: Context): { readonly [name: string]: unknown } => {
  const unknown = Object.keys(options).filter((name) => !optionNames.includes(name));
  if (unknown.length > 0) throw new BadCase(`unknown option ${unknown.join(", ")}`);
  return mapRecord(options, (value, name) => {
    const nested = scheduleOptions.includes(name) ? scheduleFunction : optimiserOf;
    return decode(value, trees.includes(name), (inner, given) => nested(inner, given, context), context);
  });
};

type MakeNested = (name: string, options: JsonRecord) => unknown;

const decode = (json: Json, isTree: boolean, nested: MakeNested, context: Context): unknown => {
  if (isNested(json)) return nested(asString(json[0], "name"), asRecord(json[1], "options"));
  if (isList(json)) return json.map((element) => decode(element, false, nested, context));
  if (isRecord(json) && isTree) return mapRecord(json, (value) => decode(value, false, nested, context));
  return isRecord(json) ? decodeOptions(json, context) : json;
};

const isNested = (json: Json): json is readonly Json[] =>
  isList(json) && json.length === 2 && typeof json[0] === "string" && isRecord(json[1]);

const methodOf = (made: unknown, method: string, name: string): Callable =>
  callable(entryOf(made, method, name), `${name}.${method}`);

const callable = (value: unknown, what: string): Callable => {
  if (typeof value !== "function") throw new Mismatch(`${what} is not a function`);
  return value as Callable;
};

export const applyUpdates = ({ library }: Context, params: unknown, updates: unknown): unknown =>
  functionOf(library, "@cotangent/optim", "applyUpdates")(params, updates);
