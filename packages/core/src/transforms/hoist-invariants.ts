/** The pass that moves out of a loop what no step changes. */

import { iotaPrimitive } from "../primitives/iota.js";
import { permutePrimitive, reshapePrimitive } from "../primitives/reshape.js";
import { slicePrimitive } from "../primitives/slice-pad.js";
import { broadcastPrimitive } from "../primitives/sum-broadcast.js";
import { insideEquations, type Pass } from "../program/nested.js";
import type { Primitive } from "../program/primitive.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { Variable } from "../program/variable.js";
import type { Value } from "../tensor/value.js";
import { scanPrimitive, type ScanParams } from "./scan-primitive.js";

/** Views and what costs as little: they move only for the sake of another that reads them. */
const cheap: ReadonlySet<Primitive> = /* @__PURE__ */ new Set([
  reshapePrimitive,
  permutePrimitive,
  broadcastPrimitive,
  slicePrimitive,
  iotaPrimitive,
] as Primitive[]);

/**
 * The same program with the equations of a scan's body that depend on its constants alone in front of the loop, and with what is
 * carried unchanged from step to step as a constant. In nested loops they go as far out as they can. A loop without steps stays.
 */
export const hoistInvariants: Pass = (outer) => {
  const program = insideEquations(outer, hoistInvariants);
  const equations: Equation[] = [];
  const replaced = new Map<number, Value>();
  const read = (value: Value): Value =>
    isVariableOf(program, value) ? (replaced.get(value.index) ?? value) : value;
  let variables = program.variables;
  for (const equation of program.equations) {
    const inputs = equation.inputs.some((input) => read(input) !== input)
      ? equation.inputs.map(read)
      : equation.inputs;
    const given = inputs === equation.inputs ? equation : { ...equation, inputs };
    const loop = isScan(given) && given.params.length > 0 ? withConstantCarry(given, replaced) : undefined;
    const parts = loop === undefined ? undefined : split(loop.params);
    if (loop === undefined || parts === undefined || parts.moved.length === 0) {
      equations.push(loop ?? given);
      continue;
    }
    // The moved equations get variables of the program around; in the body their results become constants under their old names.
    const outside = new Map<Value, Value>(
      parts.constants.map((variable, place) => [variable, loop.inputs[place] as Value]),
    ); // one each
    for (const moved of parts.moved) {
      const outputs = moved.outputs.map(
        ({ shape, dtype }) => new Variable(program.owner, shape, dtype, variables++, moved.primitive.name),
      );
      equations.push({ ...moved, inputs: moved.inputs.map((input) => outside.get(input) ?? input), outputs });
      moved.outputs.forEach((output, position) => outside.set(output, outputs[position] as Variable)); // just made
    }
    const { constants } = loop.params;
    equations.push({
      ...loop,
      inputs: [
        ...loop.inputs.slice(0, constants),
        ...parts.crossing.map((value) => outside.get(value) ?? value),
        ...loop.inputs.slice(constants),
      ],
      params: { ...loop.params, constants: constants + parts.crossing.length, body: parts.body },
    });
  }
  return equations.every((equation, place) => equation === outer.equations[place])
    ? outer
    : { ...program, equations, outputs: program.outputs.map(read), variables };
};

interface ScanEquation extends Equation {
  readonly params: ScanParams;
}

const isScan = (equation: Equation): equation is ScanEquation =>
  equation.primitive === (scanPrimitive as Primitive);

/** A carry that each step hands on as it came is a constant, and its last value the first. */
const withConstantCarry = (equation: ScanEquation, replaced: Map<number, Value>): ScanEquation => {
  const { body, constants, carry } = equation.params;
  const isFixed = (place: number): boolean =>
    place < carry && body.outputs[place] === body.inputs[constants + place];
  const fixed = Array.from({ length: carry }, (_, place) => place).filter(isFixed);
  if (fixed.length === 0) return equation;
  for (const place of fixed) {
    const [output, start] = [equation.outputs[place], equation.inputs[constants + place]];
    if (output !== undefined && start !== undefined) replaced.set(output.index, start);
  }
  const ordered = <A>(inputs: readonly A[]): readonly A[] => [
    ...inputs.slice(0, constants),
    ...fixed.map((place) => inputs[constants + place] as A), // a place of the carry
    ...inputs.slice(constants).filter((_, place) => !isFixed(place)),
  ];
  const changing = <A>(outputs: readonly A[]): readonly A[] => outputs.filter((_, place) => !isFixed(place));
  return {
    ...equation,
    inputs: ordered(equation.inputs),
    outputs: changing(equation.outputs),
    params: {
      ...equation.params,
      body: { ...body, inputs: ordered(body.inputs), outputs: changing(body.outputs) },
      constants: constants + fixed.length,
      carry: carry - fixed.length,
    },
  };
};

interface Parts {
  /** The inputs of the body that are constants of the loop. */
  readonly constants: readonly Variable[];
  readonly moved: readonly Equation[];
  /** Results of moved equations that the rest of the body reads. */
  readonly crossing: readonly Variable[];
  /** The body without them. */
  readonly body: Program;
}

const split = ({ body, constants }: ScanParams): Parts => {
  const changing = new Set<Value>(body.inputs.slice(constants));
  const depends = (values: readonly Value[]): boolean => values.some((value) => changing.has(value));
  const fixed: Equation[] = [];
  for (const equation of body.equations) {
    if (depends(equation.inputs)) equation.outputs.forEach((output) => changing.add(output));
    else fixed.push(equation);
  }
  const moved = new Set<Equation>();
  const wanted = new Set<Value>();
  for (const equation of fixed.reverse()) {
    if (cheap.has(equation.primitive) && !equation.outputs.some((output) => wanted.has(output))) continue;
    moved.add(equation);
    equation.inputs.forEach((input) => wanted.add(input));
  }
  const rest = body.equations.filter((equation) => !moved.has(equation));
  const readInside = new Set<Value>([...rest.flatMap(({ inputs }) => inputs), ...body.outputs]);
  const movedInOrder = body.equations.filter((equation) => moved.has(equation));
  const crossing = movedInOrder.flatMap(({ outputs }) => outputs.filter((output) => readInside.has(output)));
  const own = body.inputs.slice(0, constants);
  return {
    constants: own,
    moved: movedInOrder,
    crossing,
    body: { ...body, equations: rest, inputs: [...own, ...crossing, ...body.inputs.slice(constants)] },
  };
};
