/** The types of functions with derivatives of the user's own. */
import type { Gradient } from "./differentiate.js";
import type { Tangents } from "./jacobian.js";

/** `customJvp`. */
export type CustomJvp = <P extends readonly unknown[], V>(
  f: (...primals: P) => V,
  rule: (primals: P, tangents: Tangents<P>) => readonly [NoInfer<V>, Gradient<NoInfer<V>>],
) => (...primals: P) => V;

/** `customVjp`: which arguments are not differentiated. */
export type CustomVjpOptions = {
  /** Positions of arguments that are handed on as they are, and have no cotangent. */
  readonly nonDifferentiable?: readonly number[];
};

/** `customVjp`. */
export type CustomVjp = <P extends readonly unknown[], V, R>(
  f: (...primals: P) => V,
  forward: (...primals: P) => readonly [NoInfer<V>, R],
  backward: (residuals: R, cotangent: Gradient<NoInfer<V>>) => readonly unknown[],
  options?: CustomVjpOptions,
) => (...primals: P) => V;

/** `checkpoint`. */
export type Checkpoint = <P extends readonly unknown[], V>(
  f: (...args: P) => V,
  options?: CheckpointOptions,
) => (...args: P) => V;

/** What is remembered between the passes instead of being computed again. */
export type CheckpointOptions = {
  /**
   * "nothing" (the default): only the arguments; "contractions": also the results of matrix products and convolutions, of every step
   * of `scan` and `foriLoop` and of the branch that is taken too.
   */
  readonly policy?: "nothing" | "contractions";
};
