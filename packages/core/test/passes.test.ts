import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraries } from "@cotangent/core/testing";
import { withoutCommonSubexpressions } from "../src/program/common-subexpressions.js";
import { neededCode, withoutDeadCode, withoutUnreadCode } from "../src/program/dead-code.js";
import { foldConstants } from "../src/program/fold-constants.js";
import type { Pass } from "../src/program/nested.js";
import { simplify } from "../src/program/simplify.js";
import { algebra } from "../src/transforms/algebra.js";
import { hoistInvariants } from "../src/transforms/hoist-invariants.js";
import { optimise } from "../src/transforms/optimise.js";
import { checkDeep, countEquations, expectSound } from "./passes.js";

const passes: Readonly<Record<string, Pass>> = {
  neededCode,
  withoutDeadCode,
  withoutUnreadCode,
  withoutCommonSubexpressions,
  foldConstants,
  algebra,
  hoistInvariants,
  simplify,
  optimise,
};

// Sums of eight and more take elements in an order that depends on strides, which passes may change.
const small = arbitraries.programs({ maxSize: 7 });

describe("passes on random programs", () => {
  it("which are well typed, and hold all kinds of equations", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(arbitraries.programs(), ({ program }) => {
        checkDeep(program);
        for (const { primitive } of program.equations) kinds.add(primitive.name);
      }),
      { numRuns: 200, seed: 1 },
    );
    expect([...kinds].sort()).toMatchInlineSnapshot(`
      [
        "abs",
        "add",
        "all",
        "any",
        "argMax",
        "argSort",
        "broadcast",
        "call",
        "checkpoint",
        "concatenate",
        "cond",
        "contract",
        "conv",
        "convert",
        "cumSum",
        "customJvp",
        "customVjp",
        "div",
        "equal",
        "exp",
        "flip",
        "floor",
        "gather",
        "iota",
        "less",
        "logicalAnd",
        "logicalNot",
        "max",
        "maximum",
        "min",
        "minimum",
        "mod",
        "mul",
        "neg",
        "pad",
        "prod",
        "reshape",
        "scan",
        "scatterAdd",
        "select",
        "sigmoid",
        "sign",
        "sin",
        "slice",
        "sqrt",
        "square",
        "sub",
        "sum",
        "tanh",
        "transpose",
        "whileLoop",
        "windowExtremum",
        "windowSum",
      ]
    `);
  });

  it.each(Object.entries(passes))(
    "%s keeps results, types and inputs, adds nothing, and has an end",
    (_name, pass) => {
      fc.assert(
        fc.property(small, ({ program, args }) => {
          expectSound(pass, program, args);
        }),
        { numRuns: 300 },
      );
    },
  );

  it("optimise finds something in most of them", () => {
    let [before, after] = [0, 0];
    fc.assert(
      fc.property(small, ({ program }) => {
        before += countEquations(program);
        after += countEquations(optimise(program));
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(after).toBeLessThan(before / 2);
  });
});
