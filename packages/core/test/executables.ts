/** Functions as executables in a memory of their own, where results have to make room as soon as a test says so. */

import { expect, vi } from "vitest";
import { stage, type Tensor } from "@cotangent/core";
import { compileProgram } from "../src/compile/compile-program.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { Executable } from "../src/compile/executable.js";
import { Runtime, type RuntimeLimits } from "../src/compile/runtime.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { elsewhereOf } from "../src/tensor/unread.js";
import { engine } from "./host-engine.js";
import { interpretedModules } from "./interpreted-module.js";

export const noise = (length: number): ArrayTensor =>
  contiguousTensor(
    Float32Array.from({ length }, (_, index) => Math.sin(index * index)),
    [length],
    "float32",
  );

/** The elements as the bytes that they are, copied without being read. */
export const bitsOf = (x: ArrayTensor): Buffer => {
  const { buffer, byteOffset, byteLength } = elsewhereOf(x)?.copy() ?? x.data;
  return Buffer.from(buffer, byteOffset, byteLength);
};

/** A memory, and what makes executables in it, which are watched. */
export const executables = (limits: RuntimeLimits = {}, compile: Compile = compileProgram) => {
  const runtime = new Runtime(engine, limits);
  return {
    runtime,
    /** All results have to go. */
    makeRoom: () => runtime.residents.dropUnused(),
    /** A function, compiled for such arguments. */
    compiled: (f: (...args: Tensor[]) => unknown, ...args: readonly ArrayTensor[]) => {
      const compiled = compile(stage(f as never)(...(args as never[])));
      if (compiled === undefined) throw new Error("the program is too large");
      const executable = new Executable(runtime, new engine.Module(compiled.wasm), compiled);
      const remake = vi.spyOn(executable, "remake");
      return {
        run: (inputs: readonly ArrayTensor[], donated?: readonly boolean[]) =>
          executable.run(inputs, donated) as readonly [ArrayTensor, ...ArrayTensor[]], // no check fails, and something comes out
        /** How often results were made again. */
        remakes: () => remake.mock.calls.length,
      };
    },
  };
};

/** How often the first result is made again when it is asked for after it made room. */
export const remakesOf = (f: (...args: Tensor[]) => unknown, ...args: readonly ArrayTensor[]): number => {
  const { compiled, makeRoom } = executables();
  const { run, remakes } = compiled(f, ...args);
  const [y] = run(args);
  const before = bitsOf(y);
  makeRoom();
  expect(remakes()).toBe(0);
  expect(bitsOf(y).equals(before)).toBe(true);
  return remakes();
};

/** A compiler of modules within which a test has something happen, once. */
export const interrupted = () => {
  let action: () => void = () => undefined;
  return {
    inside: (next: () => void) => (action = next),
    compile: interpretedModules(() => {
      const now = action;
      action = () => undefined;
      now();
    }),
  };
};
