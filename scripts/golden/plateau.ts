/** `reduceOnPlateau`: the rate after each value that it sees, from what it makes of an update of 1. */

import type { Context } from "./context.js";
import type { JsonRecord } from "./json.js";
import { optimiserOf } from "./optimisers.js";
import { entryOf, fromNumber, toTensor } from "./values.js";

export const plateauRates = (
  options: JsonRecord,
  values: readonly number[],
  context: Context,
): readonly number[] => {
  const one = (): unknown => ({
    rate: toTensor(context.library, { shape: [], dtype: context.precision, data: [1] }),
  });
  const { init, update } = optimiserOf("reduceOnPlateau", options, context);
  const params = one();
  return values.reduce<{ readonly state: unknown; readonly rates: readonly number[] }>(
    ({ state, rates }, value) => {
      const [updates, next] = update(one(), state, params, { value });
      const rate = fromNumber(context.library, entryOf(updates, "rate", "the updates"), "the rate");
      return { state: next, rates: [...rates, rate] };
    },
    { state: init(params), rates: [] },
  ).rates;
};
