/** The float32 run of cases that are written in float64: values, dtypes and options converted. */

import { isList, isRecord, mapRecord, type Json } from "./json.js";
import type { Flat } from "./tensor-json.js";

export type Precision = "float64" | "float32";

/** The tensor in the precision of the run. */
export const flatIn = (flat: Flat, precision: Precision): Flat =>
  flat.dtype === "float64" && precision === "float32"
    ? { shape: flat.shape, dtype: "float32", data: flat.data.map(Math.fround) }
    : flat;

/** Options and parameters in the precision of the run: a dtype "float64" among them is the run's. */
export const optionsIn = (json: Json, precision: Precision): Json => {
  if (isList(json)) return json.map((element) => optionsIn(element, precision));
  if (isRecord(json)) return mapRecord(json, (value) => optionsIn(value, precision));
  return json === "float64" ? precision : json;
};
