/** Programs as text: stable names in the order of appearance, one equation a line. */

import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { showAval, sizeOfShape } from "../tensor/shape.js";
import { Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import { Place } from "./backend.js";
import { isVariableOf, type Program } from "./program.js";

/** a, b, …, z, aa, ab, … */
const nameOf = (place: number): string =>
  (place >= 26 ? nameOf(Math.floor(place / 26) - 1) : "") + String.fromCharCode(97 + (place % 26));

const mostElements = 6;

/** A constant by its elements, if they are few or all alike. */
const showConstant = (value: Value): string => {
  if (!(value instanceof ArrayTensor))
    return value instanceof Tracer
      ? `<${showAval(value)} of ${value.owner.transformation}>`
      : showAval(value);
  const size = sizeOfShape(value.shape);
  const at = elementReader(value);
  const text = (element: number): string =>
    value.dtype === "bool" ? String(element !== 0) : Object.is(element, -0) ? "-0" : String(element);
  const repeated = value.strides.every((stride, axis) => stride === 0 || value.shape[axis] === 1);
  if (size > 0 && repeated) return `${text(at(0))}:${showAval(value)}`;
  const elements = Array.from({ length: Math.min(size, mostElements) }, (_, index) => text(at(index)));
  return `{${elements.join(" ")}${size > mostElements ? " …" : ""}}:${showAval(value)}`;
};

const showParams = (params: unknown): string => {
  const entries = Object.entries(params as object); // params are plain records
  return entries.length === 0
    ? ""
    : ` { ${entries.map(([key, value]) => `${key}: ${showParam(value)}`).join(", ")} }`;
};

const isProgram = (value: object): value is Program => "equations" in value && "owner" in value;

/** A parameter in one line, a program in lines of its own, further in. */
const showParam = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(showParam).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    if (value instanceof Place) return value.name;
    return isProgram(value) ? programToString(value).replaceAll("\n", "\n  ") : showParams(value).trimStart();
  }
  return String(value);
};

/**
 * The text of a program.
 *
 * @example
 * ```ts
 * import { mul, programToString, sin, stage, zeros } from "@cotangent/core";
 *
 * programToString(stage((x) => mul(2, sin(x)))(zeros([3])));
 * // program(a: float32[3]) {
 * //   b: float32[3] = sin(a)
 * //   c: float32[3] = mul(2:float32[3], b)
 * //   return c
 * // }
 * ```
 */
export const programToString = (program: Program): string => {
  const names = new Map<number, string>();
  const name = (value: Value): string => {
    if (!isVariableOf(program, value)) return showConstant(value);
    const known = names.get(value.index) ?? nameOf(names.size);
    names.set(value.index, known);
    return known;
  };
  const typed = (value: Value): string => `${name(value)}: ${showAval(value)}`;
  const inputs = program.inputs.map(typed).join(", ");
  const lines = program.equations.map(
    ({ primitive, inputs: operands, params, outputs }) =>
      `  ${outputs.map(typed).join(", ")} = ${primitive.name}(${operands.map(name).join(", ")})${showParams(params)}`,
  );
  return [`program(${inputs}) {`, ...lines, `  return ${program.outputs.map(name).join(", ")}`, "}"].join(
    "\n",
  );
};
