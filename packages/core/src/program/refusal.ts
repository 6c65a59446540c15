/** Which equations may refuse their operands when they run: an index out of range is an error, which no pass removes. */

import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { programsIn } from "./nested.js";
import type { Equation, Program } from "./program.js";

/** A constant with more indices than this is not looked through. */
const lookedThrough = 4096;

/** Whether an equation may refuse, one that holds a program with such equations included. */
export const mayRefuse = ({ primitive, inputs, params }: Equation): boolean => {
  const [x, indices] = inputs;
  if (primitive.name === "gather" || primitive.name === "scatterAdd") {
    return !(x !== undefined && indices instanceof ArrayTensor && areInside(indices, lengthOf(x, params)));
  }
  if (primitive.name === "cond" && !isInRange(params)) return true;
  return programsIn(params).some(holdsRefusals);
};

/** A declared cache, weak in the program. */
const known = /* @__PURE__ */ new WeakMap<Program, boolean>();

/** Whether some equation of a program may refuse. */
export const holdsRefusals = (program: Program): boolean => {
  const before = known.get(program);
  if (before !== undefined) return before;
  const found = program.equations.some(mayRefuse);
  known.set(program, found);
  return found;
};

/** The index of a `cond` was a bool, or has been checked. */
const isInRange = (params: unknown): boolean => (params as { readonly inRange?: unknown }).inRange === true; // params are plain records

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
