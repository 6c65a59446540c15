/** The pass that computes once what is computed twice. */

import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { showAval, sizeOfShape } from "../tensor/shape.js";
import { storageOf } from "../tensor/unread.js";
import { Value } from "../tensor/value.js";
import { Place } from "./backend.js";
import { isProgram, type Pass } from "./nested.js";
import { isVariableOf, type Equation } from "./program.js";

/** Constants up to this size are compared by their elements, others by their storage. */
const comparedElements = 16;

/** Whose operands may change places, bit for bit. */
const commutative: ReadonlySet<string> = new Set(["add", "mul", "equal", "notEqual"]);

/**
 * The same program with one equation for each primitive, operands and params: variables are compared by identity,
 * constants by value if they are small or all alike, params by value, programs among them by identity.
 */
export const withoutCommonSubexpressions: Pass = (program) => {
  const identities = new Map<object, number>();
  const identity = (value: object): string => {
    const known = identities.get(value) ?? identities.size;
    identities.set(value, known);
    return `#${known}`;
  };
  const known = new Map<string, Equation>();
  const replaced = new Map<number, Value>();
  const read = (value: Value): Value =>
    isVariableOf(program, value) ? (replaced.get(value.index) ?? value) : value;
  const keyOfInput = (value: Value): string =>
    isVariableOf(program, value)
      ? `v${value.index}`
      : value instanceof ArrayTensor
        ? keyOfConstant(value, identity)
        : identity(value);
  const equations: Equation[] = [];
  for (const equation of program.equations) {
    const inputs = equation.inputs.some((input) => read(input) !== input)
      ? equation.inputs.map(read)
      : equation.inputs;
    const { primitive, params, outputs } = equation;
    const operands = inputs.map(keyOfInput);
    if (commutative.has(primitive.name)) operands.sort();
    const key = `${identity(primitive)}(${operands.join()})${keyOfParam(params, identity)}`;
    const first = known.get(key);
    if (first === undefined) {
      const kept = inputs === equation.inputs ? equation : { ...equation, inputs };
      known.set(key, kept);
      equations.push(kept);
    } else {
      outputs.forEach((output, position) => replaced.set(output.index, first.outputs[position] ?? output));
    }
  }
  return replaced.size === 0 ? program : { ...program, equations, outputs: program.outputs.map(read) };
};

const keyOfNumber = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

const keyOfConstant = (value: ArrayTensor, identity: (value: object) => string): string => {
  const size = sizeOfShape(value.shape);
  const at = (place: number): number => elementReader(value)(place);
  const aval = showAval(value);
  if (size === 0) return aval;
  if (value.strides.every((stride, axis) => stride === 0 || value.shape[axis] === 1))
    return `${aval}:${keyOfNumber(at(0))}`;
  if (size <= comparedElements)
    return `${aval}{${Array.from({ length: size }, (_, index) => keyOfNumber(at(index))).join()}}`;
  return `${aval}${identity(storageOf(value))}+${value.offset}/${value.strides.join()}`;
};

/** Numbers, strings and booleans by value; lists and records by their entries; programs, tensors and functions by identity. */
const keyOfParam = (param: unknown, identity: (value: object) => string): string => {
  if (typeof param === "number") return keyOfNumber(param);
  if (typeof param === "function") return identity(param);
  if (typeof param !== "object" || param === null)
    return typeof param === "string" ? JSON.stringify(param) : String(param);
  if (param instanceof Value || param instanceof Place || isProgram(param)) return identity(param);
  if (Array.isArray(param)) return `[${param.map((each) => keyOfParam(each, identity)).join()}]`;
  return `{${Object.entries(param)
    .map(([key, value]) => `${key}:${keyOfParam(value, identity)}`)
    .join()}}`;
};
