/** The interpreter of vmap: values carry a batch axis in front that the mapped function does not see. */

import { tensorError } from "../errors/tensor-error.js";
import { hasRule, type Primitive } from "../program/primitive.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { showAval } from "../tensor/shape.js";
import {
  anArgument,
  hostReadError,
  leakedError,
  showGivenBy,
  Tracer,
  type GivenBy,
} from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import { runWith, type Interpreter } from "./interpreter.js";

/** One row of a batch, as the mapped function sees it; `value` is the whole batch. */
export class BatchTracer extends Tracer {
  constructor(
    override readonly owner: BatchInterpreter,
    readonly value: Value,
    private readonly givenBy: GivenBy = anArgument,
  ) {
    super(owner, value.shape.slice(1), value.dtype);
  }

  override get origin(): string {
    return `a row of ${showAval(this.value)}, ${showGivenBy(this.givenBy)}`;
  }

  override read(operation: string): ArrayTensor {
    throw this.owner.active ? hostReadError(this, operation) : leakedError(this, operation);
  }
}

/** `vmap`: each value stands for a batch, and each primitive has its `batch` rule applied. */
export class BatchInterpreter implements Interpreter {
  readonly transformation = "vmap";
  active = true;

  constructor(
    readonly parent: Interpreter,
    readonly size: number,
  ) {}

  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    const batched = inputs.map((input) => this.owns(input));
    if (!batched.includes(true)) return this.parent.bind(primitive, inputs, params);
    const { batch } = primitive;
    if (!hasRule(batch)) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: primitive.name,
        problem: `${primitive.name} has no vmap rule: ${batch.noRule}`,
        fix: "apply it outside of vmap",
      });
    }
    const operands = inputs.map((input) => (this.owns(input) ? input.value : input));
    const result = runWith(this.parent, () => batch(operands, batched, this.size, params));
    return result.outputs.map((output, index) =>
      result.batched[index] === true ? new BatchTracer(this, output, primitive.name) : output,
    );
  }

  owns(value: Value): value is BatchTracer {
    return value instanceof BatchTracer && value.owner === this;
  }
}
