/** Random programs, compiled: what the interpreter gives. 2,000 of them with COTANGENT_LONG=1. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraries } from "@cotangent/core/testing";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { compareCompiled, type Comparison } from "./compiled-as-interpreted.js";

const isLong = process.env["COTANGENT_LONG"] === "1";

describe("a compiled program gives what the interpreter gives", () => {
  it.each([
    { maxSize: 7, count: isLong ? 800 : 120 },
    { maxSize: 30, count: isLong ? 800 : 120 },
    { maxSize: 200, count: isLong ? 400 : 60 },
  ])(
    "with values of up to $maxSize elements",
    ({ maxSize, count }) => {
      const found: Record<Comparison, number> = { compared: 0, empty: 0, undecided: 0 };
      // Programs that rounding decides are drawn again.
      for (let seed = maxSize; found.compared < count; seed += 1000) {
        expect(seed).toBeLessThan(maxSize + 20_000);
        fc.assert(
          fc.property(arbitraries.programs({ maxSize }), ({ program, args }) => {
            found[compareCompiled(program, args as readonly unknown[] as readonly ArrayTensor[])]++;
          }),
          { numRuns: count, seed },
        );
      }
      expect(found.compared).toBeGreaterThanOrEqual(count);
    },
    isLong ? 900_000 : 60_000,
  );
});
