/** The loop with a known number of steps: a carry that goes from step to step, slices in, slices out. */

import { right } from "../errors/either.js";
import { add } from "../primitives/additive.js";
import { mul } from "../primitives/multiplicative.js";
import { sin } from "../primitives/trigonometry.js";
import type { Primitive } from "../program/primitive.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { asTensor } from "../trace/operands.js";
import { stageLeaves } from "./program-rules.js";
import { batchScan } from "./scan-batch.js";
import { jvpOfScan } from "./scan-jvp.js";
import type { Loop, ScanParams } from "./scan-parts.js";
import { splitScan } from "./scan-split.js";
import { runSteps } from "./scan-steps.js";
import { transposeScan } from "./scan-transpose.js";

export type { ScanParams } from "./scan-parts.js";

/** Its rules make scans of other bodies. */
const loop: Loop = (inputs, params) => bind(scanPrimitive, inputs, params);

/** The loop over rows that carries values from step to step and stacks others. */
export const scanPrimitive: Primitive<ScanParams> = {
  name: "scan",
  shape: (_inputs, { body, length, carry }) =>
    right(
      body.outputs.map(({ shape, dtype }, index) => ({
        shape: index < carry ? shape : [length, ...shape],
        dtype,
      })),
    ),
  evaluate: runSteps,
  jvp: /* @__PURE__ */ jvpOfScan(loop),
  split: /* @__PURE__ */ splitScan(loop),
  transpose: /* @__PURE__ */ transposeScan(loop),
  batch: /* @__PURE__ */ batchScan(loop),
  lower: { kind: "scan" },
  get samples() {
    const vector = { shape: [2], dtype: "float64" } as const;
    // c ← c sin(a) + x, y = c a
    const body = stageLeaves("samples", [vector, vector, vector], ([a, c, x]) => {
      const next = asTensor("scan", add(mul(c as Value, sin(a as Value)), x as Value));
      return [next, asTensor("scan", mul(next, a as Value))];
    });
    const params = { body, length: 3, reverse: false, constants: 1, carry: 1 };
    return {
      operands: [{ min: -1, max: 1 }],
      dtypes: [["float64"]] as const,
      cases: [
        { shapes: [[2], [2], [3, 2]], params },
        { shapes: [[2], [2], [3, 2]], params: { ...params, reverse: true } },
        { shapes: [[2], [2], [0, 2]], params: { ...params, length: 0 } },
      ],
    };
  },
};
