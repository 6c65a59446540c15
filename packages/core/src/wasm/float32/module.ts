/** A function of float32 as a module, which maps the elements behind the tables at the start of the memory, in place. */

import { forRange } from "../control.js";
import { local, type Local } from "../expression.js";
import { procedure } from "../function.js";
import { i32 } from "../integer.js";
import { assemble, type WasmModule } from "../module.js";
import { v128 } from "../simd.js";
import { float32Functions, type BinaryName, type UnaryName } from "./functions.js";
import { tableBytes } from "./tables.js";
import type { Vector } from "./vector.js";

interface MemoryImport {
  readonly from: string;
  readonly name: string;
}

/** Exports `map(bytes)`: elements are taken from behind the tables, and results put there, sixteen bytes at a time. */
export const unaryModule = (name: UnaryName, memory: MemoryImport, fuses: boolean): WasmModule<"map"> => {
  const [at, bytes] = [local("i32"), local("i32")];
  return mapModule(
    memory,
    fuses,
    [bytes],
    at,
    bytes,
    float32Functions.unary[name](v128.load(at, tableBytes)),
  );
};

/** Exports `map(bytes, second)`: the second operand's elements start `second` bytes behind those of the first. */
export const binaryModule = (name: BinaryName, memory: MemoryImport, fuses: boolean): WasmModule<"map"> => {
  const [at, bytes, second] = [local("i32"), local("i32"), local("i32")];
  const value = float32Functions.binary[name](
    v128.load(at, tableBytes),
    v128.load(i32.add(at, second), tableBytes),
  );
  return mapModule(memory, fuses, [bytes, second], at, bytes, value);
};

const mapModule = (
  memory: MemoryImport,
  fuses: boolean,
  parameters: readonly Local<"i32">[],
  at: Local<"i32">,
  bytes: Local<"i32">,
  value: Vector,
): WasmModule<"map"> => {
  const map = procedure("map", parameters, [forRange(at, 0, bytes, 16, [v128.store(at, value, tableBytes)])]);
  return assemble({ memory: { ...memory, pages: 1 }, exports: { map }, fuses });
};
