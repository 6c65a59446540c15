/** Choices by conditions, bounds and special values. */

import type { Closeness, NanToNum, Replacements, SafeChoice, Select, Tolerances } from "../types/choose.js";
import type { Clip } from "../types/elementwise.js";
import { tensorError } from "../errors/tensor-error.js";
import { convertTo } from "../primitives/convert.js";
import { broadcastPair, numericDTypes } from "../primitives/elementwise-rules.js";
import { isFloating } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { asTensor, asValue, checkDType, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { implement } from "./implement.js";
import {
  abs,
  add,
  bitwiseAnd,
  bitwiseOr,
  equal,
  isFinite,
  isNaN,
  lessEqual,
  maximum,
  minimum,
  mul,
  sub,
  where,
} from "./on-values.js";

/**
 * `condition ? f(x) : otherwise`, element by element, where `f` never sees the elements for which the condition does not
 * hold: in their place it gets `at`, 1 by default. `otherwise` is 0 by default.
 *
 * With `where(greater(x, 0), log(x), 0)` the derivative of log at 0, which is infinite, meets the 0 of the branch not
 * taken, and the gradient is NaN. Here both branches stay finite, forward and backward, to every order; `at` must be a
 * point at which `f` and its derivatives are: for `asin` or `atanh`, say `{ at: 0 }`.
 *
 * @throws TensorError when the condition is not bool, or shapes or dtypes do not fit.
 * @example
 * ```ts
 * import { grad, greater, log, safeWhere, sum, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([0, 2]);
 * toArray(safeWhere(greater(x, 1), log, x, -1)); // [-1, 0.693…]
 * toArray(grad((v) => sum(safeWhere(greater(v, 0), log, v)))(x)); // [0, 0.5]
 * ```
 */
export const safeWhere: SafeChoice = /* @__PURE__ */ implement(
  (
    condition: unknown,
    f: unknown,
    x: unknown,
    otherwise: unknown = 0,
    options?: { readonly at?: number },
  ): Value => {
    const { at = 1 } = optionsOf("safeWhere", options, ["at"]);
    if (typeof f !== "function") {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "safeWhere",
        problem: "the second argument must be a function of x",
        found: [["got", describe(f)]],
        fix: "write safeWhere(condition, log, x, otherwise)",
      });
    }
    const test = conditionOf("safeWhere", condition);
    const call = f as (x: Value) => unknown;
    const result = call(choose(test, asTensor("safeWhere", x), at));
    return choose(test, result, otherwise);
  },
);

const conditionOf = (operation: string, condition: unknown): Value => {
  const test = asTensor(operation, condition);
  checkDType(operation, test.dtype, ["bool"]);
  return test;
};

/** `where` checks what it is given. */
const choose = (condition: Value, a: unknown, b: unknown): Value => where(condition, a as Value, b as Value);

/**
 * For each place the choice whose condition holds there, the first if there are several, else `otherwise`, 0 by default.
 * All broadcast together.
 *
 * @throws TensorError when there is not one choice for each condition, a condition is not bool, or shapes or dtypes do not fit.
 * @see NumPy's `select`.
 * @example
 * ```ts
 * import { greater, less, select, tensor, toArray } from "@cotangent/core";
 *
 * const x = tensor([-2, 0, 2]);
 * toArray(select([less(x, 0), greater(x, 1)], [tensor(10), x], 5)); // [10, 5, 2]
 * ```
 */
export const select: Select = /* @__PURE__ */ implement(
  (conditions: readonly unknown[], choices: readonly unknown[], otherwise: unknown = 0): Value => {
    if (
      !Array.isArray(conditions) ||
      !Array.isArray(choices) ||
      conditions.length !== choices.length ||
      conditions.length === 0
    ) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "select",
        problem: "there must be one choice for each condition, and at least one",
        found: [
          ["conditions", describe(conditions)],
          ["choices", describe(choices)],
        ],
        fix: "write select([less(x, 0), greater(x, 1)], [a, b], otherwise)",
      });
    }
    const chosen = conditions.reduceRight(
      (rest: unknown, condition, index) => choose(conditionOf("select", condition), choices[index], rest),
      otherwise,
    );
    return asTensor("select", chosen);
  },
);

/** Two operands of one shape and one numeric dtype. */
const numbersOf = (operation: string, a: unknown, b: unknown): readonly [Value, Value] => {
  const pair = broadcastPair(operation, a, b);
  checkDType(operation, pair[0].dtype, numericDTypes);
  return pair;
};

interface Bounds {
  readonly min?: unknown;
  readonly max?: unknown;
}

/**
 * The elements kept between `min` and `max`, numbers or tensors, of which either may be left out:
 * minimum(maximum(x, min), max). The gradient is 0 outside of the bounds and half at a bound; NaN stays.
 *
 * @throws TensorError when shapes or dtypes do not fit.
 * @example
 * ```ts
 * import { clip, tensor, toArray } from "@cotangent/core";
 *
 * toArray(clip(tensor([-2, 0.5, 3]), { min: -1, max: 1 })); // [-1, 0.5, 1]
 * ```
 */
export const clip: Clip = /* @__PURE__ */ implement((x: unknown, options?: Bounds): Value => {
  const { min, max } = optionsOf("clip", options, ["min", "max"]);
  const raised = min === undefined ? asValue("clip", x) : maximum(...numbersOf("clip", x, min));
  return max === undefined ? raised : minimum(...numbersOf("clip", raised, max));
});

const largest = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE } as const;

/**
 * The elements with NaN, ∞ and -∞ replaced: by 0 and the largest and smallest finite numbers, or by what the options say.
 * The gradient of what was replaced is 0.
 *
 * @throws TensorError when the dtype is bool.
 * @example
 * ```ts
 * import { nanToNum, tensor, toArray } from "@cotangent/core";
 *
 * toArray(nanToNum(tensor([1, NaN, Infinity]), { posInf: 9 })); // [1, 0, 9]
 * ```
 */
export const nanToNum: NanToNum = /* @__PURE__ */ implement((x: unknown, options?: Replacements): Value => {
  const replacements = optionsOf("nanToNum", options, ["nan", "posInf", "negInf"]);
  const value = asTensor("nanToNum", x);
  checkDType("nanToNum", value.dtype, numericDTypes);
  const { dtype } = value;
  if (dtype !== "float32" && dtype !== "float64") return value;
  const { nan = 0, posInf = largest[dtype], negInf = -largest[dtype] } = replacements;
  return where(
    isNaN(value),
    nan,
    where(equal(value, Infinity), posInf, where(equal(value, -Infinity), negInf, value)),
  );
});

/**
 * Whether two numbers lie close together: |a - b| ≤ atol + rtol |b|, by default 1e-8 and 1e-5. Infinities of one sign are
 * close; NaN is close to nothing, unless `equalNan` says that it is to NaN. Integers are compared as float64.
 *
 * @throws TensorError when shapes or dtypes do not fit, or the dtype is bool.
 * @see NumPy's `isclose`.
 * @example
 * ```ts
 * import { isClose, tensor, toArray } from "@cotangent/core";
 *
 * toArray(isClose(tensor([1, 2]), tensor([1.000001, 2.1]))); // [true, false]
 * ```
 */
export const isClose: Closeness = /* @__PURE__ */ implement(
  (a: unknown, b: unknown, options?: Tolerances): Value => {
    const known = ["rtol", "atol", "equalNan"] as const;
    const { rtol = 1e-5, atol = 1e-8, equalNan = false } = optionsOf("isClose", options, known);
    const [left, right] = numbersOf("isClose", a, b);
    const [x, y] = isFloating(left.dtype)
      ? [left, right]
      : [convertTo(left, "float64"), convertTo(right, "float64")];
    const near = lessEqual(abs(sub(x, y)), add(atol, mul(rtol, abs(y))));
    // ∞ - ∞ is NaN, and everything lies within a tolerance of ∞.
    const close = bitwiseOr(equal(x, y), bitwiseAnd(near, isFinite(y)));
    return equalNan ? bitwiseOr(close, bitwiseAnd(isNaN(x), isNaN(y))) : close;
  },
);
