/** How the parameters of random-jax.json become a call of a sampler. */

import { BadCase, asNumber, asString, isList, type Json, type JsonRecord } from "./json.js";
import type { Context } from "./context.js";
import type { Callable } from "./names.js";
import type { Tensor } from "./signatures.js";
import { isDType, type DType } from "./tensor-json.js";

/** Makes tensors of parameters. */
interface Sampled {
  readonly params: JsonRecord;
  /** A parameter as a tensor of a dtype: float32 where nothing else is said. */
  readonly tensor: (name: string, dtype: DType) => unknown;
  /** As `tensor`, but a single number stays a number. */
  readonly operand: (name: string, dtype: DType) => unknown;
  /** The array that is shuffled or drawn from: `n` means 0 … n - 1, `x` an array. */
  readonly population: () => unknown;
  /** The options that are given. */
  readonly options: (...names: readonly string[]) => readonly JsonRecord[];
  /** The dtype of the case. */
  readonly dtype: DType;
}

interface Sampler {
  readonly params: readonly string[];
  readonly call: (f: Callable, key: Tensor, given: Sampled) => unknown;
}

const shaped = (...options: readonly string[]): Sampler => ({
  params: ["shape", ...options],
  call: (f, key, given) => f(key, given.params["shape"], ...given.options(...options)),
});

const samplers: { readonly [name: string]: Sampler } = {
  bits: shaped(),
  uniform: shaped("minval", "maxval", "dtype"),
  normal: shaped("dtype"),
  gumbel: shaped("dtype"),
  exponential: shaped("dtype"),
  laplace: shaped("dtype"),
  truncatedNormal: {
    params: ["lower", "upper", "shape", "dtype"],
    call: (f, key, { params, options }) =>
      f(key, params["lower"], params["upper"], params["shape"], ...options("dtype")),
  },
  bernoulli: {
    params: ["p", "shape"],
    call: (f, key, { params, operand }) =>
      f(key, "p" in params ? operand("p", "float32") : 0.5, params["shape"]),
  },
  randint: {
    params: ["shape", "minval", "maxval", "dtype"],
    call: (f, key, { params, options }) =>
      f(key, params["shape"], params["minval"], params["maxval"], ...options("dtype")),
  },
  permutation: {
    params: ["n", "x", "axis", "independent"],
    call: (f, key, { population, options }) => f(key, population(), ...options("axis", "independent")),
  },
  choice: {
    params: ["n", "x", "shape", "replace", "p", "axis"],
    call: (f, key, { params, population, options, tensor }) => {
      const named = options("replace", "axis")[0] ?? {};
      const all = "p" in params ? { ...named, p: tensor("p", "float32") } : named;
      return f(key, population(), params["shape"], ...(Object.keys(all).length === 0 ? [] : [all]));
    },
  },
  categorical: {
    params: ["logits", "dtype", "shape", "axis"],
    call: (f, key, { tensor, options, dtype }) =>
      f(key, tensor("logits", dtype), ...options("shape", "axis")),
  },
  gamma: {
    params: ["a", "shape", "dtype"],
    call: (f, key, { params, operand, options, dtype }) =>
      f(key, operand("a", dtype), params["shape"], ...options("dtype")),
  },
  beta: {
    params: ["a", "b", "shape", "dtype"],
    call: (f, key, { params, operand, options, dtype }) =>
      f(key, operand("a", dtype), operand("b", dtype), params["shape"], ...options("dtype")),
  },
  dirichlet: {
    params: ["alpha", "shape", "dtype"],
    call: (f, key, { params, tensor, options, dtype }) =>
      f(key, tensor("alpha", dtype), params["shape"], ...options("dtype")),
  },
  poisson: {
    params: ["lam", "shape"],
    call: (f, key, { params, operand }) => f(key, operand("lam", "float32"), params["shape"]),
  },
  multivariateNormal: {
    params: ["mean", "cov", "shape", "dtype"],
    call: (f, key, { params, tensor, options, dtype }) =>
      f(key, tensor("mean", dtype), tensor("cov", dtype), params["shape"], ...options("dtype")),
  },
  orthogonal: {
    params: ["n", "shape", "dtype"],
    call: (f, key, { params, options }) => f(key, params["n"], params["shape"], ...options("dtype")),
  },
};

export const sample = (
  f: Callable,
  name: string,
  key: Tensor,
  params: JsonRecord,
  context: Context,
): unknown => {
  const sampler = samplers[name];
  if (sampler === undefined) throw new BadCase(`unknown sampler ${name}`);
  const unknown = Object.keys(params).filter((param) => !sampler.params.includes(param));
  if (unknown.length > 0) throw new BadCase(`${name}: unknown parameter ${unknown.join(", ")}`);
  return sampler.call(f, key, sampledBy(params, context));
};

const sampledBy = (params: JsonRecord, { core }: Context): Sampled => {
  const dtype = params["dtype"];
  const tensor = (name: string, as: DType): Tensor => core.tensor(params[name], { dtype: as });
  return {
    params,
    tensor,
    operand: (name, as) => (isList(params[name]) ? tensor(name, as) : asNumber(params[name], name)),
    population: () =>
      "n" in params ? core.arange(asNumber(params["n"], "n"), { dtype: "int32" }) : tensor("x", "int32"),
    options: (...names) => {
      const given = names.filter((name) => name in params);
      return given.length === 0
        ? []
        : [Object.fromEntries(given.map((name) => [name, params[name] ?? null]))];
    },
    dtype: isDType(dtype) ? dtype : "float32",
  };
};

/** A seed is a decimal string: a number where that is exact, else a BigInt. */
export const seedOf = (json: Json | undefined): number | bigint => {
  const text = asString(json, "seed");
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};
