/** Cases that must throw. */

import { Mismatch } from "./compare.js";
import { BadCase } from "./json.js";
import { missingIn } from "./missing.js";

/** @throws Mismatch when the thunk returns; what the library does not have yet stays missing. */
export const expectThrow = (thunk: () => unknown): void => {
  try {
    thunk();
  } catch (error) {
    if (error instanceof BadCase || missingIn(error) !== undefined) throw error;
    return;
  }
  throw new Mismatch("expected an error, but the call returned");
};
