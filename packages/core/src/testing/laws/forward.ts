/** The forward rule against central differences, in every set of operands. */

import type { Value } from "../../tensor/value.js";
import type { ArrayTensor } from "../../tensor/array-tensor.js";
import { contiguousTensor } from "../../tensor/array-tensor.js";
import { isFloating } from "../../tensor/dtype.js";
import { sizeOfShape } from "../../tensor/shape.js";
import { hasZeroTangent } from "../../program/primitive.js";
import { elementsOf, joinElements } from "../elements-of.js";
import { centralDerivative } from "../numeric-derivative.js";
import { expectAval, expectClose, expectRefused, expectSame, Broken } from "./expect.js";
import { modesOf } from "./subject.js";
import { differentiableKinds, type LawRule } from "./law.js";
import { concrete, floatingPlaces, push, restrictTo, subsets, type ListFunction } from "../transformed.js";

/** The law of `jvp` rules. */
export const forwardLaw: LawRule = {
  name: "jvp",
  statement:
    "forward mode gives the value, and the derivative that central differences give, with any operands held; what has no tangent by definition gives zero",
  wants: { smooth: true },
  applies: differentiableKinds,
  holds: (subject, { operands, params, tangents }) => {
    const f: ListFunction = (values) => subject.call(values, params);
    const eager = concrete(f(operands));
    const constant = subject.primitive !== undefined && hasZeroTangent(subject.primitive.jvp);
    const places = floatingPlaces(operands);
    for (const chosen of subsets(places)) {
      const held = restrictTo(f, operands, chosen);
      const point = chosen.map((place) => operands[place]).filter((x) => x !== undefined);
      const direction = chosen.map((place) => tangents[places.indexOf(place)]).filter((x) => x !== undefined);
      if (!modesOf(subject).forward) {
        expectRefused(() => push(held, point, direction), "forward mode");
        continue;
      }
      const { outputs, tangents: pushed } = push(held, point, direction);
      concrete(outputs).forEach((output, index) => {
        const expected = eager[index];
        if (expected !== undefined)
          expectSame(output, expected, {
            what: `output ${index}`,
            actual: "in forward mode",
            expected: "eagerly",
          });
      });
      const expected = constant
        ? eager.filter(({ dtype }) => isFloating(dtype)).map(zerosOf)
        : numericTangents(held, point, direction);
      compareTangents(pushed, outputs, expected, chosen);
    }
  },
};

const compareTangents = (
  pushed: readonly (Value | null)[],
  outputs: readonly Value[],
  expected: readonly ArrayTensor[],
  operands: readonly number[],
): void => {
  let next = 0;
  outputs.forEach((output, index) => {
    const tangent = pushed[index] ?? null;
    const what = `the tangent of output ${index} in operand ${operands.join(" and ")}`;
    if (!isFloating(output.dtype)) {
      if (tangent !== null) throw new Broken(`${what} is not null although it is ${output.dtype}`);
      return;
    }
    const numeric = expected[next++];
    if (tangent === null || numeric === undefined) throw new Broken(`${what} is missing`);
    expectAval(tangent, output, { what, actual: "in forward mode", expected: "in the result" });
    const [actual] = concrete([tangent]);
    const tolerance = output.dtype === "float64" ? 1e-8 : 1e-4;
    if (actual !== undefined)
      expectClose(actual, numeric, tolerance, {
        what,
        actual: "in forward mode",
        expected: "by central differences",
      });
  });
};

const zerosOf = ({ shape, dtype }: ArrayTensor): ArrayTensor =>
  contiguousTensor(
    dtype === "float64" ? new Float64Array(sizeOfShape(shape)) : new Float32Array(sizeOfShape(shape)),
    shape,
    dtype,
  );

/** The tangents of the floating outputs, by central differences with extrapolation. */
export const numericTangents = (
  f: ListFunction,
  point: readonly ArrayTensor[],
  direction: readonly ArrayTensor[],
): readonly ArrayTensor[] => {
  const floating = (values: readonly Value[]): readonly ArrayTensor[] =>
    concrete(values).filter(({ dtype }) => isFloating(dtype));
  const outputs = floating(f(point));
  const exact = outputs.every(({ dtype }) => dtype === "float64");
  const { value } = centralDerivative(
    (t) => joinElements(floating(f(along(point, direction, t)))),
    1 / 64,
    exact ? 4 : 2,
  );
  let start = 0;
  return outputs.map(({ shape, dtype }) => {
    const part = value.slice(start, (start += sizeOfShape(shape)));
    return contiguousTensor(dtype === "float64" ? part : Float32Array.from(part), shape, dtype);
  });
};

/** `point + t · direction`, in float64. */
export const along = (
  point: readonly ArrayTensor[],
  direction: readonly ArrayTensor[],
  t: number,
): readonly ArrayTensor[] =>
  point.map((x, index) => {
    const v = direction[index];
    if (v === undefined) return x;
    const steps = elementsOf(v);
    return contiguousTensor(
      elementsOf(x).map((element, place) => element + t * (steps[place] ?? 0)),
      x.shape,
      "float64",
    );
  });
