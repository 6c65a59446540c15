/** Which outputs of a loop's body something needs. */

import type { Value } from "../tensor/value.js";
import { isVariableOf, type Equation, type Program } from "./program.js";
import { mayRefuse } from "./refusal.js";

/** A loop: its body is from the constants, the carry, and what else each step is given, to the next carry, and what else it gives. */
export interface Loop {
  readonly body: Program;
  readonly constants: number;
  readonly carry: number;
}

/** The outputs of the body that are read outside or, by way of what is carried, by one that is, or by what may refuse. */
export const carriedOutputs = (
  { body, constants, carry }: Loop,
  read: readonly boolean[],
): readonly boolean[] => {
  const kept = [...read];
  const givenBy = new Map(
    body.equations.flatMap((equation) => equation.outputs.map(({ index }) => [index, equation] as const)),
  );
  const carried = new Map(
    body.inputs.slice(constants, constants + carry).map(({ index }, place) => [index, place]),
  );
  const seen = new Set<Equation>(body.equations.filter(mayRefuse));
  const open: Value[] = [
    ...body.outputs.filter((_, place) => read[place] === true),
    ...[...seen].flatMap(({ inputs }) => inputs),
  ];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!isVariableOf(body, value)) continue;
    const place = carried.get(value.index);
    const output = place === undefined ? undefined : body.outputs[place];
    if (place !== undefined && output !== undefined && kept[place] !== true) {
      kept[place] = true;
      open.push(output);
    }
    const equation = givenBy.get(value.index);
    if (equation === undefined || seen.has(equation)) continue;
    seen.add(equation);
    open.push(...equation.inputs);
  }
  return kept;
};
