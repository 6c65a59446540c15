/** Forward mode of scan: one loop that carries primals and tangents together. */

import type { JvpRule } from "../program/primitive.js";
import { jvpProgram, no, present, reordered } from "./program-rules.js";
import { countOf, movingOf, range, tangentsOf, type Loop, type ScanParams } from "./scan-parts.js";

/** The scan that carries tangents beside the primals. */
export const jvpOfScan =
  (loop: Loop): JvpRule<ScanParams> =>
  (primals, tangents, params) => {
    const { body } = params;
    const { values, pushed, masks, carryMask, inputMask, outputMask, starts } = movingOf(
      primals,
      tangents,
      params,
      (of, inputs) => jvpProgram(of, inputs, no(of.outputs)).mask,
    );
    const forward = jvpProgram(body, inputMask, outputMask);
    const yMask = forward.mask.slice(params.carry);
    // Primals, then tangents: into constants, carry and xs with their tangents each.
    const [c, k, x] = [params.constants, params.carry, masks.xs.length];
    const [dc, dk, dx] = [countOf(masks.constants), countOf(carryMask), countOf(masks.xs)];
    const all = c + k + x;
    const inputOrder = [
      ...range(0, c),
      ...range(all, dc),
      ...range(c, k),
      ...range(all + dc, dk),
      ...range(c + k, x),
      ...range(all + dc + dk, dx),
    ];
    const y = yMask.length;
    const outputOrder = [
      ...range(0, k),
      ...range(k + y, dk),
      ...range(k, y),
      ...range(k + y + dk, countOf(yMask)),
    ];
    const results = loop(
      [
        ...values.constants,
        ...present(pushed.constants),
        ...values.carry,
        ...starts,
        ...values.xs,
        ...present(pushed.xs),
      ],
      {
        ...params,
        body: reordered(forward.program, inputOrder, outputOrder),
        constants: c + dc,
        carry: k + dk,
      },
    );
    return {
      primals: [...results.slice(0, k), ...results.slice(k + dk, k + dk + y)],
      tangents: tangentsOf(results.slice(k, k + dk), carryMask, results.slice(k + dk + y), yMask),
    };
  };
