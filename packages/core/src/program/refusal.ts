/** Which equations may refuse their operands when they run: an index out of range is an error, which no pass removes. */

import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { programsIn } from "./nested.js";
import type { Equation, Program } from "./program.js";

/** A constant with more indices than this is not looked through. */
const lookedThrough = 4096;

/** Tells the equations of a program that may refuse, those that hold programs with such equations included. */
export const refusalsOf = (program: Program): ((equation: Equation) => boolean) => {
  const choices = new Set<Value>();
  for (const { primitive, inputs, outputs } of program.equations) {
    if (primitive.name === "convert" && inputs[0]?.dtype === "bool")
      for (const output of outputs) choices.add(output);
  }
  return ({ primitive, inputs, params }) => {
    const [x, indices] = inputs;
    if (primitive.name === "gather" || primitive.name === "scatterAdd") {
      return !(x !== undefined && indices instanceof ArrayTensor && areInside(indices, lengthOf(x, params)));
    }
    // A bool that became an index is 0 or 1.
    if (primitive.name === "cond" && !(x !== undefined && choices.has(x))) return true;
    return programsIn(params).some(mayRefuse);
  };
};

/** Whether some equation of a program may refuse: a declared cache, weak in the program. */
const known = /* @__PURE__ */ new WeakMap<Program, boolean>();

const mayRefuse = (program: Program): boolean => {
  const before = known.get(program);
  if (before !== undefined) return before;
  const found = program.equations.some(refusalsOf(program));
  known.set(program, found);
  return found;
};

const lengthOf = (x: Value, params: unknown): number => {
  const batchRank = (params as { readonly batchRank?: unknown }).batchRank; // params are plain records
  return typeof batchRank === "number" ? (x.shape[batchRank] ?? 0) : 0;
};

const areInside = (indices: ArrayTensor, length: number): boolean => {
  const size = sizeOfShape(indices.shape);
  if (size > lookedThrough) return false;
  const at = elementReader(indices);
  for (let place = 0; place < size; place++) {
    const index = at(place);
    if (index < -length || index >= length) return false;
  }
  return true;
};
