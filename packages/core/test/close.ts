/** Trees of float64 that are the same but for rounding. */

import { expect } from "vitest";
import { allClose } from "@cotangent/core/testing";

/** That they differ by less than 1e-11, relatively, or 1e-12. */
export const expectClose = (a: unknown, b: unknown): void => {
  expect(allClose(a, b, { rtol: 1e-11, atol: 1e-12 })).toBe(true);
};
