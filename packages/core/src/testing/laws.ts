/** laws: what must hold of every primitive, generated from its samples. */

import { batchLaw } from "./laws/batch.js";
import { jitLaw } from "./laws/compiled.js";
import { forwardLaw } from "./laws/forward.js";
import { lawOf, type Law } from "./laws/law.js";
import { linearLaw } from "./laws/linear.js";
import { precisionLaw } from "./laws/precision.js";
import { reverseLaw } from "./laws/reverse.js";
import { secondOrderLaw } from "./laws/second-order.js";
import { shapeLaw } from "./laws/shape.js";
import { stageLaw } from "./laws/staged.js";
import { subjectOf, type Operation, type SubjectOptions } from "./laws/subject.js";
import { viewsLaw } from "./laws/views.js";
import { optionsOf } from "../trace/options.js";

const rules = [
  shapeLaw,
  viewsLaw,
  forwardLaw,
  reverseLaw,
  linearLaw,
  batchLaw,
  stageLaw,
  jitLaw,
  secondOrderLaw,
  precisionLaw,
];

/**
 * The laws of an operation: of a primitive (`sin`, or its record), whose samples it carries, or of any function of
 * tensors with samples given beside it.
 *
 * `shape`: the declared shape and dtype are the real ones. `views`: strided operands give the same. `jvp`: forward mode
 * is the derivative by central differences. `transpose`: ⟨u, J v⟩ = ⟨Jᵀ u, v⟩. `linear`: what is transposed is linear.
 * `vmap`: the stacked loop. `stage`: eager. `jit`: compiled, as exact as interpreted. `second order`: the gradient's own derivative. `float32`: float64 rounded.
 *
 * @throws TensorError when the operation is no primitive and no samples are given; a law's `check` throws with the
 * smallest counterexample, as code.
 * @example
 * ```ts
 * import { sin } from "@cotangent/core";
 * import { laws } from "@cotangent/core/testing";
 *
 * for (const law of laws(sin)) law.check();
 * ```
 */
export const laws = (operation: Operation, options?: SubjectOptions): readonly Law[] => {
  const subject = subjectOf(operation, optionsOf("laws", options, ["samples", "name", "backend"]));
  return rules.map((rule) => lawOf(rule, subject));
};
