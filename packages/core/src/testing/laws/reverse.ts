/** Reverse mode is the adjoint of forward mode, and each transpose rule the adjoint of its primitive's linear part. */

import { expectAval, expectNear, expectRefused, Broken } from "./expect.js";
import { numericTangents } from "./forward.js";
import { modesOf } from "./subject.js";
import { differentiableKinds, type LawRule } from "./law.js";
import {
  concrete,
  floatingPlaces,
  innerProduct,
  present,
  pull,
  push,
  restrictTo,
  subsets,
  type ListFunction,
} from "../transformed.js";

/** The law of `jvp` and `transpose` rules together. */
export const reverseLaw: LawRule = {
  name: "transpose",
  statement:
    "reverse mode is the adjoint of forward mode: ⟨u, J v⟩ = ⟨Jᵀ u, v⟩, with any operands held (of central differences, where there is no forward rule)",
  wants: { smooth: true },
  applies: differentiableKinds,
  holds: (subject, { operands, params, tangents, cotangents }) => {
    const f: ListFunction = (values) => subject.call(values, params);
    const modes = modesOf(subject);
    const places = floatingPlaces(operands);
    for (const chosen of subsets(places)) {
      const held = restrictTo(f, operands, chosen);
      const point = chosen.map((place) => operands[place]).filter((x) => x !== undefined);
      const direction = chosen.map((place) => tangents[places.indexOf(place)]).filter((x) => x !== undefined);
      if (!modes.reverse) {
        expectRefused(() => pull(held, point).back(cotangents), "reverse mode");
        continue;
      }
      const pushed = modes.forward
        ? present(push(held, point, direction).tangents)
        : numericTangents(held, point, direction);
      const given = pull(held, point).back(cotangents);
      const pulled = given.map((cotangent, index) => {
        const what = `the cotangent of operand ${chosen[index] ?? index}`;
        const operand = point[index];
        if (cotangent === null || operand === undefined) throw new Broken(`${what} is missing`);
        expectAval(cotangent, operand, { what, actual: "in reverse mode", expected: "in the call" });
        return cotangent;
      });
      const forward = innerProduct(cotangents, concrete(pushed));
      const backward = innerProduct(concrete(pulled), direction);
      // A float32 inside rounds each product by itself.
      const exact = pushed.every(({ dtype }) => dtype === "float64");
      const allowed =
        (exact ? (modes.forward ? 1e-11 : 1e-8) : 1e-5) * Math.max(1, forward.magnitude, backward.magnitude);
      expectNear(backward.sum, forward.sum, allowed, {
        what: `the inner product in operand ${chosen.join(" and ")}`,
        actual: "⟨Jᵀ u, v⟩",
        expected: "⟨u, J v⟩",
      });
    }
  },
};
