/** The missing name behind an error, also when the library wrapped it in one of its own. */

import { MissingName } from "./names.js";

export const missingIn = (error: unknown): string | undefined => {
  if (error instanceof MissingName) return error.publicName;
  return error instanceof Error && error.cause !== undefined ? missingIn(error.cause) : undefined;
};
