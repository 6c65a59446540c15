/** The one error of the library: its details as data, its message rendered from them. */

import type { ErrorDetails, ErrorKind } from "./error-details.js";
import { renderError } from "./render.js";

/**
 * The one error that the library throws, or gives as the left of an `Either`: what went wrong stands in `kind` and
 * `details` as data, and in `message` as text.
 *
 * @example
 * ```ts
 * import { add, attempt, type Tensor, tensor } from "@cotangent/core";
 *
 * const vector: Tensor = tensor([1, 2]);
 * const result = attempt(() => add(vector, tensor([1, 2, 3])));
 * result._tag === "Left" && result.left.kind; // "ShapeMismatch"
 * ```
 */
export class TensorError extends Error {
  override readonly name = "TensorError";

  constructor(
    readonly details: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(renderError(details), options);
  }

  get kind(): ErrorKind {
    return this.details.kind;
  }
}

/** Makes an error from its details. */
export const tensorError = (details: ErrorDetails, cause?: unknown): TensorError =>
  new TensorError(details, cause === undefined ? undefined : { cause });
