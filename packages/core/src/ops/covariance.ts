/** Covariances and correlations of variables. */

import type { Covariance, CovarianceOptions } from "../types/reduce.js";
import { tensorError } from "../errors/tensor-error.js";
import { contract } from "../primitives/contract.js";
import { floatingDTypes } from "../primitives/elementwise-rules.js";
import { reshape } from "../primitives/reshape.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import { showAval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { diagonalOf } from "./diagonal-of.js";
import { implement } from "./implement.js";
import { div, maximum, minimum, sqrt, sub } from "./on-values.js";

/** A matrix [variables, variables]. */
const covariances = (operation: string, x: Value, correction: number): Value => {
  checkDType(operation, x.dtype, floatingDTypes);
  if (x.shape.length !== 1 && x.shape.length !== 2) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation,
      problem:
        "the observations must be a matrix, with one row for each variable, or a vector of one variable",
      found: [["got", showAval(x)]],
      fix: "reshape it to [variables, observations]",
    });
  }
  const [variables = 1, observations = 0] = x.shape.length === 1 ? [1, ...x.shape] : x.shape;
  const rows = reshape(x, [variables, observations]);
  const means = div(reduceSum(rows, [1]), observations);
  const deviations = sub(rows, reshape(means, [variables, 1]));
  const products = contract(deviations, deviations, { contracted: [[1], [1]], batch: [[], []] });
  const divisor = observations - correction;
  return div(products, divisor > 0 ? divisor : NaN);
};

/** The one variable of a vector has no axes. */
const dropVector = (matrix: Value, x: Value): Value => (x.shape.length === 1 ? reshape(matrix, []) : matrix);

/**
 * The covariances of the rows of a matrix [variables, observations]: Σ (x - x̄)(y - ȳ) / (n - correction), a matrix
 * [variables, variables]. The correction is 1 by default. Of a vector, the variance.
 *
 * @throws TensorError when the dtype is not floating, or it is neither a matrix nor a vector.
 * @see NumPy's `cov`.
 * @example
 * ```ts
 * import { cov, tensor, toArray } from "@cotangent/core";
 *
 * toArray(cov(tensor([[1, 2, 3], [3, 2, 1]]))); // [[1, -1], [-1, 1]]
 * ```
 */
export const cov: Covariance<CovarianceOptions> = /* @__PURE__ */ implement(
  (x: unknown, options?: CovarianceOptions): Value => {
    const { correction = 1 } = optionsOf("cov", options, ["correction"]);
    const value = asTensor("cov", x);
    return dropVector(covariances("cov", value, correction), value);
  },
);

/**
 * The correlations of the rows of a matrix [variables, observations]: covariances divided by both standard deviations,
 * from -1 to 1. NaN for a variable that is constant. Of a vector, 1.
 *
 * @throws TensorError when the dtype is not floating, or it is neither a matrix nor a vector.
 * @see NumPy's `corrcoef`.
 * @example
 * ```ts
 * import { corrCoef, tensor, toArray } from "@cotangent/core";
 *
 * toArray(corrCoef(tensor([[1, 2, 3], [6, 4, 2]]))); // [[1, -1], [-1, 1]]
 * ```
 */
export const corrCoef: Covariance<Readonly<Record<string, never>>> = /* @__PURE__ */ implement(
  (x: unknown, options?: object): Value => {
    optionsOf("corrCoef", options, []);
    const value = asTensor("corrCoef", x);
    const matrix = covariances("corrCoef", value, 1);
    const deviations = sqrt(diagonalOf(matrix, 0, 1));
    const n = deviations.shape[0] ?? 0;
    const scaled = div(div(matrix, reshape(deviations, [n, 1])), deviations);
    return dropVector(maximum(minimum(scaled, 1), -1), value);
  },
);
