/** A procedure of a module, run by itself in a memory of its own. */

import { elementsAt } from "../src/compile/host-kernel.js";
import { bytesOf, type TypedArray } from "../src/tensor/dtype.js";
import type { DType } from "../src/types/tensor.js";
import type { Callable } from "../src/wasm/code.js";
import { fusesMultiplyAdd, instantiate } from "../src/wasm/engine.js";
import { assemble } from "../src/wasm/module.js";
import { engine } from "./host-engine.js";

/** Whether modules may use a multiply-add that rounds once. */
export const fuses = fusesMultiplyAdd(engine);

/** A memory of so many pages, seen as numbers of a dtype, and the procedure, which is called with addresses in it. */
export const inMemory = (
  procedure: Callable,
  pages: number,
  dtype: DType,
): { readonly view: TypedArray; readonly run: (...addresses: readonly number[]) => void } => {
  const memory = new engine.Memory({ initial: pages });
  const module = assemble({
    memory: { from: "host", name: "memory", pages: 1 },
    exports: { procedure },
    fuses,
  });
  const compiled = instantiate(engine, module, { host: { memory } });
  if (compiled === undefined) throw new Error("the engine refuses the module");
  const { buffer } = memory;
  return {
    view: elementsAt(buffer, 0, { shape: [buffer.byteLength / bytesOf(dtype)], dtype }),
    run: (...addresses) => void compiled.procedure(...addresses),
  };
};
