/** What is rare, behind a test of four lanes. */

import { after, when } from "./control.js";
import { local, type Expression, type Statement } from "./expression.js";
import { i32x4, v128 } from "./simd.js";

type Vector = Expression<"v128">;

/**
 * Statements behind others, in whose place they may be, if a lane of `measure` is above `limit`, as signed numbers of 32 bits. Loops in
 * stages test many elements at once (`strips.ts`).
 */
export const whenAbove = (measure: Vector, limit: number, then: readonly Statement[]): Statement => {
  const most = i32x4.const(limit);
  const { code: whole } = when(v128.anyTrue(i32x4.gtS(measure, most)), then);
  return { type: "void", code: { kind: "rare", measure: measure.code, limit: most.code, whole } };
};

/** A value, or in its place the other if a lane of `measure`, which is read behind the value, is above `limit`. That is better than a choice where it is rare. */
export const unlessAbove = (measure: Vector, limit: number, usual: Vector, other: Vector): Vector => {
  const result = local("v128");
  return after([result.set(usual), whenAbove(measure, limit, [result.set(other)])], result);
};
