/** The fully connected layer. */

import { add, matmul, shapeOf, TensorError, transpose } from "@cotangent/core";
import type { AnyTensor, Floating, Same, Shape, Tensor, Untyped } from "@cotangent/core";
import { split, uniform, type Key } from "@cotangent/core/random";
import type { Layer } from "../layer/layer.js";
import type { ShapeMap } from "../layer/shape-map.js";
import { checkKnown } from "../options.js";

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
  checkKnown("linear", options, ["bias", "dtype"]);
  const { bias = true, dtype = "float32" } = options;
  return {
    kind: "pure",
    name: `linear(${inFeatures}, ${outFeatures}${bias ? "" : ", { bias: false }"})`,
    inputs: inFeatures,
    outputs: outFeatures,
    init: (key: Key): Untyped => begin(key, inFeatures, outFeatures, bias, dtype),
    apply: ({ weight, bias }: Given, x: AnyTensor): Untyped => {
      checkInput(x, inFeatures);
      const product = matmul(x, transpose(weight));
      return bias === undefined ? product : add(product, bias);
    },
  };
};

/** The parameters as `apply` takes them, whatever the options said. */
interface Given {
  readonly weight: AnyTensor;
  readonly bias?: AnyTensor;
}

const begin = (key: Key, inFeatures: number, outFeatures: number, bias: boolean, dtype: Floating): unknown => {
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

const checkInput = (x: AnyTensor, features: number): void => {
  const shape: Shape = shapeOf(x);
  const width = shape.at(-1);
  if (width === features) return;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation: "linear",
    problem:
      width === undefined
        ? `this layer takes ${features} features, not a scalar`
        : `this layer takes ${features} features, not ${width}`,
    found: [
      ["expected", `[..., ${features}]`],
      ["got", `[${shape.join(", ")}]`],
    ],
    fix:
      shape.length > 1 && shape.slice(1).reduce((a, b) => a * b, 1) === features
        ? "put nn.flatten() before it"
        : "let the last axis hold the features",
  });
};
