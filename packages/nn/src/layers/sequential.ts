/** Layers one after another. */

import { TensorError, type Untyped } from "@cotangent/core";
import { checkWidths } from "../layer/check-widths.js";
import type { Chain, Common, Composed, First, Last } from "../layer/chain.js";
import { isLayer, type AnyLayer, type Kind, type Piece, type PlainFunction } from "../layer/layer.js";
import type { Layer, NoisyLayer, Params, State, StatefulLayer } from "../layer/layer.js";
import { applyPieces, initPieces } from "../layer/run-pieces.js";

type ParamsOf<L> = { readonly [K in keyof L]: Params<L[K]> };
type StatesOf<L> = { readonly [K in keyof L]: State<L[K]> };
type KindOf<L> = L extends { readonly kind: infer K } ? K : "pure";

/** The model: of the strongest kind of its parts. */
export type SequentialLayer<L extends readonly unknown[]> =
  "stateful" extends KindOf<L[number]>
    ? StatefulLayer<ParamsOf<L>, StatesOf<L>, First<L>, Last<L>, Composed<L>, Common<L>>
    : "noisy" extends KindOf<L[number]>
      ? NoisyLayer<ParamsOf<L>, First<L>, Last<L>, Composed<L>, Common<L>>
      : Layer<ParamsOf<L>, First<L>, Last<L>, Composed<L>, Common<L>>;

/** The type of `sequential`. */
export type Sequential = <const L extends readonly (AnyLayer | PlainFunction)[]>(
  ...layers: L extends Chain<L> ? L : Chain<L>
) => SequentialLayer<L>;

/**
 * Layers one after another: `apply` is the composition, the first one applied first.
 *
 *     sequential(f₁, …, fₙ)(x) = fₙ(… f₁(x))
 *
 * The parameters are a tuple, one entry a layer, `{}` where a plain function stands: so a parameter's path joined by dots
 * is PyTorch's name (`0.weight`, `2.weight`). The model is of the strongest kind of its parts: with a layer that draws
 * noise `apply` takes `{ mode, key }`, with one that has a state it takes `{ state, mode }` and gives `[y, state]`.
 *
 * @throws TensorError when the features that a layer gives are not those that the next one takes.
 * @see `torch.nn.Sequential`.
 * @example
 * ```ts
 * import { ones, shapeOf } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 * import * as nn from "@cotangent/nn";
 *
 * const model = nn.sequential(nn.linear(784, 256), nn.relu, nn.linear(256, 10));
 * const params = model.init(random.key(0));
 * shapeOf(model.apply(params, ones([100, 784]))); // [100, 10]
 * ```
 */
export const sequential: Sequential = (...layers: readonly unknown[]): Untyped =>
  compose(layers.map(checkPiece));

const compose = (pieces: readonly Piece[]): AnyLayer => {
  const [first] = pieces;
  const kind = strongest(pieces.map(kindOf));
  return {
    kind,
    name: "sequential",
    inputs: first === undefined || !isLayer(first) ? undefined : first.inputs,
    outputs: checkWidths(pieces),
    parts: pieces.map((layer, index) => ({ key: String(index), layer })),
    init: initPieces(pieces, kind),
    apply: applyPieces(pieces, kind),
  };
};

const kindOf = (piece: Piece): Kind => (isLayer(piece) ? piece.kind : "pure");

const strongest = (kinds: readonly Kind[]): Kind =>
  kinds.includes("stateful") ? "stateful" : kinds.includes("noisy") ? "noisy" : "pure";

const checkPiece = (piece: unknown, index: number): Piece => {
  const isPiece =
    typeof piece === "function" ||
    (typeof piece === "object" && piece !== null && "kind" in piece && "init" in piece && "apply" in piece);
  if (isPiece) return piece as Piece; // as far as can be seen before it is applied
  throw new TensorError({
    kind: "InvalidArgument",
    operation: "sequential",
    problem: "every argument must be a layer, or a function of a tensor",
    found: [["got", Array.isArray(piece) ? "an array" : piece === null ? "null" : typeof piece]],
    path: `layers[${index}]`,
    fix: Array.isArray(piece)
      ? "spread it: sequential(...layers)"
      : "write nn.linear(784, 10), nn.relu, (x) => …",
  });
};
