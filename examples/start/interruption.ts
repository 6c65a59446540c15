/** Ctrl-C, as a signal that a loop looks at between two steps. */

import process from "node:process";

/** A signal that is aborted by the first Ctrl-C; a second one ends the program at once, as always. */
export const interruption = (): AbortSignal => {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort();
  });
  return controller.signal;
};
