/** The running sum: linear, its adjoint runs the other way. */

import { right } from "../errors/either.js";
import { cumulate } from "../kernels/cumulate.js";
import type { Primitive } from "../program/primitive.js";
import { numeric } from "../program/samples.js";
import type { Value } from "../tensor/value.js";
import { apply, linear } from "./define.js";

/** The axis along which it runs, and whether from its end. */
export interface CumulativeParams {
  readonly axis: number;
  readonly reverse: boolean;
}

/** yᵢ = Σ xⱼ over j ≤ i, or over j ≥ i in reverse: each is the other's adjoint. */
export const cumSumPrimitive: Primitive<CumulativeParams> = /* @__PURE__ */ linear({
  name: "cumSum",
  shape: ([x]) => right(x),
  evaluate: ([x], { axis, reverse }) => cumulate(x, axis, reverse, (total, element) => total + element),
  transpose: (cotangent, _operands, _linear, { axis, reverse }) => [cumSumAlong(cotangent, axis, !reverse)],
  batch: ([x], _batched, _size, { axis, reverse }) => cumSumAlong(x, axis + 1, reverse),
  lower: { kind: "cumulate" },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: numeric,
    cases: [
      { shapes: [[4]], params: { axis: 0, reverse: false } },
      { shapes: [[2, 3]], params: { axis: 1, reverse: true } },
      { shapes: [[3, 2]], params: { axis: 0, reverse: false } },
      { shapes: [[0]], params: { axis: 0, reverse: false } },
    ],
  },
});

/** The sums of the elements up to (or from) each place along an axis. */
export const cumSumAlong = (x: Value, axis: number, reverse: boolean): Value =>
  apply(cumSumPrimitive, [x], { axis, reverse });
