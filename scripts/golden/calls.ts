/** How the inputs and parameters of ops/ become a call: which parameters go by position, which are options. */

import { apiNames, type EntryPoint } from "./api.js";
import { BadCase, isList, isRecord, type Json, type JsonRecord } from "./json.js";
import type { Callable } from "./names.js";
import type { Tensor } from "./signatures.js";

/** Makes the call. `decode` makes tensors of those among the parameters. */
export type Call = (
  f: Callable,
  inputs: readonly Tensor[],
  params: JsonRecord,
  decode: (json: Json) => unknown,
) => unknown;

interface Known {
  readonly params: readonly string[];
  readonly call: Call;
}

const given = (params: JsonRecord, names: readonly string[]): readonly string[] =>
  names.filter((name) => name in params);

const optionsOf = (params: JsonRecord, names: readonly string[]): readonly JsonRecord[] => {
  const present = given(params, names);
  return present.length === 0
    ? []
    : [Object.fromEntries(present.map((name) => [name, params[name] ?? null]))];
};

/** f(...inputs, ...positions, { options }) */
const plain = (positions: readonly string[] = [], options: readonly string[] = []): Known => ({
  params: [...positions, ...options],
  call: (f, inputs, params) =>
    f(...inputs, ...given(params, positions).map((name) => params[name]), ...optionsOf(params, options)),
});

/** f([...inputs], { options }) */
const listed = (options: readonly string[] = []): Known => ({
  params: options,
  call: (f, inputs, params) => f(inputs, ...optionsOf(params, options)),
});

/** An `index`: its arrays become tensors. */
const indexOf = (json: Json | undefined, decode: (json: Json) => unknown): unknown =>
  isList(json)
    ? json.map((entry) =>
        isRecord(entry) && "array" in entry ? { ...entry, array: decode(entry["array"] ?? null) } : entry,
      )
    : json;

const indexed: Known = {
  params: ["index"],
  call: (f, [x, ...updates], params, decode) => f(x, indexOf(params["index"], decode), ...updates),
};

const reduction = plain([], ["axis", "keepDims"]);
const moments = plain([], ["axis", "keepDims", "correction"]);
const along = plain([], ["axis"]);
const asIs = plain();

const calls: { readonly [op: string]: Known } = {
  clip: plain([], ["min", "max"]),
  nanToNum: plain([], ["nan", "posInf", "negInf"]),
  isClose: plain([], ["rtol", "atol", "equalNaN"]),
  ...Object.fromEntries(
    "sum mean prod max min logSumExp argMax argMin all any median countNonZero nanSum nanMean nanMax nanMin"
      .split(" ")
      .map((op) => [op, reduction]),
  ),
  variance: moments,
  std: moments,
  quantile: plain(["q"], ["axis", "keepDims"]),
  cov: plain([], ["correction"]),
  cumSum: along,
  cumProd: along,
  cumMax: along,
  cumMin: along,
  cumLogSumExp: along,
  diff: plain([], ["n", "axis"]),

  reshape: plain(["shape"]),
  transpose: plain(["permutation"]),
  swapAxes: plain(["axis1", "axis2"]),
  moveAxis: plain(["source", "destination"]),
  expandDims: plain(["axis"]),
  squeeze: along,
  broadcastTo: plain(["shape"]),
  concatenate: listed(["axis"]),
  stack: listed(["axis"]),
  hStack: listed(),
  vStack: listed(),
  split: plain(["indicesOrSections"], ["axis"]),
  tile: plain(["reps"]),
  repeat: plain(["repeats"], ["axis"]),
  flip: along,
  roll: plain(["shift"], ["axis"]),
  rot90: plain([], ["k", "axes"]),
  pad: plain(["padWidth"], ["mode", "value"]),

  slice: plain(["starts", "stops", "steps"]),
  dynamicSlice: {
    params: ["sizes"],
    call: (f, [x, ...starts], params) => f(x, starts, params["sizes"]),
  },
  dynamicUpdateSlice: { params: [], call: (f, [x, update, ...starts]) => f(x, update, starts) },
  index: indexed,
  setAt: indexed,
  addAt: indexed,
  mulAt: indexed,
  maxAt: indexed,
  minAt: indexed,
  take: along,
  takeAlongAxis: along,
  oneHot: plain(["numClasses"], ["axis", "dtype"]),
  diag: plain([], ["offset"]),
  diagonal: plain([], ["offset", "axis1", "axis2"]),
  tril: plain([], ["k"]),
  triu: plain([], ["k"]),
  meshgrid: listed(["indexing"]),

  sort: plain([], ["axis", "descending"]),
  argSort: plain([], ["axis", "descending"]),
  topK: plain(["k"]),
  searchSorted: plain([], ["side"]),
  unique: plain([], ["returnIndex", "returnInverse", "returnCounts"]),
  histogram: plain([], ["bins", "range"]),
  binCount: {
    params: ["minLength"],
    call: (f, [x, weights], params) => {
      const options = {
        ...(weights === undefined ? {} : { weights }),
        ...optionsOf(params, ["minLength"])[0],
      };
      return Object.keys(options).length === 0 ? f(x) : f(x, options);
    },
  },
  segmentSum: plain([], ["numSegments"]),
  segmentMax: plain([], ["numSegments"]),

  tensorDot: plain([], ["axes"]),
  einsum: { params: ["equation"], call: (f, inputs, params) => f(params["equation"], ...inputs) },
  cross: along,
  convolve: plain([], ["mode"]),
  conv: plain([], ["strides", "padding", "dilation", "inputDilation", "groups"]),
  convTranspose: plain([], ["strides", "padding", "dilation", "transposeKernel"]),
  reduceWindow: plain([], ["reducer", "window", "strides", "padding", "dilation"]),

  norm: plain([], ["ord", "axis", "keepDims"]),
  triangularSolve: plain([], ["lower", "trans", "unitDiagonal"]),
  matrixPower: plain(["n"]),
  trace: plain([], ["offset", "axis1", "axis2"]),
  rfft: plain([], ["n", "axis"]),
  irfft: plain([], ["n", "axis"]),

  arange: plain(["start", "stop", "step"], ["dtype"]),
  linspace: plain(["start", "stop", "num"], ["endpoint", "dtype"]),
  eye: plain(["n"], ["m", "k", "dtype"]),
  full: plain(["shape", "value"], ["dtype"]),
  zeros: plain(["shape"], ["dtype"]),
  ones: plain(["shape"], ["dtype"]),
  convert: plain(["dtype"]),
  bitcast: plain(["dtype"]),
};

/** Operations that make a float32 unless they are told otherwise. */
export const makers: readonly string[] = ["arange", "linspace", "eye", "full", "zeros", "ones", "oneHot"];

export const callOf = (op: string, params: JsonRecord): Call => {
  const { params: known, call } = calls[op] ?? asIs;
  const unknown = Object.keys(params).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new BadCase(`${op}: unknown parameter ${unknown.join(", ")}`);
  return call;
};

/** The entry point that has an operation. */
export const entryOfOp = (op: string): EntryPoint => {
  const entry = (["@cotangent/core", "@cotangent/core/linalg", "@cotangent/core/fft"] as const).find((name) =>
    apiNames[name].includes(op),
  );
  if (entry === undefined) throw new BadCase(`unknown operation ${op}`);
  return entry;
};
