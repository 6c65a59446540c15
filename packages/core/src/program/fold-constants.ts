/** The pass that computes what does not depend on the inputs. */

import { ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { programsIn, type Pass } from "./nested.js";
import { isVariableOf, type Equation } from "./program.js";
import { mayRefuse } from "./refusal.js";

/** A result may have so many elements, or as many as its operands store: nothing large is unfolded. */
const mostElements = 256;

/** Primitives whose results are views of their operands, and store nothing. */
const views: ReadonlySet<string> = new Set(["broadcast", "transpose", "slice"]);

/**
 * The same program with constants in the place of equations that read nothing else, by the primitive's own kernel. Programs inside, and
 * what may refuse its operands, are left to the run.
 */
export const foldConstants: Pass = (program) => {
  const constants = new Map<number, ArrayTensor>();
  const read = (value: Value): Value =>
    isVariableOf(program, value) ? (constants.get(value.index) ?? value) : value;
  const equations: Equation[] = [];
  for (const equation of program.equations) {
    const inputs = equation.inputs.some((input) => read(input) !== input)
      ? equation.inputs.map(read)
      : equation.inputs;
    const kept = inputs === equation.inputs ? equation : { ...equation, inputs };
    const { primitive, params, outputs } = kept;
    if (!areTensors(inputs) || programsIn(params).length > 0 || !isSmall(kept, inputs) || mayRefuse(kept)) {
      equations.push(kept);
      continue;
    }
    const results = primitive.evaluate(inputs, params, outputs);
    outputs.forEach(({ index }, position) => constants.set(index, results[position] as ArrayTensor)); // one an output
  }
  return constants.size === 0 ? program : { ...program, equations, outputs: program.outputs.map(read) };
};

const areTensors = (inputs: readonly Value[]): inputs is readonly ArrayTensor[] =>
  inputs.every((input) => input instanceof ArrayTensor);

const isSmall = ({ primitive, outputs }: Equation, inputs: readonly ArrayTensor[]): boolean => {
  if (views.has(primitive.name)) return true;
  const size = outputs.reduce((total, { shape }) => total + sizeOfShape(shape), 0);
  return size <= mostElements || size <= inputs.reduce((total, input) => total + storedElements(input), 0);
};

/** What a tensor stores, the axes that repeat left out. */
const storedElements = ({ shape, strides }: ArrayTensor): number =>
  shape.reduce((total, length, axis) => (strides[axis] === 0 ? total : total * length), 1);
