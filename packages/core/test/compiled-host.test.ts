/** What compiled programs call outside of their module: functions on numbers that there is no code for, and no kernel on the memory. */

import { add, jit, mul, tensor, toArray, toTypedArray, zeros, type Tensor } from "@cotangent/core";
import { expect, it } from "vitest";
import { compileProgram } from "../src/compile/compile-program.js";
import { onHost } from "../src/program/lowering.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { kindsOf } from "../src/testing/laws/kind.js";
import { bind } from "../src/trace/interpreter.js";
import { stageLeaves } from "../src/transforms/program-rules.js";
import { primitives } from "./primitives.js";
import { coreOf } from "./run-compiled.js";

/** `name operands result`, and of kernels on the memory `name number`. */
const calls = primitives.flatMap((primitive) =>
  kindsOf(primitive.samples).flatMap(({ operands, params }) => {
    const program = stageLeaves(primitive.name, operands, (values) => bind(primitive, values, params));
    // What depends on nothing is computed before anything is compiled.
    const core = operands.length === 0 ? undefined : coreOf(program)?.core;
    return Object.keys((core && compileProgram(core)?.hostFunctions(() => new ArrayBuffer(0))) ?? {});
  }),
);

it("functions of float64, and few others", () => {
  const isWide = (call: string): boolean => call.endsWith("float64 float64");
  expect([...new Set(calls)].filter((call) => !isWide(call))).toMatchInlineSnapshot(`
    [
      "pow int32 int32 int32",
      "pow uint32 uint32 uint32",
      "nextAfter float32 float32 float32",
      "polygamma 1 float32 float32",
      "polygamma 2 float32 float32",
      "polygamma 3 float32 float32",
    ]
  `);
  expect(calls.some(isWide)).toBe(true);
});

it("a kernel may keep what it is given, and run programs for which the memory grows", () => {
  const given: ArrayTensor[] = [];
  const grown = jit((x: Tensor) => add(x, 1));
  const kept = {
    ...(primitives.find(({ name }) => name === "neg") as (typeof primitives)[number]),
    name: "kept",
    lower: onHost,
    evaluate: (operands: readonly ArrayTensor[]) => {
      given.push(...operands);
      // More than the memory has so far, at any time.
      expect(toTypedArray(grown(zeros([given.length << 20])))[5]).toBe(1);
      return operands;
    },
  };
  const f = jit((x: Tensor) => mul(bind(kept, [mul(x, 3) as never], {})[0] as Tensor, 2));
  expect(toArray(f(tensor([1, 2])))).toEqual([6, 12]);
  expect(toArray(f(tensor([5, 6])))).toEqual([30, 36]);
  expect(given.map(({ data }) => [...data])).toEqual([
    [3, 6],
    [15, 18],
  ]);
});
