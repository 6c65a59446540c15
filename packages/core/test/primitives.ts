/**
 * Every record of a primitive: those that modules of src/primitives, src/transforms and others export, as such or carried by a
 * function. Nothing is named by hand.
 */

import type { Primitive } from "../src/program/primitive.js";
import { recordOf } from "../src/testing/laws/subject.js";

declare global {
  interface ImportMeta {
    /** Vite's: modules whose paths match the patterns. */
    glob(
      patterns: readonly string[],
      options: { readonly eager: true },
    ): Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
}

const modules = import.meta.glob(
  ["../src/{primitives,transforms,ops,compile,random}/*.ts", "!../src/**/*.test.ts"],
  {
    eager: true,
  },
);

/** The records, each once. */
export const primitives: readonly Primitive[] = [
  ...new Set(
    Object.values(modules)
      .flatMap((exported) => Object.values(exported))
      .map(recordOf)
      .filter((record) => record !== undefined),
  ),
];
