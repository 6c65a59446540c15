/** Scan linearised: a loop of what is known, which stacks residuals, and a linear one. */

import { neededCode, withoutDeadCode } from "../program/dead-code.js";
import type { JvpRule } from "../program/primitive.js";
import { isVariableOf, type Program } from "../program/program.js";
import { chosen, no, present, reordered, splitProgram } from "./program-rules.js";
import { runProgram } from "./run-program.js";
import { countOf, movingOf, range, tangentsOf, type Loop, type ScanParams } from "./scan-parts.js";

/** A scan linearised: one of what is known, which stacks residuals, and a linear one that reads them. */
export const splitScan =
  (loop: Loop): JvpRule<ScanParams> =>
  (primals, tangents, params) => {
    const { body } = params;
    const { values, pushed, masks, carryMask, inputMask, outputMask, starts } = movingOf(
      primals,
      tangents,
      params,
      (of, inputs) => splitProgram(of, inputs, no(of.outputs)).mask,
    );
    const { known, linear, mask } = splitProgram(body, inputMask, outputMask);
    // Residuals that no step changes are computed once, before the loop; the others are stacked.
    const count = body.outputs.length;
    const residuals = known.outputs.slice(count);
    const changing = changingIn(known, params.constants);
    const stacked = residuals.map(
      (residual) => isVariableOf(known, residual) && changing.has(residual.index),
    );
    const fixed = stacked.map((is) => !is);
    const once = neededCode({
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
      tangents: tangentsOf(outputs.slice(0, dk), carryMask, outputs.slice(dk), yMask),
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
