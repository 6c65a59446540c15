/** The interpreter that runs float32 functions in float64: values that look like float32 hold float64. */

import type { Primitive } from "../program/primitive.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { leakedError, Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import { unwrap } from "../errors/either.js";
import { bitcastPrimitive, convertPrimitive, convertTo } from "../primitives/convert.js";
import { runWith, type Interpreter } from "../trace/interpreter.js";

/** A value that says float32 and holds float64. */
export class WideTracer extends Tracer {
  constructor(
    override readonly owner: WideInterpreter,
    readonly wide: Value,
  ) {
    super(owner, wide.shape, "float32");
  }

  override read(operation: string): ArrayTensor {
    if (!this.owner.active) throw leakedError(this, operation);
    return this.wide instanceof Tracer ? this.wide.read(operation) : (this.wide as ArrayTensor); // the two subclasses of Value
  }
}

const toFloat32 = (primitive: object, params: unknown): boolean =>
  primitive === convertPrimitive && (params as { readonly dtype: string }).dtype === "float32"; // its params

/** Whether a float64 would be rounded to float32. */
const narrows = (primitive: object, inputs: readonly Value[], params: unknown): boolean =>
  inputs[0]?.dtype === "float64" && toFloat32(primitive, params);

/**
 * What a function computes in float32, without its rounding. A float32 tensor that the function closes over takes
 * part as it is, which a plain conversion of the arguments would not allow: dtypes are strict.
 */
export class WideInterpreter implements Interpreter {
  readonly transformation = "checkGradients";
  active = true;

  constructor(readonly parent: Interpreter) {}

  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    if (!inputs.some((input) => this.owns(input)) && !narrows(primitive, inputs, params))
      return this.parent.bind(primitive, inputs, params);
    const declared = unwrap(primitive.shape(inputs, params));
    return runWith(this.parent, () => {
      const outputs = this.apply(primitive, inputs, params);
      return outputs.map((output, index) =>
        declared[index]?.dtype === "float32" ? this.present(convertTo(output, "float64")) : output,
      );
    });
  }

  /** A value of float64 as one that says float32. */
  present(wide: Value): Value {
    return new WideTracer(this, wide);
  }

  /** What a value holds. */
  held(value: Value): Value {
    return this.owns(value) ? value.wide : value;
  }

  owns(value: Value): value is WideTracer {
    return value instanceof WideTracer && value.owner === this;
  }

  private apply<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    const held = inputs.map((input) => this.held(input));
    // Bits are those of the dtype that the function sees.
    const bits: object = bitcastPrimitive;
    if (primitive === bits)
      return this.parent.bind(
        primitive,
        held.map((value, index) => (this.owns(inputs[index] ?? value) ? convertTo(value, "float32") : value)),
        params,
      );
    const widened = held.map((value) => (value.dtype === "float32" ? convertTo(value, "float64") : value));
    // To float32 nothing is rounded.
    if (toFloat32(primitive, params)) return widened;
    return this.parent.bind(primitive, widened, params);
  }
}
