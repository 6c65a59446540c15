/** A function of float32 as a module, which maps the elements behind what is reserved in the memory, in place. */

import { forRange } from "../control.js";
import { local, type Local } from "../expression.js";
import { procedure } from "../function.js";
import { i32 } from "../integer.js";
import { assemble, type WasmModule } from "../module.js";
import { reservedBytes, stripAddress } from "../reserved.js";
import { v128 } from "../simd.js";
import { stagesOf } from "../stages.js";
import { loopInStages } from "../strips.js";
import { float32Functions, type BinaryName, type UnaryName } from "./functions.js";
import type { Vector } from "./vector.js";

interface MemoryImport {
  readonly from: string;
  readonly name: string;
}

/** Exports `map(bytes)`: elements are taken from behind what is reserved, and results put there, sixteen bytes at a time. */
export const unaryModule = (name: UnaryName, memory: MemoryImport, fuses: boolean): WasmModule<"map"> => {
  const [at, bytes] = [local("i32"), local("i32")];
  const value = float32Functions.unary[name](v128.load(at, reservedBytes));
  return mapModule(memory, fuses, [bytes], at, bytes, value);
};

/** Exports `map(bytes, second)`: the second operand's elements start `second` bytes behind those of the first. */
export const binaryModule = (name: BinaryName, memory: MemoryImport, fuses: boolean): WasmModule<"map"> => {
  const [at, bytes, second] = [local("i32"), local("i32"), local("i32")];
  const value = float32Functions.binary[name](
    v128.load(at, reservedBytes),
    v128.load(i32.add(at, second), reservedBytes),
  );
  return mapModule(memory, fuses, [bytes, second], at, bytes, value);
};

const mapModule = (
  memory: MemoryImport,
  fuses: boolean,
  parameters: readonly Local<"i32">[],
  counter: Local<"i32">,
  to: Local<"i32">,
  value: Vector,
): WasmModule<"map"> => {
  const result = local("v128");
  const body = [result.set(value), v128.store(counter, result, reservedBytes)];
  const stages = stagesOf(body);
  const loop =
    stages === undefined
      ? forRange(counter, 0, to, 16, body)
      : loopInStages(stages, { counter, from: 0, to, by: 16, setup: [], body }, stripAddress);
  return assemble({
    memory: { ...memory, pages: 1 },
    exports: { map: procedure("map", parameters, [loop]) },
    fuses,
  });
};
