/** Scan linearised: a loop of what is known, which stacks residuals, and a linear one. */

import { withoutDeadCode } from "../program/dead-code.js";
import type { JvpRule } from "../program/primitive.js";
import { isVariableOf, type Program } from "../program/program.js";
import { zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { chosen, no, nonZero, present, reordered, splitProgram, spread } from "./program-rules.js";
import { runProgram } from "./run-program.js";
import {
  carryWithTangent,
  countOf,
  partsOf,
  range,
  startingTangents,
  type Loop,
  type ScanParams,
} from "./scan-parts.js";

/** A scan linearised: one of what is known, which stacks residuals, and a linear one that reads them. */
export const splitScan =
  (loop: Loop): JvpRule<ScanParams> =>
  (primals, tangents, params) => {
    const { body } = params;
    const masks = partsOf(nonZero(tangents), params);
    const carryMask = carryWithTangent(masks, params);
    const { known, linear, mask } = splitProgram(
      body,
      [...masks.constants, ...carryMask, ...masks.xs],
      [...carryMask, ...no(body.outputs.slice(params.carry))],
    );
    // Residuals that no step changes are computed once, before the loop; the others are stacked.
    const count = body.outputs.length;
    const residuals = known.outputs.slice(count);
    const changing = changingIn(known, params.constants);
    const stacked = residuals.map(
      (residual) => isVariableOf(known, residual) && changing.has(residual.index),
    );
    const fixed = stacked.map((is) => !is);
    const values = partsOf(primals, params);
    const once = withoutDeadCode({
      ...known,
      inputs: known.inputs.slice(0, params.constants),
      outputs: chosen(residuals, fixed),
      equations: known.equations.filter(({ outputs }) => !outputs.some(({ index }) => changing.has(index))),
    });
    const invariants = runProgram(once, values.constants);
    const stepping = withoutDeadCode({
      ...known,
      outputs: [...known.outputs.slice(0, count), ...chosen(residuals, stacked)],
    });
    const results = loop(primals, { ...params, body: stepping });
    const pushed = partsOf(tangents, params);
    const yMask = mask.slice(params.carry);
    const dk = countOf(carryMask);
    const dc = countOf(masks.constants);
    // The linear part takes residuals, then tangents: into constants, carry and xs with what belongs to each.
    const places = range(0, residuals.length);
    const n = residuals.length;
    const order = [
      ...chosen(places, fixed),
      ...range(n, dc + dk),
      ...chosen(places, stacked),
      ...range(n + dc + dk, countOf(masks.xs)),
    ];
    const starts = startingTangents(values.carry, pushed.carry, carryMask);
    const outputs = mask.includes(true)
      ? loop(
          [
            ...invariants,
            ...present(pushed.constants),
            ...starts,
            ...results.slice(count),
            ...present(pushed.xs),
          ],
          {
            ...params,
            body: reordered(linear, order, range(0, countOf(mask))),
            constants: invariants.length + dc,
            carry: dk,
          },
        )
      : [];
    return {
      primals: results.slice(0, count),
      tangents: [
        ...spread<Value, Tangent>(outputs.slice(0, dk), carryMask, () => zero),
        ...spread<Value, Tangent>(outputs.slice(dk), yMask, () => zero),
      ],
    };
  };

/** The variables of a body that depend on the carry or a slice. */
const changingIn = (body: Program, constants: number): ReadonlySet<number> => {
  const changing = new Set(body.inputs.slice(constants).map(({ index }) => index));
  for (const { inputs, outputs } of body.equations) {
    if (inputs.some((input) => isVariableOf(body, input) && changing.has(input.index)))
      outputs.forEach(({ index }) => changing.add(index));
  }
  return changing;
};
