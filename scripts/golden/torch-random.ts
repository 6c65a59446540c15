/** torch-random.json and torch-init.json: calls one after another, each from the generator that the last one left. */

import { Mismatch, expectClose, type Closeness } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import {
  BadCase,
  asList,
  asNumber,
  asRecord,
  asString,
  checkFields,
  isList,
  isRecord,
  withNumbers,
  type Json,
  type JsonRecord,
} from "./json.js";
import { atPath } from "./layers.js";
import { isTensorJson, readTensor } from "./tensor-json.js";
import { drawCall, generatorOf, isDraw, type Generator } from "./torch-generator.js";
import { initCall } from "./torch-init.js";
import { entryOf, fromTensor, isTree } from "./values.js";

export const runTorchRandom: RunCase = (record, context) => {
  checkFields(record, [...sharedFields, "seed", "calls"]);
  asList(record["calls"], "calls").reduce<Generator>(
    (generator, json, i) => runCall(asRecord(json, "call"), i, generator, context),
    generatorOf(asNumber(record["seed"], "seed"), context),
  );
};

const runCall = (call: JsonRecord, i: number, generator: Generator, context: Context): Generator => {
  checkFields(call, ["op", "args", "tolerance", "result", "resultDefault"]);
  const op = asString(call["op"], "op");
  const args = asRecord(withNumbers(call["args"] ?? {}), "args");
  const make = isDraw(op) ? drawCall : initCall;
  const [value, next] = make(generator, op, args, context);
  const tolerance = asNumber(call["tolerance"], "tolerance");
  expectResult(`${op} (call ${String(i)})`, call["result"] ?? null, value, { tolerance }, context);
  return next;
};

/** Tensors, trees of tensors by `state_dict` names, and nested lists of indices. */
const expectResult = (
  what: string,
  expected: Json,
  actual: unknown,
  closeness: Closeness,
  context: Context,
): void => {
  if (isTensorJson(expected)) {
    expectClose(what, readTensor(expected, what), fromTensor(context.library, actual, what), closeness);
  } else if (isRecord(expected)) {
    for (const [path, json] of Object.entries(expected)) {
      const flatKey = isTree(actual) && path in actual;
      const part = flatKey ? entryOf(actual, path, what) : atPath(actual, path, what);
      expectResult(`${what}.${path}`, json, part, closeness, context);
    }
  } else if (isList(expected)) {
    const list: readonly unknown[] = Array.isArray(actual) ? actual : [];
    if (list.length !== expected.length)
      throw new Mismatch(`${what}: expected ${show(expected)}, got ${show(actual)}`);
    expected.forEach((json, i) => {
      expectResult(`${what}[${String(i)}]`, json, list[i], closeness, context);
    });
  } else if (typeof expected === "number" || typeof expected === "string") {
    if (expected !== actual) throw new Mismatch(`${what}: expected ${show(expected)}, got ${show(actual)}`);
  } else throw new BadCase(`${what}: a result of an unknown kind`);
};

const show = (value: unknown): string => JSON.stringify(value).slice(0, 80);
