/** Scan under vmap: one loop whose steps take the whole batch. */

import { moveAxisTo } from "../primitives/reshape.js";
import { batchFront } from "../primitives/sum-broadcast.js";
import type { BatchRule } from "../program/primitive.js";
import { batchedProgram, fixedPoint, no } from "./program-rules.js";
import { partsOf, type Loop, type ScanParams } from "./scan-parts.js";

/** The scan of all rows of a batch at once. */
export const batchScan =
  (loop: Loop): BatchRule<ScanParams> =>
  (operands, batched, size, params) => {
    const { body } = params;
    const masks = partsOf(batched, params);
    const ys = body.outputs.slice(params.carry);
    const carryMask = fixedPoint(masks.carry, (mask) =>
      batchedProgram(body, [...masks.constants, ...mask, ...masks.xs], size, no(body.outputs)).mask.slice(
        0,
        params.carry,
      ),
    );
    const mapped = batchedProgram(body, [...masks.constants, ...carryMask, ...masks.xs], size, [
      ...carryMask,
      ...no(ys),
    ]);
    const parts = partsOf(operands, params);
    const results = loop(
      [
        ...parts.constants,
        ...parts.carry.map((value, index) =>
          carryMask[index] === true && masks.carry[index] !== true ? batchFront(value, false, size) : value,
        ),
        ...parts.xs.map((value, index) => (masks.xs[index] === true ? moveAxisTo(value, 0, 1) : value)),
      ],
      { ...params, body: mapped.program },
    );
    return {
      outputs: results.map((value, index) =>
        index >= params.carry && mapped.mask[index] === true ? moveAxisTo(value, 1, 0) : value,
      ),
      batched: mapped.mask,
    };
  };
