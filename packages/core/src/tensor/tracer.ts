/** A value that stands for a tensor while a transformation runs. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { DType, Shape } from "../types/tensor.js";
import type { ArrayTensor } from "./array-tensor.js";
import { showAval } from "./shape.js";
import { coercionError, Value } from "./value.js";

/** One run of a transformation: its name, and whether it still goes on. */
export interface Transformation {
  readonly transformation: string;
  readonly active: boolean;
}

/** Where a tracer comes from: the primitive that gives it, or, of an argument, in words which one it is. */
export type GivenBy = string | (() => string);

/** The same in words. */
export const showGivenBy = (givenBy: GivenBy): string =>
  typeof givenBy === "string" ? `the result of ${givenBy}` : givenBy();

/** Of an argument that nothing more is known of. */
export const anArgument = (): string => "an argument";

export abstract class Tracer extends Value {
  constructor(
    readonly owner: Transformation,
    shape: Shape,
    dtype: DType,
  ) {
    super(shape, dtype);
  }

  /** Where it came from, for messages. */
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a variable computes it
  get origin(): string {
    return "";
  }

  /**
   * The elements, where the transformation knows them while it runs.
   *
   * @throws TensorError where the value is not known yet.
   */
  abstract read(operation: string): ArrayTensor;

  /** As a tensor does, and first of all where the elements are not known. */
  override [Symbol.toPrimitive](hint: string): string {
    this.read("coercion");
    return super[Symbol.toPrimitive](hint);
  }

  override toJSON(): never {
    this.read("coercion");
    return super.toJSON();
  }

  /** A way to refuse while the transformation runs; nothing behind it, since comparisons of values, as of Vitest, would iterate. */
  get [Symbol.iterator](): (() => never) | undefined {
    return this.owner.active ? () => this.refuseIteration() : undefined;
  }

  private refuseIteration(): never {
    throw coercionError(this, "a tracer is not iterable", [
      "take(x, 0, { axis: 0 }) for a row, and split(x, 2) for parts: const [a, b] = split(x, 2)",
      "vmap(f)(x), map(f, x) or scan for a function of every row",
    ]);
  }

  override toString(): string {
    this.read("coercion");
    throw coercionError(this, `a tracer of ${this.owner.transformation} does not turn into text`, [
      "print the result of the transformed function instead",
      "console.log(x) shows its shape and dtype",
    ]);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Tracer(${showAval(this)} of ${this.owner.transformation})`;
  }
}

/** The error of a tracer that outlived its transformation. */
export const leakedError = (tracer: Tracer, operation: string): TensorError =>
  tensorError({
    kind: "LeakedTracer",
    operation,
    problem: `a tracer leaked out of ${tracer.owner.transformation}, which has ended`,
    found: [["got", `a tracer of ${showAval(tracer)}`]],
    fix: `return the value from the function that is transformed (with hasAux: true beside the loss), instead of storing it outside`,
  });

/** The error of host code that reads a value which is not known while the transformation runs. */
export const hostReadError = (tracer: Tracer, operation: string): TensorError =>
  tensorError({
    kind: operation === "coercion" ? "Coercion" : "HostRead",
    operation,
    problem: `the elements are not known while ${tracer.owner.transformation} runs`,
    found: [["got", `a tracer of ${showAval(tracer)}${tracer.origin === "" ? "" : `, ${tracer.origin}`}`]],
    fix: [
      ...(operation === "coercion"
        ? ["compute with add(x, 1) for x + 1, compare with greater(x, 0) for x > 0"]
        : []),
      "choose by value with where(condition, a, b), between functions with cond(condition, f, g, x), and repeat with foriLoop or whileLoop",
      "read the result after the transformation, not inside it",
      "pass what decides as a JavaScript number, boolean or string, or as a static argument of jit: these stay as they are",
    ].join("\n"),
  });
