/** Transformations of compiled functions, and compiled transformations: what they are without the compiler. */

import { describe, expect, it } from "vitest";
import { grad, hessian, jit, jvp, matmul, reshape, stage, sum, tensor } from "../src/index.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { evaluateProgram } from "../src/transforms/call.js";
import { comparison } from "./compiled-as-interpreted.js";
import {
  functions,
  mapRows,
  programs,
  start,
  type Vector,
  type VectorFunction,
} from "./transformation-functions.js";

const host = (args: readonly unknown[]): readonly ArrayTensor[] => args as readonly ArrayTensor[]; // eager tensors

const direction: Vector = tensor([0.5, -1], { dtype: "float64" });
const transformed: Readonly<Record<string, (f: VectorFunction) => VectorFunction>> = {
  itself: (f) => f,
  grad: (f) => grad((x: Vector) => sum(f(x)) as Vector) as VectorFunction,
  jvp: (f) => (x) => jvp(f, [x], [direction])[1],
  hessian: (f) => hessian((x: Vector) => sum(f(x)) as Vector) as VectorFunction,
  vmap: (f) => (x) =>
    mapRows(f)(matmul(tensor([[1], [0.9]], { dtype: "float64" }), reshape(x, [1, 2])) as never),
  "grad of vmap of grad": (f) =>
    grad(
      (x: Vector) =>
        sum(
          mapRows(grad((y: Vector) => sum(f(y)) as Vector) as VectorFunction)(reshape(x, [1, 2]) as never),
        ) as Vector,
    ) as VectorFunction,
};

describe.each(Object.keys(transformed))("compiled: %s", (name) => {
  it.each(Object.entries({ ...functions, ...programs }))("of %s", (_name, f) => {
    const g = transformed[name]?.(f) ?? f;
    const program = stage(g)(start);
    const compared = comparison(program)(host([start]));
    expect(["compared", "empty"]).toContain(compared);
    // The function of the compiled one is the same too.
    const outer = transformed[name]?.(jit(f as never) as unknown as VectorFunction) ?? f;
    const [actual] = host([outer(start)]);
    const [expected] = evaluateProgram(program, host([start]));
    const scale = Math.max(1, ...elementsOf(expected as ArrayTensor).map(Math.abs));
    elementsOf(actual as ArrayTensor).forEach((x, at) => {
      expect(Math.abs(x - (elementsOf(expected as ArrayTensor)[at] ?? NaN))).toBeLessThan(1e-11 * scale);
    });
  });
});
