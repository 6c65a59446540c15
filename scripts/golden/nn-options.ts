/** Options of layers, activations and losses: known names only, tensors among them made. */

import { optionNames } from "./api.js";
import type { Context } from "./context.js";
import { BadCase, mapRecord, withNumbers, type Json, type JsonRecord } from "./json.js";
import { flatIn, optionsIn } from "./precision.js";
import { isTensorJson, readTensor } from "./tensor-json.js";
import { toTensor } from "./values.js";

export const nnOptions = (options: JsonRecord, context: Context): { readonly [name: string]: unknown } => {
  const unknown = Object.keys(options).filter((name) => !optionNames.includes(name));
  if (unknown.length > 0) throw new BadCase(`unknown option ${unknown.join(", ")}`);
  return mapRecord(options, (json) => optionOf(json, context));
};

const optionOf = (json: Json, context: Context): unknown =>
  isTensorJson(json)
    ? toTensor(context.library, flatIn(readTensor(json, "an option"), context.precision))
    : optionsIn(withNumbers(json), context.precision);

/** Options as the last argument, left out where there are none. */
export const optionalArgument = (options: { readonly [name: string]: unknown }): readonly unknown[] =>
  Object.keys(options).length === 0 ? [] : [options];
