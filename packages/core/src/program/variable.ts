/** A variable of a program: what an equation gives, and, while it is recorded, a tracer. */

import {
  anArgument,
  hostReadError,
  leakedError,
  showGivenBy,
  Tracer,
  type GivenBy,
  type Transformation,
} from "../tensor/tracer.js";
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
    private readonly givenBy: GivenBy = anArgument,
  ) {
    super(owner, shape, dtype);
  }

  override get origin(): string {
    return showGivenBy(this.givenBy);
  }

  override read(operation: string): ArrayTensor {
    throw this.owner.active ? hostReadError(this, operation) : leakedError(this, operation);
  }
}
