/** float32 is float64 rounded: values and derivatives alike. */

import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { isFloating } from "../../tensor/dtype.js";
import type { Value } from "../../tensor/value.js";
import { elementsOf } from "../elements-of.js";
import { Broken, expectAval, expectClose } from "./expect.js";
import { includesKind, widened } from "./kind.js";
import type { LawRule } from "./law.js";
import { modesOf } from "./subject.js";
import { concrete, floatingPlaces, pull, push, restrictTo, type ListFunction } from "../transformed.js";

/** Of the largest entry. */
const tolerance = 1e-5;

/** The law of results in float32. */
export const precisionLaw: LawRule = {
  name: "float32",
  statement:
    "in float32 the value, forward mode and reverse mode agree with float64 to 1e-5 of the largest entry",
  wants: { smooth: true },
  applies: (kind, kinds) =>
    kind.operands.some(({ dtype }) => dtype === "float32") && includesKind(kinds, widened(kind)),
  holds: (subject, { operands, params, tangents, cotangents }) => {
    const f: ListFunction = (values) => subject.call(values, params);
    const wide = operands.map(widen);
    const outputs = concrete(f(operands));
    const exact = concrete(f(wide));
    compare(outputs, exact, (index) => `output ${index}`);

    const places = floatingPlaces(operands);
    const at = (all: readonly ArrayTensor[]): readonly ArrayTensor[] =>
      places.map((place) => all[place]).filter((x) => x !== undefined);
    const [single, double] = [restrictTo(f, operands, places), restrictTo(f, wide, places)];
    const modes = modesOf(subject);
    if (modes.forward)
      compare(
        present(push(single, at(operands), tangents).tangents),
        present(push(double, at(wide), tangents.map(widen)).tangents),
        (index) => `the tangent of output ${index}`,
      );
    const doubled = exact
      .filter(({ dtype }) => isFloating(dtype))
      .map(({ dtype }, index) => {
        const cotangent = cotangents[index];
        if (cotangent === undefined) throw new Broken(`the cotangent of output ${index} is missing`);
        return dtype === "float64" ? widen(cotangent) : cotangent;
      });
    if (modes.reverse)
      compare(
        present(pull(single, at(operands)).back(cotangents)),
        present(pull(double, at(wide)).back(doubled)),
        (index) => `the cotangent of operand ${places[index] ?? index}`,
      );
  },
};

const present = (values: readonly (Value | null)[]): readonly ArrayTensor[] =>
  concrete(values.filter((value) => value !== null));

const widen = (x: ArrayTensor): ArrayTensor =>
  x.dtype === "float32" ? contiguousTensor(elementsOf(x), x.shape, "float64") : x;

const compare = (
  single: readonly ArrayTensor[],
  double: readonly ArrayTensor[],
  what: (index: number) => string,
): void => {
  if (single.length !== double.length)
    throw new Broken(`there are ${single.length} results in float32 and ${double.length} in float64`);
  single.forEach((actual, index) => {
    const expected = double[index];
    if (expected === undefined) return;
    const sides = { what: what(index), actual: "in float32", expected: "in float64" };
    if (isFloating(actual.dtype) && isFloating(expected.dtype))
      expectClose(widen(actual), widen(expected), tolerance, sides);
    else {
      expectAval(actual, expected, sides);
      expectClose(actual, expected, 0, sides);
    }
  });
};
