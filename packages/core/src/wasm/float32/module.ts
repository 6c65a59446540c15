/** Functions of float32 as a module: each maps the elements at the start of the memory, in place. */

import { forRange } from "../control.js";
import { local, type Expression } from "../expression.js";
import { procedure } from "../function.js";
import { assemble, type WasmModule } from "../module.js";
import { v128 } from "../simd.js";
import { exp } from "./exp.js";
import { log } from "./log.js";
import { sigmoid } from "./sigmoid.js";
import { tanh } from "./tanh.js";

export type Float32Function = "exp" | "log" | "sigmoid" | "tanh";

/** A loop over so many bytes, sixteen at a time. */
const loopOf = (name: string, kernel: (x: Expression<"v128">) => Expression<"v128">) => {
  const [at, bytes] = [local("i32"), local("i32")];
  return procedure(name, [bytes], [forRange(at, 0, bytes, 16, [v128.store(at, kernel(v128.load(at)))])]);
};

/** Exports each function by its name; imports a memory. */
export const float32Module = (memory: {
  readonly from: string;
  readonly name: string;
}): WasmModule<Float32Function> =>
  assemble({
    memory: { ...memory, pages: 1 },
    exports: {
      exp: loopOf("exp", exp),
      log: loopOf("log", log),
      sigmoid: loopOf("sigmoid", sigmoid),
      tanh: loopOf("tanh", tanh),
    },
  });
