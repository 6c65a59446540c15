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
import { modesOf } from "./subject.js";
import { differentiableKinds, type LawRule } from "./law.js";
import {
  concrete,
  floatingPlaces,
  present,
  pull,
  push,
  restrictTo,
  type ListFunction,
} from "../transformed.js";

/** The law of the derivatives of derivatives. */
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
    const modes = modesOf(subject);
    const gradient: ListFunction = (values) => present(pull(held, values).back(cotangents));
    const slope: ListFunction = (values) => present(push(held, values, tangents).tangents);
    // A float32 on the way rounds what differences divide by their step.
    const exact = outputs.every(({ dtype }) => dtype === "float64");
    const compare = (
      actual: readonly Value[],
      expected: readonly ArrayTensor[],
      tolerance: number,
      one: string,
      other: string,
    ): void => {
      concrete(actual).forEach((found, index) => {
        const wanted = expected[index];
        const what = `the second derivative in operand ${places[index] ?? index}`;
        if (wanted !== undefined)
          expectClose(found, wanted, tolerance, { what, actual: one, expected: other });
      });
    };
    const byDifferences = (derivative: ListFunction): readonly ArrayTensor[] =>
      numericAlong(derivative, point, tangents, exact ? 4 : 2);
    const close = exact ? 1e-8 : 1e-4;
    if (!modes.reverse) {
      if (!modes.forward) return;
      const twice = present(push(slope, point, tangents).tangents);
      compare(
        twice,
        byDifferences(slope),
        close,
        "by forward over forward",
        "by central differences of the tangent",
      );
      return;
    }
    const forwardOverReverse = concrete(present(push(gradient, point, tangents).tangents));
    compare(
      forwardOverReverse,
      byDifferences(gradient),
      close,
      "by forward over reverse",
      "by central differences of the gradient",
    );
    if (!modes.forward) return;
    const reverseOverForward = present(pull(slope, point).back(cotangents));
    compare(
      reverseOverForward,
      forwardOverReverse,
      exact ? 1e-10 : 1e-5,
      "by reverse over forward",
      "by forward over reverse",
    );
  },
};

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
