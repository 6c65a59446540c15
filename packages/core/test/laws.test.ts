/** Every law on every primitive, none exempt. More trials with COTANGENT_LONG=1. */

import { describe, expect, it } from "vitest";
import type { Primitive } from "../src/program/primitive.js";
import { modesOf, subjectOf } from "../src/testing/laws/subject.js";
import { kindsOf } from "../src/testing/laws/kind.js";
import { floatingPlaces, pull, push, restrictTo, type ListFunction } from "../src/testing/transformed.js";
import { testLaws } from "../src/testing/vitest.js";
import { bind, runWith } from "../src/trace/interpreter.js";
import { Recorder } from "../src/trace/record.js";
import { primitives } from "./primitives.js";

const numRuns = process.env["COTANGENT_LONG"] === "1" ? 200 : 6;

describe("the primitives", () => {
  it("have different names", () => {
    const names = primitives.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("are all that programs of their values and derivatives are made of", () => {
    const strange = primitives.flatMap(usedBy).filter((used) => !primitives.includes(used));
    expect(strange.map(({ name }) => name)).toEqual([]);
  });
});

for (const primitive of primitives) testLaws(primitive, { numRuns });

/** The primitives in the programs of a primitive, its forward and its reverse mode. */
const usedBy = (primitive: Primitive): readonly Primitive[] =>
  kindsOf(primitive.samples).flatMap(({ operands, params }) => {
    const recorder = new Recorder("stage");
    return runWith(recorder, () => {
      const inputs = operands.map((operand) => recorder.input(operand));
      const f: ListFunction = (values) => bind(primitive, values, params);
      f(inputs);
      const places = floatingPlaces(inputs);
      const held = restrictTo(f, inputs, places);
      const point = places.flatMap((place) => inputs[place] ?? []);
      if (point.length > 0) {
        const modes = modesOf(subjectOf(primitive, {}));
        if (modes.forward) push(held, point, point);
        if (modes.reverse) {
          const { outputs, back } = pull(held, point);
          back(floatingPlaces(outputs).flatMap((place) => outputs[place] ?? []));
        }
      }
      return recorder.program([]).equations.map((equation) => equation.primitive);
    });
  });
