import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkpoint,
  cond,
  customJvp,
  customVjp,
  explainCompilation,
  foriLoop,
  grad,
  greater,
  jit,
  mul,
  programToString,
  sin,
  stage,
  sum,
  tensor,
  zeros,
  type Program,
  type Tensor,
} from "@cotangent/core";
import { arbitraries } from "@cotangent/core/testing";
import { programsIn } from "../program/nested.js";
import { optimise } from "../transforms/optimise.js";
import { checkDeep, resultsOf } from "../../test/passes.js";
import { inlineAllCalls, inlineCalls } from "./inline-calls.js";

/** The names of a program's primitives, those inside too. */
const namesIn = ({ equations }: Program): readonly string[] =>
  equations.flatMap(({ primitive, params }) => [primitive.name, ...programsIn(params).flatMap(namesIn)]);

describe("calls in line", () => {
  it("compute what the calls compute, in every program", () => {
    fc.assert(
      fc.property(arbitraries.programs({ maxSize: 7 }), ({ program, args }) => {
        const flat = inlineCalls(program);
        checkDeep(flat);
        expect(namesIn(flat)).not.toContain("call");
        expect(flat.inputs).toEqual(program.inputs);
        expect(resultsOf(flat, args)).toEqual(resultsOf(program, args));
        expect(inlineCalls(flat)).toBe(flat);
      }),
      { numRuns: 60 },
    );
  });

  it("are those of jit, checkpoint and functions with rules of their own, wherever they stand", () => {
    const one = jit((x: Tensor<[2]>) => sin(x));
    const two = checkpoint((x: Tensor<[2]>) => one(one(x)));
    const three = customJvp(two, ([x], [dx]) => [two(x), mul(dx, x)]);
    const four = customVjp(
      three,
      (x) => [three(x), x],
      (x, ct) => [mul(ct, x)],
    );
    const whole = (x: Tensor<[2]>) => foriLoop(0, 3, (_i, y) => cond(greater(sum(y), 0), four, three, y), x);
    const program = stage(whole)(zeros([2]));
    // The rules hold the only products.
    expect(new Set(namesIn(inlineCalls(program)))).toEqual(
      new Set(
        namesIn(program).filter(
          (name) => !["call", "checkpoint", "customJvp", "customVjp", "mul"].includes(name),
        ),
      ),
    );
    expect(programToString(inlineCalls(stage((x: Tensor<[2]>) => [one(x), x, one(one(x))])(zeros([2])))))
      .toMatchInlineSnapshot(`
      "program(a: float32[2]) {
        b: float32[2] = sin(a)
        c: float32[2] = sin(a)
        d: float32[2] = sin(c)
        return b, a, d
      }"
    `);
  });

  it("leave apart what checkpoint computes again, until the passes are through", () => {
    const sines = (f: (x: Tensor<[2]>) => Tensor<[2]>): number => {
      const program = stage(grad((x: Tensor<[2]>) => sum(f(f(x)))))(zeros([2]));
      const ready = inlineAllCalls(optimise(inlineCalls(program)));
      expect(namesIn(ready)).not.toContain("call");
      return namesIn(ready).filter((name) => name === "sin").length;
    };
    const layer = (x: Tensor<[2]>) => sin(sin(x));
    expect(sines(layer)).toBe(3);
    // The two of the first layer once for the second, and then the first of each layer for its own derivative.
    expect(sines(checkpoint(layer))).toBe(4);
    for (const holding of [jit(layer), checkpoint(layer), jit(checkpoint(jit(layer)))])
      expect(sines(checkpoint(holding))).toBe(4);
    const text = explainCompilation(
      jit(grad((x: Tensor<[2]>) => sum(checkpoint(layer)(x)))),
      tensor([1, 2]),
    ).program;
    expect(text.match(/= sin/g)).toHaveLength(1);
  });
});
