/** A strided view gives what a contiguous tensor of the same elements gives. */

import { copy } from "../../kernels/strided.js";
import { layouts } from "../layouts.js";
import { expectClose } from "./expect.js";
import type { LawRule } from "./law.js";
import { concrete } from "../transformed.js";

/** The law of kernels on strided operands. */
export const viewsLaw: LawRule = {
  name: "views",
  statement: "operands that are strided views give what contiguous ones of the same elements give",
  wants: {},
  applies: ({ operands }) => operands.length > 0,
  holds: (subject, { operands, params }) => {
    for (const [name, layout] of Object.entries(layouts)) {
      // All operands as views, then each alone.
      for (const chosen of [operands.map((_, place) => place), ...operands.map((_, place) => [place])]) {
        const views = operands.map((operand, place) => (chosen.includes(place) ? layout(operand) : operand));
        const expected = concrete(subject.call(views.map(copy), params));
        concrete(subject.call(views, params)).forEach((actual, index) => {
          const other = expected[index];
          // Another layout may be another kernel, which rounds differently.
          const tolerance = actual.dtype === "float64" ? 1e-14 : 1e-6;
          const sides = {
            what: `output ${index}`,
            actual: `with operand ${chosen.join(" and ")} ${name}`,
            expected: "with contiguous copies",
          };
          if (other !== undefined) expectClose(actual, other, tolerance, sides);
        });
      }
    }
  },
};
