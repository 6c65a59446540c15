/** The interpreter of forward mode: every value carries a tangent, which each primitive's rule pushes on. */

import { tensorError } from "../errors/tensor-error.js";
import { hasRule, hasZeroTangent, type Primitive } from "../program/primitive.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { isFloating } from "../tensor/dtype.js";
import { leakedError, Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import { runWith, type Interpreter } from "./interpreter.js";

/** A primal with its tangent. Its elements are the primal's, so that a host `if` works. */
export class JvpTracer extends Tracer {
  constructor(
    override readonly owner: JvpInterpreter,
    readonly primal: Value,
    readonly tangent: Value,
  ) {
    super(owner, primal.shape, primal.dtype);
  }

  override read(operation: string): ArrayTensor {
    if (!this.owner.active) throw leakedError(this, operation);
    return this.primal instanceof Tracer ? this.primal.read(operation) : (this.primal as ArrayTensor);
  }
}

/** Forward mode: each value has a tangent beside it, and each primitive its `jvp` rule applied. */
export class JvpInterpreter implements Interpreter {
  active = true;

  constructor(
    readonly transformation: string,
    /** Where primals go. */
    readonly parent: Interpreter,
    /** Where the rules run: the parent in plain forward mode, a recorder over the parent when the linear part is recorded. */
    readonly tangents: Interpreter,
  ) {}

  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    if (!inputs.some((input) => this.owns(input))) return this.parent.bind(primitive, inputs, params);
    const primals = inputs.map((input) => this.primalOf(input));
    const recording = this.tangents !== this.parent;
    const jvp = recording && primitive.split !== undefined ? primitive.split : primitive.jvp;
    if (hasZeroTangent(jvp)) return this.parent.bind(primitive, primals, params);
    if (!hasRule(jvp)) {
      throw tensorError({
        kind: "NotDifferentiable",
        operation: primitive.name,
        problem: `${primitive.name} has no forward rule: ${"noRule" in jvp ? jvp.noRule : ""}`,
        fix: "wrap its operand in stopGradient where no derivative is wanted",
      });
    }
    const result = runWith(this.tangents, () =>
      jvp(
        primals,
        inputs.map((input) => this.tangentOf(input)),
        params,
      ),
    );
    return result.primals.map((primal, index) => this.trace(primal, result.tangents[index] ?? zero));
  }

  /** A tracer, or the primal alone where the tangent is zero by construction. */
  trace(primal: Value, tangent: Tangent): Value {
    return isZero(tangent) || !isFloating(primal.dtype) ? primal : new JvpTracer(this, primal, tangent);
  }

  owns(value: Value): value is JvpTracer {
    return value instanceof JvpTracer && value.owner === this;
  }

  primalOf(value: Value): Value {
    return this.owns(value) ? value.primal : value;
  }

  tangentOf(value: Value): Tangent {
    return this.owns(value) ? value.tangent : zero;
  }
}
