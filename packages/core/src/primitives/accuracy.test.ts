/** float32 elementwise functions are within 2 units in the last place of float64's (4 for a few), eager. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { primitives } from "../../test/primitives.js";
import { nextAfter32 } from "../kernels/special/next-after.js";
import { includesKind, kindsOf, rangeOf, widened, type Kind } from "../testing/laws/kind.js";
import { elementsOf } from "../testing/elements-of.js";
import { allocate } from "../tensor/dtype.js";
import { sameAval, sizeOfShape } from "../tensor/shape.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import type { Primitive } from "../program/primitive.js";

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

/** One shape for all operands and the result. */
const isElementwise = (primitive: Primitive): boolean =>
  scalars(primitive).some(({ operands, params }) => {
    const shapes = primitive.shape(operands, params);
    const output = shapes._tag === "Right" ? shapes.right[0] : undefined;
    return output !== undefined && operands.every((operand) => sameAval(operand, output));
  });

/** The distance to a number in units in the last place of float32 there. */
const units = (single: number, exact: number): number => {
  const rounded = Math.fround(exact);
  const unit = Math.abs(nextAfter32(rounded, Infinity) - rounded);
  return Number.isFinite(exact) ? Math.abs(single - exact) / unit : Object.is(single, rounded) ? 0 : Infinity;
};

const functions = primitives.filter(isElementwise);

/** Elements of the domain of each operand, in float32. */
const elements = ({ operands }: Kind): fc.Arbitrary<readonly (readonly number[])[]> =>
  fc.tuple(
    ...operands.map((operand) => {
      const { first, last, step } = rangeOf(operand);
      const size = sizeOfShape(operand.shape);
      return fc.array(fc.double({ min: first * step, max: last * step, noNaN: true }).map(Math.fround), {
        minLength: size,
        maxLength: size,
      });
    }),
  );

describe("float32", () => {
  it("has elementwise functions to look at", () => {
    expect(functions.length).toBeGreaterThan(40);
  });

  it.each(functions.map((primitive) => [primitive.name, primitive] as const))("%s", (name, primitive) => {
    const allowed = coarse.includes(name) ? 4 : 2;
    for (const kind of scalars(primitive)) {
      const run = (lists: readonly (readonly number[])[], dtype: "float32" | "float64"): Float64Array => {
        const operands = lists.map((list, index) => {
          const data = allocate(dtype, list.length);
          data.set(list);
          return contiguousTensor(data, kind.operands[index]?.shape ?? [], dtype);
        });
        const avals = primitive.shape(operands, kind.params);
        if (avals._tag === "Left") throw avals.left;
        const [output] = primitive.evaluate(operands, kind.params, avals.right);
        return output === undefined ? new Float64Array(0) : elementsOf(output);
      };
      fc.assert(
        fc.property(elements(kind), (lists) => {
          const exact = run(lists, "float64");
          run(lists, "float32").forEach((got, place) => {
            const wanted = exact[place] ?? NaN;
            if (coarse.includes(name) && Math.abs(got - wanted) < 1e-6) return;
            expect(units(got, wanted)).toBeLessThanOrEqual(allowed);
          });
        }),
        { seed: 5, numRuns: 100 },
      );
    }
  });
});
