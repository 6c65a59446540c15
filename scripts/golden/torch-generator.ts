/** The calls of PyTorch's generator: each gives its value and the generator after it. */

import { Mismatch } from "./compare.js";
import type { Context } from "./context.js";
import { BadCase, asString, isList, type JsonRecord } from "./json.js";
import { functionOf, MissingName } from "./names.js";
import { asTuple, isTree } from "./values.js";

/** The library's generator, opaque but for its methods. */
export interface Generator {
  readonly state: unknown;
}

export const generatorOf = (seed: number, { library }: Context): Generator => ({
  state: functionOf(library, "@cotangent/core/random", "torchGenerator")(seed),
});

export const invoke = (
  generator: Generator,
  op: string,
  ...args: readonly unknown[]
): readonly [unknown, Generator] => {
  const { state } = generator;
  const method = isTree(state) ? state[op] : undefined;
  if (method === undefined) throw new MissingName(`torchGenerator(…).${op}`);
  if (typeof method !== "function") throw new Mismatch(`torchGenerator(…).${op} is not a function`);
  const [value, next] = asTuple(Reflect.apply(method, state, args), 2, op);
  return [value, { state: next }];
};

interface Method {
  readonly positions: readonly string[];
  readonly options: readonly string[];
}

const methods: { readonly [op: string]: Method } = {
  bits: { positions: ["count"], options: [] },
  rand: { positions: ["shape"], options: ["dtype"] },
  randn: { positions: ["shape"], options: ["dtype"] },
  randint: { positions: ["low", "high", "shape"], options: [] },
  randperm: { positions: ["n"], options: [] },
  uniform: { positions: ["shape"], options: ["low", "high", "dtype"] },
  normal: { positions: ["shape"], options: ["mean", "std", "dtype"] },
  exponential: { positions: ["shape"], options: ["rate", "dtype"] },
  bernoulli: { positions: ["p", "shape"], options: ["dtype"] },
  multinomial: { positions: ["weights", "count"], options: ["replacement"] },
};

export const isDraw = (op: string): boolean => op in methods;

/** Makes one call of torch-random.json. */
export const drawCall = (
  generator: Generator,
  op: string,
  args: JsonRecord,
  context: Context,
): readonly [unknown, Generator] => {
  const method = methods[op];
  if (method === undefined) throw new BadCase(`unknown call ${op}`);
  const { positions, options } = method;
  const unknown = Object.keys(args).filter((name) => !positions.includes(name) && !options.includes(name));
  if (unknown.length > 0) throw new BadCase(`${op}: unknown argument ${unknown.join(", ")}`);
  // A list of probabilities or weights is a tensor; its dtype is then the call's.
  const isTensor = (name: string): boolean => ["p", "weights"].includes(name) && isList(args[name]);
  const dtype = "dtype" in args ? asString(args["dtype"], "dtype") : "float32";
  const position = (name: string): unknown =>
    isTensor(name) ? context.core.tensor(args[name], { dtype }) : args[name];
  const named = Object.fromEntries(
    options
      .filter((name) => name in args && !(name === "dtype" && isTensor("p")))
      .map((name) => [name, args[name]]),
  );
  const given = positions.filter((name) => name in args).map(position);
  return invoke(generator, op, ...given, ...(Object.keys(named).length === 0 ? [] : [named]));
};
