/** A variable of a program: what an equation gives, and, while it is recorded, a tracer. */

import { hostReadError, leakedError, Tracer, type Transformation } from "../tensor/tracer.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import type { DType, Shape } from "../types/tensor.js";

/** A value of a program that is known when the program runs: an input, or an output of an equation. */
export class Variable extends Tracer {
  constructor(
    owner: Transformation,
    shape: Shape,
    dtype: DType,
    /** Its place in an environment: no two variables of a program have the same. */
    readonly index: number,
    /** The primitive that gives it; of an input, in words which one it is. */
    private readonly givenBy: string | (() => string) = () => "an argument",
  ) {
    super(owner, shape, dtype);
  }

  override get origin(): string {
    return typeof this.givenBy === "string" ? `the result of ${this.givenBy}` : this.givenBy();
  }

  override read(operation: string): ArrayTensor {
    throw this.owner.active ? hostReadError(this, operation) : leakedError(this, operation);
  }
}
