/** float32 elementwise functions are within 2 units in the last place of float64's (4 for a few), eager. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { primitives } from "../../test/primitives.js";
import { nextAfter32 } from "../kernels/special/next-after.js";
import { includesKind, kindsOf, rangeOf, widened, type Kind } from "../testing/laws/kind.js";
import { elementsOf } from "../testing/elements-of.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import type { Primitive } from "../program/primitive.js";
import { right } from "../errors/either.js";

/** Whose bound is 4 units; near their zeros it is absolute. */
const coarse = ["lgamma", "digamma", "polygamma", "erfInv", "pow"];

/** Vectors and scalars of float32 that float64 has too. */
const scalars = (primitive: Primitive): readonly Kind[] => {
  const kinds = kindsOf(primitive.samples);
  return kinds.filter(
    (kind) =>
      kind.operands.length > 0 &&
      kind.operands.every(({ dtype, shape }) => dtype === "float32" && shape.length <= 1) &&
      includesKind(kinds, widened(kind)),
  );
};

const call = (
  primitive: Primitive,
  operands: readonly ArrayTensor[],
  params: unknown,
): ArrayTensor | undefined => {
  const avals = primitive.shape(operands, params);
  return avals._tag === "Right" ? primitive.evaluate(operands, params, avals.right)[0] : undefined;
};

const isElementwise = (primitive: Primitive): boolean => {
  const aval = { shape: [7], dtype: "float32" } as const;
  return scalars(primitive).some(({ operands, params }) => {
    const shape = primitive.shape(
      operands.map(() => aval),
      params,
    );
    return JSON.stringify(shape) === JSON.stringify(right([aval]));
  });
};

/** The distance to a number in units in the last place of float32 there. */
const units = (single: number, exact: number): number => {
  const rounded = Math.fround(exact);
  const unit = Math.abs(nextAfter32(rounded, Infinity) - rounded);
  return Number.isFinite(exact) ? Math.abs(single - exact) / unit : Object.is(single, rounded) ? 0 : Infinity;
};

const functions = primitives.filter(isElementwise);

describe("float32", () => {
  it("has elementwise functions to look at", () => {
    expect(functions.length).toBeGreaterThan(40);
  });

  it.each(functions.map((primitive) => [primitive.name, primitive] as const))("%s", (name, primitive) => {
    const allowed = coarse.includes(name) ? 4 : 2;
    for (const kind of scalars(primitive).slice(-2)) {
      const operand = (index: number) => {
        const { domain } = kind.operands[index] ?? { domain: { min: 0, max: 1 } };
        const { first, last, step } = rangeOf(
          kind.operands[index] ?? { shape: [], dtype: "float32", domain },
        );
        return fc.double({ min: first * step, max: last * step, noNaN: true }).map(Math.fround);
      };
      const shape = [1];
      fc.assert(
        fc.property(fc.tuple(...kind.operands.map((_, index) => operand(index))), (elements) => {
          const single = call(
            primitive,
            elements.map((x) => contiguousTensor(Float32Array.of(x), shape, "float32")),
            kind.params,
          );
          const double = call(
            primitive,
            elements.map((x) => contiguousTensor(Float64Array.of(x), shape, "float64")),
            kind.params,
          );
          if (single === undefined || double === undefined) throw new Error(`${name} does not take a vector`);
          const [[got = NaN], [exact = NaN]] = [elementsOf(single), elementsOf(double)];
          if (coarse.includes(name) && Math.abs(got - exact) < 1e-6) return;
          expect(units(got, exact)).toBeLessThanOrEqual(allowed);
        }),
        { seed: 5, numRuns: 200 },
      );
    }
  });
});
