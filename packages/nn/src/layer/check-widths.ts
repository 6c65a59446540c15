/** Whether the features that each layer gives are those that the next one takes. */

import { TensorError } from "@cotangent/core";
import { isLayer, nameOf, type Piece } from "./layer.js";

/**
 * The features that come out of layers one after another, `undefined` where nobody says. The compiler sees more: it knows
 * that `relu` keeps the width; here a function may do anything.
 */
export const checkWidths = (pieces: readonly Piece[]): number | undefined =>
  pieces.reduce<number | undefined>((width, piece, index) => {
    if (!isLayer(piece)) return undefined;
    const { inputs, outputs } = piece;
    if (width === undefined || inputs === undefined || width === inputs) return outputs;
    throw new TensorError({
      kind: "ShapeMismatch",
      operation: "sequential",
      problem: `a layer takes ${inputs} features, the one before gives ${width}`,
      found: pieces
        .slice(index - 1, index + 1)
        .map((part, place) => [`layers[${index - 1 + place}]`, nameOf(part)] as const),
      fix: "give both one number of features",
    });
  }, undefined);
