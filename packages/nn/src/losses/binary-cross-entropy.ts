/** The binary cross entropy of probabilities. */

import {
  add,
  attempt,
  div,
  greaterEqual,
  log,
  log1p,
  maximum,
  mul,
  neg,
  square,
  stopGradient,
} from "@cotangent/core";
import { sub, TensorError, toTypedArray, where } from "@cotangent/core";
import type { Checked, Floating, Shape, Tensor, Untyped } from "@cotangent/core";
import { asOptions, asReal, type Real } from "../given.js";
import { checkAlike, type Alike } from "./alike.js";
import { checkReduction, reduceLoss } from "./reduction.js";
import type { LossReduction, Reduced, ReductionOption } from "./reduction.js";

/** The options of `binaryCrossEntropy`. */
export type BinaryCrossEntropyOptions<R> = ReductionOption<R> & {
  /** How much each element counts; it broadcasts to the input. The mean is over the elements all the same. */
  readonly weight?: Tensor<Untyped, Floating>;
};

type Options = BinaryCrossEntropyOptions<LossReduction>;

const operation = "binaryCrossEntropy";

/** The type of `binaryCrossEntropy`. */
export type BinaryCrossEntropy = <
  S extends Shape,
  D extends Floating,
  T extends Shape,
  const R extends LossReduction = "mean",
>(
  input: Tensor<S, D>,
  target: Checked<Alike<"binaryCrossEntropy", S, T>, Tensor<T, D>>,
  options?: BinaryCrossEntropyOptions<R>,
) => Reduced<R, S, D>;

/**
 * The binary cross entropy of probabilities p with targets t in [0, 1], reduced to its mean.
 *
 *     -(t log p + (1 - t) log(1 - p))
 *
 * The logarithms are at least -100. The derivative is `(p - t) / max(p (1 - p), 1e-12)`, also where they are held there.
 * In: two tensors of one shape and floating dtype; out: a scalar, or the shape of the input with
 * `{ reduction: "none" }`.
 *
 * @throws TensorError when the shapes differ, or (where elements can be read) when a probability is outside of [0, 1].
 * @see `torch.nn.functional.binary_cross_entropy`.
 * @example
 * ```ts
 * import { item, tensor } from "@cotangent/core";
 * import * as nn from "@cotangent/nn";
 *
 * item(nn.binaryCrossEntropy(tensor([0.5, 0.5]), tensor([0, 1]))); // log 2
 * ```
 */
export const binaryCrossEntropy: BinaryCrossEntropy = (
  x: unknown,
  y: unknown,
  options: unknown = {},
): Untyped => {
  const input = asReal(operation, "input", x);
  const target = asReal(operation, "target", y);
  const { reduction = "mean", weight } = asOptions<Options>(operation, options, ["reduction", "weight"]);
  checkReduction(operation, reduction);
  checkAlike(operation, ["input", "target"], input, target);
  checkProbabilities(input);
  const losses = elementwise(input, target);
  return reduceLoss(reduction, weight === undefined ? losses : mul(losses, weight));
};

/** PyTorch's 1e-12 is a float32. */
const epsilon = Math.fround(1e-12);

/**
 * Where p (1 - p) is large enough, the formula has the wanted derivative by itself. Elsewhere the value is a constant in p,
 * and ((p - t)² - (p - t)²) / 2ε, whose second square is held constant, has the value 0 and the derivative (p - t) / ε.
 */
const elementwise = (p: Real, t: Real): Real => {
  const inside = greaterEqual(mul(p, sub(1, p)), epsilon);
  const safe = where(inside, p, 0.5);
  const fixed = stopGradient(p);
  const difference = square(sub(p, stopGradient(t)));
  const slope = div(sub(difference, stopGradient(difference)), 2 * epsilon);
  return where(
    inside,
    entropy(log(safe), log1p(neg(safe)), t),
    add(entropy(held(log(fixed)), held(log1p(neg(fixed))), t), slope),
  );
};

const entropy = (logP: Real, logQ: Real, t: Real): Real => neg(add(mul(t, logP), mul(sub(1, t), logQ)));

const held = (x: Real): Real => maximum(x, -100);

const checkProbabilities = (input: Real): void => {
  const elements = attempt(() => toTypedArray(input)); // they are not known under vmap and jit
  if (elements._tag === "Left") return;
  const values: Float32Array | Float64Array = elements.right;
  const wrong = values.find((value) => value < 0 || value > 1);
  if (wrong === undefined) return;
  throw new TensorError({
    kind: "InvalidArgument",
    operation,
    problem: "a probability is outside of [0, 1]",
    found: [["got", String(Number(wrong.toPrecision(7)))]],
    fix: "pass the outputs of the model through sigmoid first",
  });
};
