/** Data in a few words, for errors. */

import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";

/** Numbers, strings and the like as JSON writes them; lists and objects by what they hold. */
export const showJson = (value: unknown): string => {
  if (Array.isArray(value)) {
    const isShort =
      value.length > 0 && value.length <= 8 && value.every((element) => typeof element === "number");
    return isShort
      ? `[${value.join(", ")}]`
      : value.length === 0
        ? "an empty list"
        : `a list of ${value.length}`;
  }
  if (typeof value === "object" && value !== null && !(value instanceof Value) && !("then" in value)) {
    const keys = Object.keys(value);
    return keys.length === 0
      ? "an empty object"
      : `an object with ${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", …" : ""}`;
  }
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "boolean") return String(value);
  return value === undefined ? "nothing" : describe(value);
};
