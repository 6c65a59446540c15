/** A compiler for tests of what stands around one: its modules have the reference compute, on the addresses that a real one is given. */

import { expect } from "vitest";
import { copy } from "../src/kernels/strided.js";
import type { Program } from "../src/program/program.js";
import { ArrayTensor, contiguousTensor } from "../src/tensor/array-tensor.js";
import { allocate, type TypedArray } from "../src/tensor/dtype.js";
import { sizeOfShape, type Aval } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import { evaluateProgram } from "../src/transforms/call.js";
import { TensorError } from "../src/errors/tensor-error.js";
import { local } from "../src/wasm/expression.js";
import { call, imported, valued } from "../src/wasm/function.js";
import { assemble } from "../src/wasm/module.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { workOf } from "../src/compile/work.js";

const base = local("i32");
const { bytes: wasm } = assemble({
  memory: { from: "host", name: "memory", pages: 1 },
  exports: { run: valued("run", [base], [], call(imported("host", "interpret", ["i32"], "i32"), base)) },
});

/** Behind the table, the scratch that a module spoils. */
const spoiledBytes = 100;

/** The compiler; `inside` runs while a module does. */
export const interpretedModules =
  (inside: () => void = () => undefined): Compile =>
  (program) => {
    const { inputs, outputs } = program;
    const constants = [...new Set(program.equations.flatMap((equation) => equation.inputs))].filter(
      (value) => value instanceof ArrayTensor,
    );
    const entries = inputs.length + constants.length + outputs.length;
    return {
      wasm,
      inputs,
      constants,
      outputs,
      scratchBytes: 4 * entries + spoiledBytes,
      work: workOf(program),
      explain: () => "interpreted",
      hostFunctions: (memory) => ({
        interpret: (at = 0) => {
          const addressOf = (place: number): number => {
            const address = new Int32Array(memory(), at, entries)[place] ?? -1;
            expect(address % 16).toBe(0);
            return address;
          };
          const read = ({ shape, dtype }: Aval, place: number): ArrayTensor => {
            const data = allocate(dtype, sizeOfShape(shape));
            bytesIn(data).set(new Uint8Array(memory(), addressOf(place), data.byteLength));
            return contiguousTensor(data, shape, dtype);
          };
          const given = inputs.map(read);
          const held = new Map<Value, ArrayTensor>(
            constants.map((constant, index) => [constant, read(constant, inputs.length + index)]),
          );
          new Uint8Array(memory(), at + 4 * entries, spoiledBytes).fill(0xab);
          inside();
          try {
            const results = evaluateProgram(withConstants(program, held), given);
            results.forEach((result, index) => {
              const { data } = copy(result);
              const address = addressOf(inputs.length + constants.length + index);
              new Uint8Array(memory(), address, data.byteLength).set(bytesIn(data));
            });
            return 0;
          } catch (error) {
            if (error instanceof TensorError) return 1;
            throw error;
          }
        },
      }),
    };
  };

const bytesIn = (data: TypedArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.length * data.BYTES_PER_ELEMENT);

const withConstants = (program: Program, constants: ReadonlyMap<Value, ArrayTensor>): Program => ({
  ...program,
  equations: program.equations.map((equation) => ({
    ...equation,
    inputs: equation.inputs.map((input) => constants.get(input) ?? input),
  })),
});
