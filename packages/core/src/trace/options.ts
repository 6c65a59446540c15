/** The options of a call: an object of known names, where a misspelt one is not lost. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { nearest } from "../errors/nearest.js";
import { Value } from "../tensor/value.js";
import { describe } from "./operands.js";

const none = {};

/**
 * The options of an operation, whose values its declaration has typed; none if they are left out.
 *
 * @throws TensorError when they are no object, or have a name that is not among the known ones.
 * @example
 * ```ts
 * import { optionsOf } from "@cotangent/core";
 *
 * const scaled = (options?: { readonly factor?: number }): number => {
 *   const { factor = 1 } = optionsOf("scaled", options, ["factor"]);
 *   return factor;
 * };
 * scaled({ factor: 2 }); // 2
 * ```
 */
export const optionsOf = <T extends object>(
  operation: string,
  options: T | undefined,
  known: readonly (keyof T & string)[],
): Partial<T> => {
  if (options === undefined) return none;
  if (!isPlain(options)) throw noObject(operation, options, known);
  const names: readonly string[] = known;
  for (const name of Object.keys(options))
    if (!names.includes(name)) throw unknownOption(operation, name, known);
  return options;
};

/** Whether it is an object, and neither a list nor a tensor. */
const isPlain = (options: unknown): boolean =>
  typeof options === "object" && options !== null && !Array.isArray(options) && !(options instanceof Value);

const noObject = (operation: string, options: unknown, known: readonly string[]): TensorError =>
  tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "options are one object, and come last",
    found: [...listOf(known), ["got", describe(options)]],
    fix: known[0] === undefined ? "leave them out: there are none" : `write { ${known[0]}: … }`,
  });

const unknownOption = (operation: string, name: string, known: readonly string[]): TensorError => {
  const meant = nearest(name, known);
  return tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `there is no option ${name}`,
    found: listOf(known),
    fix: meant === undefined ? `leave ${name} out` : `did you mean ${meant}?`,
  });
};

const listOf = (known: readonly string[]): readonly (readonly [string, string])[] =>
  known.length === 0 ? [] : [["known", known.join(", ")]];
