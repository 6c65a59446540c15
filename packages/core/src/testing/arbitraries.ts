/** Arbitrary shapes, dtypes, tensors and trees for property tests with fast-check. */

import { element } from "./arbitraries/element.js";
import { programs } from "./arbitraries/programs.js";
import { axes, axis, broadcastable, dtype, permutation, shape, slices } from "./arbitraries/shape.js";
import { broadcastableTensors, tensor } from "./arbitraries/tensor.js";
import { tree } from "./arbitraries/tree.js";

/**
 * Generators for fast-check, which shrink: `shape`, `broadcastable` (shapes), `axis`, `axes`, `permutation`, `slices`,
 * `dtype`, `element`, `tensor`, `broadcastableTensors`, `tree`, `programs`.
 *
 * @see `hypothesis.extra.numpy`.
 * @example
 * ```ts
 * import * as fc from "fast-check";
 * import { add } from "@cotangent/core";
 * import { allClose, arbitraries } from "@cotangent/core/testing";
 *
 * fc.assert(fc.property(arbitraries.broadcastableTensors(2), ([a, b]) => a === undefined || b === undefined || allClose(add(a, b), add(b, a))));
 * ```
 */
export const arbitraries = {
  shape,
  broadcastable,
  axis,
  axes,
  permutation,
  slices,
  dtype,
  element,
  tensor,
  broadcastableTensors,
  tree,
  programs,
} as const;
