/** What a call throws. */

import { TensorError } from "@cotangent/core";

/** The error that a call throws. */
export const errorOf = (call: () => unknown): TensorError => {
  try {
    call();
  } catch (error) {
    if (error instanceof TensorError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

/** Its text, for snapshots. */
export const messageOf = (call: () => unknown): string => errorOf(call).toString();
