/** The fully connected layer. */

import { add, matmul, TensorError, transpose } from "@cotangent/core";
import type { Floating, Same, Shape, Tensor, Untyped } from "@cotangent/core";
import { split, uniform, type Key } from "@cotangent/core/random";
import type { Layer } from "../layer/layer.js";
import type { ShapeMap } from "../layer/shape-map.js";
import { asOptions, asReal, lengthsOf, showKeys, showShape, type Real } from "../given.js";

/** The parameters of `linear`, with PyTorch's names and shapes. */
export type LinearParams<
  I extends number,
  O extends number,
  B extends boolean,
  D extends Floating,
> = B extends true
  ? { readonly weight: Tensor<readonly [O, I], D>; readonly bias: Tensor<readonly [O], D> }
  : { readonly weight: Tensor<readonly [O, I], D> };

/** The last axis changes its length. */
export interface LinearMap<I extends number, O extends number> extends ShapeMap {
  readonly output: this["input"] extends readonly [...infer B extends Shape, infer W extends number]
    ? Same<W, I> extends true
      ? readonly [...B, O]
      : `linear: this layer takes ${I} features, not ${W}`
    : `linear: this layer takes ${I} features, not a scalar`;
}

/** The options of `linear`. */
export type LinearOptions<B, D> = {
  /** Whether a vector is added; true by default. */
  readonly bias?: B;
  /** Of the parameters; float32 by default. */
  readonly dtype?: D;
};

/**
 * The fully connected layer, `y = x Wᵀ + b`, over the last axis; the axes before it are batch axes.
 *
 * Parameters: `weight` [outFeatures, inFeatures], `bias` [outFeatures] (none with `{ bias: false }`), drawn uniformly from
 * ±1 / √inFeatures. In: [..., inFeatures], out: [..., outFeatures].
 *
 * @throws TensorError when a number of features is no whole number; `apply`, when the last axis has another length.
 * @see `torch.nn.Linear`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * const layer = nn.linear(2, 1);
 * toArray(layer.apply({ weight: tensor([[3, 4]]), bias: tensor([1]) }, tensor([1, 2]))); // [12]
 * ```
 */
export const linear = <
  I extends number,
  O extends number,
  B extends boolean = true,
  D extends Floating = "float32",
>(
  inFeatures: I,
  outFeatures: O,
  options: LinearOptions<B, D> = {},
): Layer<LinearParams<I, O, B, D>, I, O, LinearMap<I, O>, D> => {
  checkFeatures("inFeatures", inFeatures);
  checkFeatures("outFeatures", outFeatures);
  const known = asOptions<LinearOptions<boolean, Floating>>("linear", options, ["bias", "dtype"]);
  const { bias = true, dtype = "float32" } = known;
  return {
    kind: "pure",
    name: `linear(${inFeatures}, ${outFeatures}${bias ? "" : ", { bias: false }"})`,
    inputs: inFeatures,
    outputs: outFeatures,
    init: (key: Key): Untyped => begin(key, inFeatures, outFeatures, bias, dtype),
    apply: (params: unknown, x: unknown): Untyped => {
      const { weight, bias: offset } = asParams(params, bias);
      const product = matmul(asInput(x, inFeatures), transpose(weight));
      return offset === undefined ? product : add(product, offset);
    },
  };
};

/** The parameters, as `init` gave them or a checkpoint. */
const asParams = (params: unknown, hasBias: boolean): { readonly weight: Real; readonly bias?: Real } => {
  const expected = hasBias ? ["weight", "bias"] : ["weight"];
  const found = typeof params === "object" && params !== null ? Object.entries(params) : [];
  const { weight, bias } = Object.fromEntries<unknown>(found);
  if (found.length === expected.length && weight !== undefined && (bias !== undefined) === hasBias) {
    const checked = { weight: asReal("linear", "weight", weight) };
    return hasBias ? { ...checked, bias: asReal("linear", "bias", bias) } : checked;
  }
  throw new TensorError({
    kind: "TreeMismatch",
    operation: "linear",
    problem: "these are not the parameters of the layer",
    found: [
      ["expected", `{ ${expected.join(", ")} }`],
      ["got", typeof params === "object" && params !== null ? showKeys(params) : typeof params],
    ],
    fix: "give what init(key) gave",
  });
};

const begin = (
  key: Key,
  inFeatures: number,
  outFeatures: number,
  bias: boolean,
  dtype: Floating,
): unknown => {
  const bound = inFeatures === 0 ? 0 : 1 / Math.sqrt(inFeatures);
  const range = { minval: -bound, maxval: bound, dtype };
  const [ofWeight, ofBias] = split(key);
  const weight = uniform(ofWeight, [outFeatures, inFeatures], range);
  return bias ? { weight, bias: uniform(ofBias, [outFeatures], range) } : { weight };
};

const checkFeatures = (name: string, features: number): void => {
  if (Number.isSafeInteger(features) && features >= 0) return;
  throw new TensorError({
    kind: "InvalidArgument",
    operation: "linear",
    problem: `${name} must be a whole number, not negative`,
    found: [["got", String(features)]],
    fix: "write linear(inFeatures, outFeatures), as in linear(784, 256)",
  });
};

const asInput = (given: unknown, features: number): Real => {
  const x = asReal("linear", "the input", given);
  const shape = lengthsOf(x);
  const width = shape.at(-1);
  if (width === features) return x;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation: "linear",
    problem:
      width === undefined
        ? `this layer takes ${features} features, not a scalar`
        : `this layer takes ${features} features, not ${width}`,
    found: [
      ["expected", `[..., ${features}]`],
      ["got", showShape(shape)],
    ],
    fix:
      shape.length > 1 && shape.slice(1).reduce((a, b) => a * b, 1) === features
        ? "put nn.flatten() before it"
        : "let the last axis hold the features",
  });
};
