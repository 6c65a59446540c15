/** What every operation takes and gives: a tensor, or a tracer that stands for one. */
/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging -- the interface adds the phantom brand, which has no value */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { DType, Erased, Shape } from "../types/tensor.js";
import { showAval, type Aval } from "./shape.js";

/** The same symbol in every copy of the library in a process. */
export const libraryMark = Symbol.for("@cotangent/core");

export interface Value extends Erased {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * The base of tensors and tracers. Its phantom brand is erased, so that an instance fits every public
 * `Tensor<S, D>`. It refuses to become a number: `x + 1` and `x > 0` would be wrong in silence.
 */
export abstract class Value implements Aval {
  constructor(
    readonly shape: Shape,
    readonly dtype: DType,
  ) {}

  /** Marks the values of every copy of the library, so that one of another copy is recognised. */
  [libraryMark](): true {
    return true;
  }

  /** How it prints, where it can. */
  abstract toString(): string;

  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw coercionError(this, "a tensor is not a JavaScript number", [
      "add(x, 1) for x + 1, mul(2, x) for 2 * x",
      "greater(x, 0) for x > 0, and `where` to choose by it",
      "item(x) to read the number of a one-element tensor",
    ]);
  }

  toJSON(): never {
    throw coercionError(this, "a tensor does not turn into JSON by itself", [
      "toArray(x) for nested lists",
      "tensorJson.encode(x) of @cotangent/core/io, to read it back exactly",
    ]);
  }
}

/** The error of a coercion, with what to write instead. */
export const coercionError = (value: Aval, problem: string, fixes: readonly string[]): TensorError =>
  tensorError({
    kind: "Coercion",
    operation: "coercion",
    problem,
    found: [["got", showAval(value)]],
    fix: fixes.join("\n"),
  });
