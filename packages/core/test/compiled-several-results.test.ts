/**
 * Random programs of large values beside small ones, with several results: which values are stored, where, and in which loops,
 * differs from one to the next. Ten times as many with COTANGENT_LONG=1,
 * others with COTANGENT_SEED.
 */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jit } from "../src/compile/jit.js";
import { wasmBackend } from "../src/compile/wasm-backend.js";
import { copy } from "../src/kernels/strided.js";
import { programsIn } from "../src/program/nested.js";
import { isVariableOf, type Program } from "../src/program/program.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { sameAval } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import { measured } from "../src/testing/against-float64.js";
import { longestSum } from "../src/testing/laws/terms.js";
import { runProgram } from "../src/transforms/run-program.js";
import { comparison } from "./compiled-as-interpreted.js";
import { countingDecisions, type Counts } from "./compiler-decisions.js";
import type { Form } from "./large-programs/forms.js";
import { largePrograms } from "./large-programs/programs.js";

const times = process.env["COTANGENT_LONG"] === "1" ? 10 : 1;
const seed = Number(process.env["COTANGENT_SEED"] ?? 77);
const timeout = times * 120_000;

/** Longer sums are in parts. */
const mostTerms = 64;

/** Each step of a sum may round otherwise, and each step of a loop what the last one gave. */
const placesOf = (program: Program): number => {
  const isNested = program.equations.some(({ params }) => programsIn(params).length > 0);
  return (isNested ? 8 : 1) * (4 + Math.min(longestSum(program), mostTerms) / 2);
};

describe("programs of several results", () => {
  it(
    "give what the interpreter does, whatever the compiler decides",
    () => {
      const compared: Record<Form, number> = { plain: 0, gradient: 0, mapped: 0, scanned: 0, branched: 0 };
      const counts = countingDecisions((count) => {
        fc.assert(
          fc.property(largePrograms, ({ form, program, args }) => {
            const was = count(program, () => comparison(program, undefined, placesOf(program))(args));
            if (was === "compared") compared[form]++;
          }),
          { numRuns: 300 * times, seed },
        );
      });
      /** About half of what there are. */
      const least: Counts = {
        "several results in one loop": 80,
        "more than three results in one loop": 8,
        "a total beside other results of its loop": 30,
        "several totals in one loop": 4,
        "a value in the place of an output": 30,
        "a result in the place of what its loop reads": 14,
        "copies of a body": 70,
        "copies of a body with totals": 60,
        "loops behind blocks of a product": 8,
        "loops behind rows by index": 7,
        "rows computed where they are read by index": 5,
        "small values in variables": 70,
        "a transposed read": 8,
        "a broadcast read": 40,
        "a read with gaps": 8,
        "a read backwards": 5,
        "an argument as a result": 14,
        "a constant as a result": 20,
        "a result twice": 40,
      };
      const tooFew = Object.entries(counts).filter(
        ([decision, n]) => n < times * least[decision as keyof Counts],
      );
      expect(tooFew).toEqual([]);
      expect(compared).toEqual({
        plain: atLeast(100 * times),
        gradient: atLeast(20 * times),
        mapped: atLeast(10 * times),
        scanned: atLeast(9 * times),
        branched: atLeast(12 * times),
      });
    },
    timeout,
  );

  it(
    "give it where arguments are donated, and results are arguments again",
    () => {
      const backend = wasmBackend();
      let [donations, again] = [0, 0];
      fc.assert(
        fc.property(largePrograms, fc.array(fc.nat(9), { maxLength: 4 }), ({ program, args }, positions) => {
          const reference = measured(program, args, placesOf(program));
          if (reference === undefined) return;
          const donate = [...new Set(positions.map((position) => position % args.length))];
          const jitted = jit((...values: Value[]) => runProgram(program, values), { donate, backend });
          const run = jitted as (...values: readonly Value[]) => readonly ArrayTensor[];
          const copies = (): readonly ArrayTensor[] => args.map((arg) => copy(arg));
          const check = (outputs: readonly ArrayTensor[], differenceOf = reference): void =>
            outputs.forEach((output, index) => expect(differenceOf(output, index)).toBeUndefined());
          const [unread, results] = [run(...copies()), run(...copies())];
          check(results);
          // One result is an argument of the next run, before anything has read it.
          const place = program.outputs.findIndex(
            (output) => isVariableOf(program, output) && args.some((arg) => sameAval(arg, output)),
          );
          const position = args.findIndex((arg) => place >= 0 && sameAval(arg, unread[place] as ArrayTensor));
          const withResult = (from: readonly ArrayTensor[]): readonly ArrayTensor[] =>
            copies().map((arg, index) => (index === position ? (from[place] as ArrayTensor) : arg));
          if (position >= 0) {
            const differenceOf = measured(program, withResult(results), placesOf(program));
            if (differenceOf !== undefined) check(run(...withResult(unread)), differenceOf);
            again++;
          }
          if (donate.length > 0) donations++;
        }),
        { numRuns: 80 * times, seed: seed + 1 },
      );
      expect([donations, again]).toEqual([atLeast(40 * times), atLeast(40 * times)]);
    },
    timeout,
  );
});

const atLeast = (least: number): unknown =>
  expect.toSatisfy((count: number) => count >= least, `at least ${least}`);
