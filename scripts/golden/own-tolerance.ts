/** A case's own tolerance goes before the table's. */

import type { Closeness } from "./compare.js";
import { asNumber, type JsonRecord } from "./json.js";
import type { Precision } from "./precision.js";

/** The table's tolerance for the precision, or the case's own: in float32 the larger of both. */
export const toleranceOf = (
  record: JsonRecord,
  precision: Precision,
  table: { readonly [P in Precision]: number },
): Closeness => {
  const own = "tolerance" in record ? asNumber(record["tolerance"], "tolerance") : undefined;
  return { tolerance: precision === "float64" ? (own ?? table.float64) : Math.max(own ?? 0, table.float32) };
};
