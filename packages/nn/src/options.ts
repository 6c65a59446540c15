/** Options given in code: what the compiler refuses is refused at run time too. */

import { TensorError } from "@cotangent/core";

/** Refuses names that an operation does not know. */
export const checkKnown = (operation: string, options: object, known: readonly string[]): void => {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new TensorError({
    kind: "InvalidArgument",
    operation,
    problem: `there is no option ${unknown.join(", ")}`,
    found: [["known", known.join(", ")]],
    fix: "mind the spelling: options are in camelCase",
  });
};
