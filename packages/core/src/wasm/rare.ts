/** What is rare, behind a test of four lanes. */

import { after, when } from "./control.js";
import { local, type Expression } from "./expression.js";
import { i32x4, v128 } from "./simd.js";

type Vector = Expression<"v128">;

/**
 * A value, or in its place the other if a lane of `measure`, which is read behind the value, is above `limit`, as signed numbers of 32 bits.
 * That is better than a choice where it is rare; loops in stages test many elements at once (`stages.ts`).
 */
export const unlessAbove = (measure: Vector, limit: number, usual: Vector, other: Vector): Vector => {
  const result = local("v128");
  const most = i32x4.const(limit);
  const { code: whole } = when(v128.anyTrue(i32x4.gtS(measure, most)), [result.set(other)]);
  const rare = { kind: "rare", measure: measure.code, limit: most.code, whole } as const;
  return after([result.set(usual), { type: "void", code: rare }], result);
};
