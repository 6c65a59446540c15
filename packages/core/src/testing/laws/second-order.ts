/** Second derivatives: forward over reverse against central differences of the gradient, and against reverse over forward. */

import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { sizeOfShape } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import { isFloating } from "../../tensor/dtype.js";
import { hasZeroTangent } from "../../program/primitive.js";
import { joinElements } from "../elements-of.js";
import { centralDerivative } from "../numeric-derivative.js";
import { expectClose } from "./expect.js";
import { along } from "./forward.js";
import { differentiableKinds, type LawRule } from "./law.js";
import { concrete, floatingPlaces, pull, push, restrictTo, type ListFunction } from "../transformed.js";

export const secondOrderLaw: LawRule = {
  name: "second order",
  statement:
    "the derivative of the gradient of ⟨u, f⟩ along v is that by central differences, and the gradient of ⟨u, J v⟩",
  wants: { smooth: true },
  applies: (kind, _kinds, { primitive }) =>
    differentiableKinds(kind) && !(primitive !== undefined && hasZeroTangent(primitive.jvp)),
  holds: (subject, { operands, params, tangents, cotangents }) => {
    const places = floatingPlaces(operands);
    const held = restrictTo((values) => subject.call(values, params), operands, places);
    const point = places.map((place) => operands[place]).filter((x) => x !== undefined);
    const outputs = concrete(held(point)).filter(({ dtype }) => isFloating(dtype));
    if (outputs.length === 0) return;
    const gradient: ListFunction = (values) => present(pull(held, values).back(cotangents));
    const slope: ListFunction = (values) => present(push(held, values, tangents).tangents);

    const forwardOverReverse = concrete(present(push(gradient, point, tangents).tangents));
    const reverseOverForward = concrete(present(pull(slope, point).back(cotangents)));
    // A float32 on the way rounds what differences divide by their step.
    const exact = outputs.every(({ dtype }) => dtype === "float64");
    const numeric = numericAlong(gradient, point, tangents, exact ? 4 : 2);
    forwardOverReverse.forEach((actual, index) => {
      const what = `the second derivative in operand ${places[index] ?? index}`;
      const expected = numeric[index];
      const other = reverseOverForward[index];
      if (expected !== undefined) {
        expectClose(actual, expected, exact ? 1e-8 : 1e-4, {
          what,
          actual: "by forward over reverse",
          expected: "by central differences of the gradient",
        });
      }
      if (other !== undefined)
        expectClose(other, actual, exact ? 1e-10 : 1e-5, {
          what,
          actual: "by reverse over forward",
          expected: "by forward over reverse",
        });
    });
  },
};

const present = (values: readonly (Value | null)[]): readonly Value[] =>
  values.filter((value) => value !== null);

/** The derivative of a function of float64 tensors along a direction, by central differences. */
const numericAlong = (
  f: ListFunction,
  point: readonly ArrayTensor[],
  direction: readonly ArrayTensor[],
  levels: number,
): readonly ArrayTensor[] => {
  const outputs = concrete(f(point));
  const { value } = centralDerivative(
    (t) => joinElements(concrete(f(along(point, direction, t)))),
    1 / 64,
    levels,
  );
  let start = 0;
  return outputs.map(({ shape }) =>
    contiguousTensor(value.slice(start, (start += sizeOfShape(shape))), shape, "float64"),
  );
};
