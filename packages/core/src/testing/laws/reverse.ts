/** Reverse mode is the adjoint of forward mode, and each transpose rule the adjoint of its primitive's linear part. */

import { expectAval, expectNear, Broken } from "./expect.js";
import { differentiableKinds, type LawRule } from "./law.js";
import {
  concrete,
  floatingPlaces,
  innerProduct,
  pull,
  push,
  restrictTo,
  subsets,
  type ListFunction,
} from "../transformed.js";

export const reverseLaw: LawRule = {
  name: "transpose",
  statement: "reverse mode is the adjoint of forward mode: ⟨u, J v⟩ = ⟨Jᵀ u, v⟩, with any operands held",
  wants: { smooth: true },
  applies: differentiableKinds,
  holds: (subject, { operands, params, tangents, cotangents }) => {
    const f: ListFunction = (values) => subject.call(values, params);
    const places = floatingPlaces(operands);
    for (const chosen of subsets(places)) {
      const held = restrictTo(f, operands, chosen);
      const point = chosen.map((place) => operands[place]).filter((x) => x !== undefined);
      const direction = chosen.map((place) => tangents[places.indexOf(place)]).filter((x) => x !== undefined);
      const pushed = push(held, point, direction).tangents.filter((tangent) => tangent !== null);
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
      const allowed = (exact ? 1e-11 : 1e-5) * Math.max(1, forward.magnitude, backward.magnitude);
      expectNear(backward.sum, forward.sum, allowed, {
        what: `the inner product in operand ${chosen.join(" and ")}`,
        actual: "⟨Jᵀ u, v⟩",
        expected: "⟨u, J v⟩",
      });
    }
  },
};
