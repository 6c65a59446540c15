/** The state that `update` is given, seen to be one of this optimiser. */

import { isTensor, TensorError } from "@cotangent/core";
import type { Count } from "./schedule.js";

/** What a state of trees looks like from outside. */
export type Trees<K extends string> = { readonly step: Count } & { readonly [_ in K]: unknown };

/** @throws TensorError when the state lacks its count or one of its trees. */
export const asState = <K extends string>(
  operation: string,
  state: unknown,
  trees: readonly K[],
): Trees<K> => {
  const isState =
    typeof state === "object" &&
    state !== null &&
    "step" in state &&
    isTensor(state.step) &&
    trees.every((name) => name in state);
  if (isState) return state as Trees<K>; // just looked at
  throw new TensorError({
    kind: "TreeMismatch",
    operation,
    problem: `this is no state of ${operation}`,
    found: [
      ["expected", `{ step, ${trees.join(", ")} }`],
      ["got", typeof state === "object" && state !== null ? showKeys(state) : typeof state],
    ],
    fix: "give what init or the last update gave",
  });
};

const showKeys = (state: object): string => {
  const keys = Object.keys(state).join(", ");
  return keys === "" ? "{}" : `{ ${keys} }`;
};
