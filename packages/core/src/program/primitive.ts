/** The record of a primitive: everything that the library knows of it, in one place. */

import type { Either } from "fp-ts/lib/Either.js";
import type { TensorError } from "../errors/tensor-error.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Lowering } from "./lowering.js";
import type { Samples } from "./samples.js";
import type { Tangent } from "./symbolic-zero.js";

/** "There is no rule" is a value with its reason, never an absent key. */
export interface NoRule {
  readonly noRule: string;
  /** What to do instead, where something else than usual helps. */
  readonly fix?: string;
}

/** Says that there is no rule, and why. */
export const noRule = /* @__NO_SIDE_EFFECTS__ */ (reason: string, fix?: string): NoRule => ({
  noRule: reason,
  ...(fix === undefined ? {} : { fix }),
});
/** Whether there is a rule: one that can be called. */
export const hasRule = <R extends (...args: never[]) => unknown>(rule: R | ZeroTangent | NoRule): rule is R =>
  typeof rule === "function";

/** "The tangent is zero by definition", with the reason: bools and integers have none, a constant is one. */
export interface ZeroTangent {
  readonly zeroTangent: string;
}

/** Says that the tangent is zero by definition, and why. */
export const zeroTangent = /* @__NO_SIDE_EFFECTS__ */ (reason: string): ZeroTangent => ({
  zeroTangent: reason,
});
/** Whether the tangent is zero by definition. */
export const hasZeroTangent = (rule: object): rule is ZeroTangent => "zeroTangent" in rule;

/** What a forward rule gives: the outputs, and a tangent for each. */
export interface JvpResult {
  readonly primals: readonly Value[];
  readonly tangents: readonly Tangent[];
}

/** What a vmap rule gives: the outputs, and which of them are batches. */
export interface BatchResult {
  readonly outputs: readonly Value[];
  /** Which outputs have the batch axis, always in front. */
  readonly batched: readonly boolean[];
}

/** Pushes tangents: called when at least one tangent is not the symbolic zero. */
export type JvpRule<P> = {
  rule(primals: readonly Value[], tangents: readonly Tangent[], params: P): JvpResult;
}["rule"];

/** The adjoint in the operands marked linear: a cotangent for each of those, anything for the others. */
export type TransposeRule<P> = {
  rule(
    cotangents: readonly Tangent[],
    operands: readonly Value[],
    linear: readonly boolean[],
    params: P,
  ): readonly Tangent[];
}["rule"];

/** The vmap rule: batched operands carry the batch axis in front. */
export type BatchRule<P> = {
  rule(operands: readonly Value[], batched: readonly boolean[], size: number, params: P): BatchResult;
}["rule"];

/** Rules are methods, so that a record for one type of params is a record for unknown ones. */
export interface Primitive<P = unknown> {
  /** How it prints in a program. */
  readonly name: string;
  /** Abstract evaluation. */
  shape(inputs: readonly Aval[], params: P): Either<TensorError, readonly Aval[]>;
  /** The kernel, on every dtype that `shape` accepts. */
  evaluate(inputs: readonly ArrayTensor[], params: P, outputs: readonly Aval[]): readonly ArrayTensor[];
  readonly jvp: JvpRule<P> | ZeroTangent | NoRule;
  /**
   * The forward rule where the linear part is recorded for reverse mode, if that is another one: it must keep what
   * touches tangents apart from what computes primals.
   */
  readonly split?: JvpRule<P> | NoRule;
  /** Whether an application may refuse its operands when it runs, as an index out of range: no pass removes one that may. Never, if left out. */
  mayRefuse?(inputs: readonly Value[], params: P): boolean;
  /** Why there is no reverse mode, where what is recorded for it can be pushed forward alone. */
  readonly reverse?: NoRule;
  readonly transpose: TransposeRule<P> | NoRule;
  readonly batch: BatchRule<P> | NoRule;
  /** How the compiler emits it. */
  readonly lower: Lowering<P>;
  /** Its domain, from which the laws are generated. */
  readonly samples: Samples<P>;
}
