/** Compiled programs run by themselves, in a memory of their own: what they write outside of their places is seen. */

import { contiguous } from "../src/kernels/strided.js";
import { isVariableOf, type Program } from "../src/program/program.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import { bytesOf } from "../src/tensor/dtype.js";
import { sizeOfShape, type Aval } from "../src/tensor/shape.js";
import type { Value } from "../src/tensor/value.js";
import { optimise } from "../src/transforms/optimise.js";
import { writeTables } from "../src/wasm/float32/tables.js";
import { reservedBytes, stripAddress } from "../src/wasm/reserved.js";
import { elementsAt } from "../src/compile/host-kernel.js";
import { compileProgram } from "../src/compile/compile-program.js";
import type { Compile } from "../src/compile/compiled-program.js";
import { inlineAllCalls, inlineCalls } from "../src/compile/inline-calls.js";
import { engine } from "./host-engine.js";

/** A program as a compiler is given it: optimised, what is read alone, each result once; which inputs are left. */
export const coreOf = (
  program: Program,
): { readonly core: Program; readonly read: readonly number[] } | undefined => {
  // Without inputs all would be folded, and nothing left to compile.
  const optimised = inlineAllCalls(program.inputs.length === 0 ? program : optimise(inlineCalls(program)));
  const given = new Set<Value>(optimised.equations.flatMap(({ outputs }) => outputs));
  const used = new Set<Value>(optimised.equations.flatMap(({ inputs }) => inputs));
  const outputs = [...new Set(optimised.outputs)].filter(
    (output) => isVariableOf(optimised, output) && given.has(output),
  );
  if (outputs.length === 0) return undefined;
  const read = optimised.inputs.flatMap((input, place) => (used.has(input) ? [place] : []));
  return {
    core: { ...optimised, inputs: optimised.inputs.filter((input) => used.has(input)), outputs },
    read,
  };
};

/** A run: 0 and the results, or the number of the check that failed. */
export interface Ran {
  readonly status: number;
  readonly outputs: readonly ArrayTensor[];
  /** Whether loops were in stages. */
  readonly usesStrips: boolean;
}

/** What memory holds where nothing was put: a NaN, and no small integer. */
const poison = 0xff;

/** Between two places, which nothing may write to. */
const gap = 64;

/** Compiles a program for runs in one memory, which is spoilt before each. */
export const compiledRunner = (
  core: Program,
  compile: Compile = compileProgram,
): ((args: readonly ArrayTensor[]) => Ran) => {
  const compiled = compile(core);
  if (compiled === undefined) throw new Error("the program is too large for a module");
  let end = reservedBytes;
  const place = (bytes: number): number => {
    const at = end;
    // A vector may be read up to the next multiple of 16.
    end = Math.ceil((end + bytes) / 16) * 16 + gap;
    return at;
  };
  const bytesOfAval = ({ shape, dtype }: Aval): number => sizeOfShape(shape) * bytesOf(dtype);
  const places = [...compiled.inputs, ...compiled.constants, ...compiled.outputs].map((aval) =>
    place(bytesOfAval(aval)),
  );
  const base = place(compiled.scratchBytes);
  const memory = new engine.Memory({ initial: Math.ceil(end / 65536) + 1 });
  const module = new engine.Module(compiled.wasm);
  const instance = new engine.Instance(module, {
    host: { memory, ...compiled.hostFunctions(() => memory.buffer) },
  });
  const { run } = instance.exports as { readonly run: (base: number) => number }; // as the contract says

  return (args) => {
    const bytes = new Uint8Array(memory.buffer, 0, end);
    bytes.fill(poison);
    writeTables(memory.buffer);
    const given = [...args, ...compiled.constants];
    given.forEach((tensor, index) => {
      const { data, offset } = contiguous(tensor);
      elementsAt(memory.buffer, places[index] ?? 0, tensor).set(
        data.subarray(offset, offset + sizeOfShape(tensor.shape)), // of the same dtype
      );
    });
    new Int32Array(memory.buffer, base, places.length).set(places);
    const before = bytes.slice();
    const status = run(base);
    const allow = (at: number, length: number): void => before.set(bytes.subarray(at, at + length), at);
    allow(base, compiled.scratchBytes);
    allow(stripAddress, reservedBytes - stripAddress);
    const outputs = compiled.outputs.map((aval, index) => {
      const at = places[given.length + index] ?? 0;
      allow(at, bytesOfAval(aval));
      return contiguousTensor(elementsAt(memory.buffer, at, aval).slice(), aval.shape, aval.dtype);
    });
    if (Buffer.compare(bytes, before) !== 0) {
      const outside = bytes.findIndex((byte, at) => byte !== before[at]);
      throw new Error(`the module writes at ${outside}, outside of its places`);
    }
    const usesStrips = bytes.subarray(stripAddress, reservedBytes).some((byte) => byte !== poison);
    return { status, outputs, usesStrips };
  };
};
