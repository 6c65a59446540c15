/** What a record says is linear, by having a transpose rule, is linear, and the rule is its adjoint. */

import { TensorError } from "../../errors/tensor-error.js";
import type { Value } from "../../tensor/value.js";
import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { hasRule, type Primitive } from "../../program/primitive.js";
import { isZero, zero, type Tangent } from "../../program/symbolic-zero.js";
import { isFloating } from "../../tensor/dtype.js";
import { elementsOf } from "../elements-of.js";
import { Broken, expectAval, expectClose, expectNear } from "./expect.js";
import { differentiableKinds, type LawRule } from "./law.js";
import { concrete, floatingPlaces, innerProduct, restrictTo, subsets } from "../transformed.js";

/** The law of `transpose` rules by themselves. */
export const linearLaw: LawRule = {
  name: "linear",
  statement:
    "in the operands that its transpose rule gives cotangents for, f(v) - f(0) is linear in v, and the rule is its adjoint",
  wants: { others: true },
  applies: (kind, _kinds, { primitive }) =>
    primitive !== undefined && hasRule(primitive.transpose) && differentiableKinds(kind),
  holds: ({ primitive, call }, { operands, params, others, cotangents }) => {
    if (primitive === undefined) return;
    const outputs = concrete(call(operands, params));
    if (!outputs.every(({ dtype }) => isFloating(dtype))) return; // a result without tangents is never transposed
    for (const chosen of subsets(floatingPlaces(operands))) {
      const given = transposed(primitive, operands, chosen, params, cotangents);
      if (chosen.some((place) => isZero(given[place] ?? zero))) continue; // it does not claim to be linear in all of these together
      const held = restrictTo((values) => call(values, params), operands, chosen);
      const at = (values: readonly ArrayTensor[]): readonly ArrayTensor[] => concrete(held(values));
      const [x, y] = [operands, others].map((list) =>
        chosen.map((place) => list[place]).filter((entry) => entry !== undefined),
      );
      if (x === undefined || y === undefined) continue;
      const start = at(x.map((entry) => combine(entry, entry, 0, 0)));
      const part = (values: readonly ArrayTensor[]): readonly ArrayTensor[] =>
        at(values).map((output, index) => combine(output, start[index] ?? output, 1, -1));
      const [ofX, ofY] = [part(x), part(y)];
      const tolerance = outputs.every(({ dtype }) => dtype === "float64") ? 1e-12 : 1e-5;
      part(x.map((entry, index) => combine(entry, y[index] ?? entry, 2, -0.5))).forEach((actual, index) => {
        const expected = combine(ofX[index] ?? actual, ofY[index] ?? actual, 2, -0.5);
        expectClose(actual, expected, tolerance, {
          what: `output ${index} in operand ${chosen.join(" and ")}`,
          actual: "of 2 v - w / 2",
          expected: "from those of v and w",
        });
      });
      adjoint(given, chosen, x, ofX, cotangents, tolerance);
    }
  },
};

/** What the transpose rule gives, the operands at the chosen places being linear; nothing where it refuses them. */
const transposed = (
  { transpose }: Primitive,
  operands: readonly Value[],
  chosen: readonly number[],
  params: unknown,
  cotangents: readonly Value[],
): readonly Tangent[] => {
  if (!hasRule(transpose)) return [];
  try {
    return transpose(
      cotangents,
      operands,
      operands.map((_, place) => chosen.includes(place)),
      params,
    );
  } catch (error) {
    if (error instanceof TensorError && error.kind === "NotDifferentiable") return [];
    throw error;
  }
};

/** ⟨u, f(v) - f(0)⟩ = ⟨fᵀ u, v⟩, and each cotangent has the shape and dtype of its operand. */
const adjoint = (
  given: readonly Tangent[],
  chosen: readonly number[],
  x: readonly ArrayTensor[],
  image: readonly ArrayTensor[],
  cotangents: readonly ArrayTensor[],
  tolerance: number,
): void => {
  const pulled = chosen.map((place, index) => {
    const cotangent = given[place] ?? zero;
    const operand = x[index];
    if (isZero(cotangent) || operand === undefined)
      throw new Broken(`the cotangent of operand ${place} is missing`);
    expectAval(cotangent, operand, {
      what: `the cotangent of operand ${place}`,
      actual: "by the transpose rule",
      expected: "in the call",
    });
    return cotangent;
  });
  const forward = innerProduct(cotangents, image);
  const backward = innerProduct(concrete(pulled), x);
  expectNear(backward.sum, forward.sum, 10 * tolerance * Math.max(1, forward.magnitude, backward.magnitude), {
    what: `the inner product in operand ${chosen.join(" and ")}`,
    actual: "⟨fᵀ u, v⟩",
    expected: "⟨u, f(v) - f(0)⟩",
  });
};

/** a x + b y, in the dtype of x. */
const combine = (x: ArrayTensor, y: ArrayTensor, a: number, b: number): ArrayTensor => {
  const others = elementsOf(y);
  const sums = elementsOf(x).map(
    (element, index) => (a === 0 ? 0 : a * element) + (b === 0 ? 0 : b * (others[index] ?? 0)),
  );
  return contiguousTensor(x.dtype === "float32" ? Float32Array.from(sums) : sums, x.shape, x.dtype);
};
