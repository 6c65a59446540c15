/** Layers made from PyTorch's arguments, and their parameters as trees by `state_dict` names. */

import type { Context } from "./context.js";
import { BadCase, type JsonRecord } from "./json.js";
import { Mismatch } from "./compare.js";
import { functionOf, type Callable } from "./names.js";
import { nnOptions, optionalArgument } from "./nn-options.js";
import { isTree } from "./values.js";

const convolution = ["inChannels", "outChannels", "kernelSize"];
const recurrent = ["inputSize", "hiddenSize"];

/** PyTorch's required arguments, which come by position. */
const required: { readonly [layer: string]: readonly string[] } = {
  linear: ["inFeatures", "outFeatures"],
  bilinear: ["in1Features", "in2Features", "outFeatures"],
  conv1d: convolution,
  conv2d: convolution,
  conv3d: convolution,
  convTranspose2d: convolution,
  maxPool2d: ["kernelSize"],
  avgPool2d: ["kernelSize"],
  adaptiveAvgPool2d: ["outputSize"],
  embedding: ["numEmbeddings", "embeddingDim"],
  batchNorm: ["numFeatures"],
  instanceNorm: ["numFeatures"],
  layerNorm: ["normalizedShape"],
  rmsNorm: ["normalizedShape"],
  groupNorm: ["numGroups", "numChannels"],
  flatten: [],
  prelu: [],
  multiHeadAttention: ["embedDim", "numHeads"],
  rnn: recurrent,
  gru: recurrent,
  lstm: recurrent,
  transformerEncoderLayer: ["dModel", "numHeads"],
};

export const isLayer = (name: string): boolean => name in required;

export interface Layer {
  readonly apply: Callable;
}

/** `linear(3, 2, { bias: false })` */
export const layerOf = (
  name: string,
  options: JsonRecord,
  context: Context,
): Layer & { readonly made: unknown } => {
  const positions = required[name];
  if (positions === undefined) throw new BadCase(`unknown layer ${name}`);
  const decoded = nnOptions(options, context);
  const rest = Object.fromEntries(Object.entries(decoded).filter(([option]) => !positions.includes(option)));
  const make = functionOf(context.library, "@cotangent/nn", name);
  const made = make(...positions.map((option) => decoded[option]), ...optionalArgument(rest));
  const apply = isTree(made) ? made["apply"] : undefined;
  if (typeof apply !== "function") throw new Mismatch(`${name}(…) has no apply`);
  return { made, apply: apply as Callable };
};

export type Tree<T> = T | { readonly [key: string]: Tree<T> };

/** `{ "out_proj.weight": w }` → `{ out_proj: { weight: w } }` */
export const treeOf = <T>(named: { readonly [path: string]: T }): { readonly [key: string]: Tree<T> } => {
  const heads = [...new Set(Object.keys(named).map((path) => path.split(".")[0] ?? path))];
  return Object.fromEntries(
    heads.map((head): readonly [string, Tree<T>] => {
      const whole = named[head];
      if (whole !== undefined) return [head, whole];
      const below = Object.entries(named).filter(([path]) => path.startsWith(`${head}.`));
      return [
        head,
        treeOf(Object.fromEntries(below.map(([path, value]) => [path.slice(head.length + 1), value]))),
      ];
    }),
  );
};

/** What stands at a `state_dict` name in a tree. */
export const atPath = (tree: unknown, path: string, what: string): unknown =>
  path.split(".").reduce((node: unknown, key) => {
    if (!isTree(node) || !(key in node)) throw new Mismatch(`${what}: nothing at ${path}`);
    return node[key];
  }, tree);
