/** random-jax.json: keys and samplers, bit for bit where `match` says so. */

import { Mismatch, expectClose, type Closeness } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import { expectThrow } from "./expect-throw.js";
import { BadCase, asNumber, asRecord, asString, checkFields, withNumbers, type JsonRecord } from "./json.js";
import { functionOf, type Callable } from "./names.js";
import { sample, seedOf } from "./random-calls.js";
import type { Tensor } from "./signatures.js";
import { readTensor, type Flat } from "./tensor-json.js";
import { asTensor, asTuple, fromTensor, toTensor } from "./values.js";

const fields = [
  ...sharedFields,
  "function",
  "match",
  "key",
  "seed",
  "params",
  "output",
  "outputWithX64",
  "unfused",
];
const integers = ["poisson", "categorical"];

export const runRandom: RunCase = (record, context) => {
  checkFields(record, fields);
  const name = asString(record["function"], "function");
  const params = asRecord(withNumbers(record["params"] ?? {}), "params");
  const call = (): unknown => drawn(name, record, params, context);
  const output = record["output"];
  if (typeof output === "string" && output.startsWith("error:")) {
    expectThrow(call);
    return;
  }
  const expected = readTensor(output, "output");
  const actual =
    name === "split" ? splitRows(call(), expected, context) : fromTensor(context.library, call(), "output");
  const closeness = closenessOf(name, asString(record["match"], "match"), expected);
  if ("unfused" in record && isSame(readTensor(record["unfused"], "unfused"), actual, closeness)) return;
  expectClose("output", expected, actual, closeness);
};

const drawn = (name: string, record: JsonRecord, params: JsonRecord, context: Context): unknown => {
  const f = functionOf(context.library, "@cotangent/core/random", name);
  if (name === "key") {
    checkFields(params, ["seed"]);
    return f(seedOf(params["seed"]));
  }
  const key = toTensor(context.library, readTensor(record["key"], "key"));
  switch (name) {
    case "split":
      checkFields(params, ["n"]);
      return "params" in record ? f(key, params["n"]) : [secondOfFour(f, key)];
    case "foldIn":
      checkFields(params, ["data"]);
      return f(key, asNumber(params["data"], "data"));
    default:
      return sample(f, name, key, params, context);
  }
};

/** k = split(k, 2)[1], four times. */
const secondOfFour = (split: Callable, key: Tensor): Tensor =>
  [1, 2, 3, 4].reduce((k) => asTensor(asTuple(split(k, 2), 2, "split's result")[1]), key);

/** The tuple of keys as the rows of one tensor; one key alone where one is expected. */
const splitRows = (result: unknown, expected: Flat, context: Context): Flat => {
  const count = expected.shape.length === 1 ? 1 : (expected.shape[0] ?? 0);
  const keys = asTuple(result, count, "split's result").map((key) =>
    fromTensor(context.library, key, "a key"),
  );
  const odd = keys.find(({ shape, dtype }) => shape.length !== 1 || shape[0] !== 2 || dtype !== "uint32");
  if (odd !== undefined) throw new Mismatch(`a key is ${odd.dtype}[${odd.shape.join(", ")}], not uint32[2]`);
  return { shape: expected.shape, dtype: "uint32", data: keys.flatMap(({ data }) => data) };
};

const closenessOf = (name: string, match: string, { dtype }: Flat): Closeness => {
  if (!["exact", "ulp", "close"].includes(match)) throw new BadCase(`unknown match ${match}`);
  if (match !== "close" || integers.includes(name)) return { tolerance: 0 };
  return dtype === "float64"
    ? { tolerance: 1e-10 }
    : { tolerance: 0, relative: { absolute: 1e-6, relative: 1e-5 } };
};

const isSame = (expected: Flat, actual: Flat, closeness: Closeness): boolean => {
  try {
    expectClose("output", expected, actual, closeness);
    return true;
  } catch (error) {
    if (error instanceof Mismatch) return false;
    throw error;
  }
};
