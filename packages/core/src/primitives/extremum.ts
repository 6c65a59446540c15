/** The larger and the smaller of two: ties share the gradient evenly, NaN wins. */

import type { Binary } from "../types/elementwise.js";
import type { Numeric } from "../types/tensor.js";
import { numeric, type Domain } from "../program/samples.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import { equal, greater, less } from "./comparison.js";
import { fill } from "./define.js";
import { elementwiseBinary } from "./elementwise.js";
import { numericDTypes } from "./elementwise-rules.js";
import { choose } from "./select.js";

// Apart, so that no difference meets a tie; the whole numbers of all dtypes, on both sides.
const domains: readonly Domain[] = [
  { min: -4, max: -0.5 },
  { min: 0, max: 4, points: [NaN, Infinity] },
];
const elsewhere: readonly (readonly Domain[])[] = [
  [
    { min: 0, max: 4, points: [NaN] },
    { min: -4, max: -0.5 },
  ],
  [
    { min: 2.5, max: 4 },
    { min: 0, max: 2 },
  ],
  [
    { min: 0, max: 2 },
    { min: 2.5, max: 4 },
  ],
];

/** 1 where a wins, ½ where they tie, else 0. */
const share = (wins: unknown, ties: unknown, like: Value): Value =>
  choose(
    asTensor("maximum", wins),
    fill(1, like),
    choose(asTensor("maximum", ties), fill(0.5, like), fill(0, like)),
  );

/**
 * The larger of a and b; NaN if either is. ∂/∂a is 1 where a > b, ½ where a = b, else 0.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @see `max`, over axes.
 * @example
 * ```ts
 * import { maximum, tensor, toArray } from "@cotangent/core";
 *
 * toArray(maximum(tensor([-1, 2]), 0)); // [0, 2]
 * ```
 */
export const maximum: Binary<"maximum", Numeric> = /* @__PURE__ */ elementwiseBinary({
  name: "maximum",
  kernel: Math.max,
  lower: (emit, a, b) => emit.max(a, b),
  accepts: numericDTypes,
  derivatives: [
    (a, b) => share(greater(a, b), equal(a, b), a),
    (a, b) => share(greater(b, a), equal(a, b), b),
  ],
  samples: domains,
  elsewhere,
  dtypes: numeric,
});

/**
 * The smaller of a and b; NaN if either is. ∂/∂a is 1 where a < b, ½ where a = b, else 0.
 *
 * In: one numeric dtype, shapes that broadcast; out: that dtype, the broadcast shape.
 *
 * @throws TensorError when shapes do not broadcast, dtypes differ, or they are bool.
 * @see `min`, over axes.
 * @example
 * ```ts
 * import { minimum, tensor, toArray } from "@cotangent/core";
 *
 * toArray(minimum(tensor([-1, 2]), 0)); // [-1, 0]
 * ```
 */
export const minimum: Binary<"minimum", Numeric> = /* @__PURE__ */ elementwiseBinary({
  name: "minimum",
  kernel: Math.min,
  lower: (emit, a, b) => emit.min(a, b),
  accepts: numericDTypes,
  derivatives: [(a, b) => share(less(a, b), equal(a, b), a), (a, b) => share(less(b, a), equal(a, b), b)],
  samples: domains,
  elsewhere,
  dtypes: numeric,
});
