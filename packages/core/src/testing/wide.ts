/** The interpreter that runs float32 functions in float64: values that look like float32 hold float64. */

import type { Primitive } from "../program/primitive.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { leakedError, Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import { unwrap } from "../errors/either.js";
import { bitcastPrimitive, convertPrimitive, convertTo } from "../primitives/convert.js";
import { runWith, type Interpreter } from "../trace/interpreter.js";
import { Recorder } from "../trace/record.js";
import type { Program } from "../program/program.js";
import { runProgram } from "../transforms/run-program.js";

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

  /** What a value holds, in float64 if it says float32. */
  wide(value: Value): Value {
    return value.dtype === "float32" ? convertTo(this.held(value), "float64") : value;
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
    const widened = inputs.map((input) => this.wide(input));
    return this.parent.bind(primitive, widened, widenParams(params));
  }
}

/** Parameters that say float64 where they said float32: a dtype to convert to, the programs of loops and branches. */
const widenParams = <P>(params: P): P => widenPart(params) as P; // each part is replaced by one of its kind

const widenPart = (part: unknown): unknown => {
  if (isProgram(part)) return widenProgram(part);
  if (Array.isArray(part)) return part.map(widenPart);
  if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype)
    return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === "dtype" && value === "float32" ? "float64" : widenPart(value),
    ]),
  );
};

const isProgram = (part: unknown): part is Program =>
  typeof part === "object" && part !== null && "equations" in part && "owner" in part;

/** The program that a program would be in float64. */
const widenProgram = (program: Program): Program => {
  const recorder = new Recorder("checkGradients");
  const interpreter = new WideInterpreter(recorder);
  try {
    const inputs = program.inputs.map(({ shape, dtype }) => {
      const input = recorder.input({ shape, dtype: dtype === "float32" ? "float64" : dtype });
      return dtype === "float32" ? interpreter.present(input) : input;
    });
    const outputs = runWith(interpreter, () =>
      runProgram(program, inputs).map((output) => interpreter.wide(output)),
    );
    return recorder.program(outputs);
  } finally {
    interpreter.active = false;
    recorder.active = false;
  }
};
