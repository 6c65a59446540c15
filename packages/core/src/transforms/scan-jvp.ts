/** Forward mode of scan: one loop that carries primals and tangents together. */

import type { JvpRule } from "../program/primitive.js";
import { zero, type Tangent } from "../program/symbolic-zero.js";
import type { Value } from "../tensor/value.js";
import { jvpProgram, no, nonZero, present, reordered, spread } from "./program-rules.js";
import {
  carryWithTangent,
  countOf,
  partsOf,
  range,
  startingTangents,
  type Loop,
  type ScanParams,
} from "./scan-parts.js";

/** The scan that carries tangents beside the primals. */
export const jvpOfScan =
  (loop: Loop): JvpRule<ScanParams> =>
  (primals, tangents, params) => {
    const { body } = params;
    const masks = partsOf(nonZero(tangents), params);
    const carryMask = carryWithTangent(masks, params);
    const inputs = [...masks.constants, ...carryMask, ...masks.xs];
    const forward = jvpProgram(body, inputs, [...carryMask, ...no(body.outputs.slice(params.carry))]);
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
    const values = partsOf(primals, params);
    const pushed = partsOf(tangents, params);
    const starts = startingTangents(values.carry, pushed.carry, carryMask);
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
      tangents: [
        ...spread<Value, Tangent>(results.slice(k, k + dk), carryMask, () => zero),
        ...spread<Value, Tangent>(results.slice(k + dk + y), yMask, () => zero),
      ],
    };
  };
