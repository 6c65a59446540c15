/** Forward mode of whileLoop: one loop that carries primals and tangents together. */

import { fill } from "../primitives/define.js";
import type { JvpRule } from "../program/primitive.js";
import type { Program } from "../program/program.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import {
  chosen,
  fixedPoint,
  jvpProgram,
  no,
  nonZero,
  present,
  reordered,
  spread,
  stageLeaves,
} from "./program-rules.js";
import { runProgram } from "./run-program.js";
import { countOf, range } from "./scan-parts.js";

export interface WhileParams {
  /** Both from the constants and the carry: to a bool scalar, and to the carry. */
  readonly condition: Program;
  readonly body: Program;
  readonly constants: number;
}

/** An application of whileLoop: its rules make loops of other bodies. */
type Loop = (inputs: readonly Value[], params: WhileParams) => readonly Value[];

/** The loop that carries tangents beside the primals. */
export const jvpOfWhile =
  (loop: Loop): JvpRule<WhileParams> =>
  (primals, tangents, { condition, body, constants }) => {
    const fixedMask = nonZero(tangents.slice(0, constants));
    const start = tangents.slice(constants);
    const mask = fixedPoint(
      nonZero(start),
      (carry) => jvpProgram(body, [...fixedMask, ...carry], no(body.outputs)).mask,
    );
    const forward = jvpProgram(body, [...fixedMask, ...mask], mask);
    const [c, k] = [constants, body.outputs.length];
    const [dc, dk] = [countOf(fixedMask), countOf(mask)];
    const moved = chosen(
      start.map((tangent, index) => (isZero(tangent) ? fill(0, primals[c + index] as Value) : tangent)),
      mask,
    );
    // The condition reads the primals among what is now carried.
    const watching = stageLeaves(
      "jvp",
      [
        ...forward.program.inputs.slice(0, c),
        ...range(0, dc).map((i) => forward.program.inputs[c + k + i] as Value),
        ...forward.program.inputs.slice(c, c + k),
        ...range(0, dk).map((i) => forward.program.inputs[c + k + dc + i] as Value),
      ],
      (leaves) => runProgram(condition, [...leaves.slice(0, c), ...leaves.slice(c + dc, c + dc + k)]),
    );
    const stepping = reordered(
      forward.program,
      [...range(0, c), ...range(c + k, dc), ...range(c, k), ...range(c + k + dc, dk)],
      range(0, k + dk),
    );
    const results = loop(
      [...primals.slice(0, c), ...present(tangents.slice(0, c)), ...primals.slice(c), ...moved],
      {
        condition: watching,
        body: stepping,
        constants: c + dc,
      },
    );
    return {
      primals: results.slice(0, k),
      tangents: spread<Value, Tangent>(results.slice(k), mask, () => zero),
    };
  };
