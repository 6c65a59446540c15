/** control.json: control flow by formula, its outputs and derivatives as in ops/. */

import { sharedFields, type RunCase } from "./context.js";
import { checkDifferentiated, differentiatedFields, readDifferentiated } from "./derivatives.js";
import { control } from "./functions/control.js";
import { BadCase, asString, checkFields } from "./json.js";
import { toleranceOf } from "./own-tolerance.js";

export const runControl: RunCase = (record, context) => {
  checkFields(record, [...sharedFields, ...differentiatedFields, "function", "operation", "formula"]);
  const name = asString(record["function"], "function");
  const golden = control[name];
  if (golden === undefined || golden.operation !== record["operation"])
    throw new BadCase(`unknown function ${name} by ${asString(record["operation"], "operation")}`);
  const expected = readDifferentiated(record, context);
  if (expected.inputs.length !== golden.arity)
    throw new BadCase(`${name} takes ${String(golden.arity)} inputs, not ${String(expected.inputs.length)}`);
  const closeness = toleranceOf(record, context.precision, { float64: 1e-10, float32: 1e-4 });
  checkDifferentiated((inputs) => golden.run(context, inputs), expected, context, closeness);
};
