/** The text of what a call throws, for snapshots. */

import { TensorError } from "@cotangent/core";

export const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (error instanceof TensorError) return error.toString();
    throw error;
  }
  throw new Error("nothing was thrown");
};
