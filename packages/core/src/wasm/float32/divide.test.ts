import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engine } from "../../../test/host-engine.js";
import { local } from "../expression.js";
import { procedure } from "../function.js";
import { assemble } from "../module.js";
import { v128 } from "../simd.js";
import { byReciprocal, reciprocal } from "./divide.js";

const divide = (() => {
  const [at, inverse] = [local("i32"), local("v128")];
  const body = [
    inverse.set(reciprocal(v128.load32Splat(at, 16))),
    v128.store(at, byReciprocal(v128.load(at), inverse)),
  ];
  const { bytes } = assemble({
    memory: { from: "host", name: "memory", pages: 1 },
    exports: { divide: procedure("divide", [at], body) },
  });
  const memory = new engine.Memory({ initial: 1 });
  const instance = new engine.Instance(new engine.Module(bytes), { host: { memory } });
  const { divide: run } = instance.exports as { readonly divide: (at: number) => void }; // as it is exported
  const numbers = new Float32Array(memory.buffer);
  return (x: readonly number[], y: number): readonly number[] => {
    numbers.set([...x, y]);
    run(0);
    return [...numbers.subarray(0, 4)];
  };
})();

const smallest = 2 ** -149;
const smallestNormal = 2 ** -126;

describe("a quotient by a reciprocal", () => {
  /** Any bits, and numbers near each other, whose quotients are near 1. */
  const bits = fc
    .integer({ min: 0, max: 2 ** 32 - 1 })
    .map((word) => new Float32Array(Uint32Array.of(word).buffer)[0] ?? 0);
  const near = fc.integer({ min: 2 ** 23, max: 2 ** 24 - 1 });
  const special = fc.constantFrom(
    0,
    -0,
    1,
    3,
    -7,
    Infinity,
    -Infinity,
    NaN,
    smallest,
    2 ** -126,
    3.4028234663852886e38,
  );
  const number = fc.oneof(bits, near, special);

  it("is what division gives, but for a neighbour where it is subnormal", () => {
    fc.assert(
      fc.property(fc.tuple(number, number, number, number), number, (x, y) => {
        divide(x, y).forEach((quotient, lane) => {
          const exact = Math.fround(Math.fround(x[lane] ?? 0) / Math.fround(y));
          if (Math.abs(exact) >= smallestNormal || !Number.isFinite(exact)) expect(quotient).toBe(exact);
          else expect(Math.abs(quotient - exact)).toBeLessThanOrEqual(smallest);
        });
      }),
      { numRuns: 5000 },
    );
  });

  it("is exact where a quotient is", () => {
    for (let y = 1; y < 300; y++) expect(divide([y, 7 * y, -30 * y, 0], y)).toEqual([1, 7, -30, 0]);
  });
});
