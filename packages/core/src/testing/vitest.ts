/** Matchers and helpers for vitest: loads vitest, which `/testing` does not. */

import { describe, expect, it } from "vitest";
import { explainDifference, type CloseOptions } from "./all-close.js";
import { equalityTesters } from "./equality-testers.js";
import { laws } from "./laws.js";
import type { LawOptions } from "./laws/law.js";
import type { Operation, SubjectOptions } from "./laws/subject.js";
import { optionsOf } from "../trace/options.js";

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an interface is declared again with the parameters that it has
  interface Matchers<T = any> {
    /** The numbers of two trees of tensors are close: see `allClose`. */
    toBeAllClose: (expected: unknown, options?: CloseOptions) => T;
  }
}

/**
 * What vitest's `expect.extend` takes: `toBeAllClose(expected, { rtol, atol, equalNan })`, which holds where `allClose`
 * does.
 *
 * @example
 * ```ts
 * import { tensor } from "@cotangent/core";
 * import { matchers } from "@cotangent/core/testing/vitest";
 *
 * matchers.toBeAllClose(tensor([1, 2]), [1, 2]).pass; // true
 * ```
 */
export const matchers = {
  toBeAllClose: (received: unknown, expected: unknown, options?: CloseOptions) => {
    const difference = explainDifference(received, expected, options);
    return {
      pass: difference === undefined,
      message: () =>
        difference === undefined
          ? "expected the trees not to be close"
          : `expected the trees to be close, but ${difference}`,
    };
  },
};

/**
 * Adds the matchers to `expect`, and lets `toEqual` compare tensors by value, views too: for a setup file, or the head of a test file.
 *
 * @example
 * ```ts
 * import { installMatchers } from "@cotangent/core/testing/vitest";
 *
 * installMatchers(); // expect(x).toBeAllClose([1, 2]), expect(x).toEqual(tensor([1, 2]))
 * ```
 */
export const installMatchers = (): void => {
  expect.extend(matchers);
  expect.addEqualityTesters([...equalityTesters]);
};

/**
 * Declares one vitest test a law of an operation, in a `describe` of its name: see `laws`.
 *
 * `{ numRuns, seed }` say how each law is tried, the others are those of `laws`: `samples` of a function that is no
 * primitive, its `name`, and the `backend` of the law of `jit`.
 *
 * @throws TensorError when an option is unknown, or the operation is no primitive and no samples are given.
 * @example
 * ```ts
 * import { sin } from "@cotangent/core";
 * import { testLaws } from "@cotangent/core/testing/vitest";
 *
 * const declare = () => testLaws(sin, { numRuns: 20 }); // at the top of a test file: testLaws(sin, { numRuns: 20 })
 * ```
 */
export const testLaws = (operation: Operation, options?: SubjectOptions & LawOptions): void => {
  const { numRuns, seed, ...subject } = optionsOf("testLaws", options, [
    "samples",
    "backend",
    "name",
    "numRuns",
    "seed",
  ]);
  const found = laws(operation, subject);
  describe(found[0]?.operation ?? "laws", () => {
    for (const law of found) {
      it(law.name, () => {
        law.check({ ...(numRuns === undefined ? {} : { numRuns }), ...(seed === undefined ? {} : { seed }) });
      });
    }
  });
};
