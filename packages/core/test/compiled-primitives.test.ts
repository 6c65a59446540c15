/** Every primitive, compiled, on its samples in every dtype, its operands laid out in every way. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindsOf, showKind } from "../src/testing/laws/kind.js";
import { trials, visits, type Trial } from "../src/testing/laws/draw.js";
import { layouts } from "../src/testing/layouts.js";
import { bind } from "../src/trace/interpreter.js";
import { stageLeaves } from "../src/transforms/program-rules.js";
import { comparison, type Comparison } from "./compiled-as-interpreted.js";
import { primitives } from "./primitives.js";

const numRuns = process.env["COTANGENT_LONG"] === "1" ? 50 : 2;

describe("compiled, as interpreted:", () => {
  it.each(primitives.map((primitive) => [primitive.name, primitive] as const))("%s", (name, primitive) => {
    const found = new Set<Comparison>();
    for (const kind of kindsOf(primitive.samples)) {
      const program = stageLeaves(name, kind.operands, (values) => bind(primitive, values, kind.params));
      const compare = comparison(program);
      const check = ({ operands }: Trial): void => {
        found.add(compare(operands));
      };
      try {
        fc.assert(fc.property(trials(kind, [], {}), check), { numRuns, seed: 1 });
        for (const trial of visits(kind, [], {})) check(trial);
        const [trial] = fc.sample(trials(kind, [], {}), { numRuns: 1, seed: 2 });
        for (const layout of Object.values(layouts))
          if (trial !== undefined && kind.operands.length > 0) found.add(compare(trial.operands.map(layout)));
      } catch (error) {
        throw new Error(showKind(name, kind), { cause: error });
      }
    }
    expect([...found]).toContain("compared");
  });
});
