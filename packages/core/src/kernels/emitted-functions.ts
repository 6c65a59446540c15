/** Float32 functions on WebAssembly's vectors: elements are copied into its memory piece by piece, mapped there, and copied out. */

import { hostEngine, instantiate, once, type Engine } from "../wasm/engine.js";
import { float32Module, type Float32Function } from "../wasm/float32/module.js";

/** `out[o + k] = f(x[i + k])` for k below n. */
type EmittedFunction = (x: Float32Array, i: number, out: Float32Array, o: number, n: number) => void;

export type EmittedFunctions = Readonly<Record<Float32Function, EmittedFunction>>;

const memoryName = { from: "host", name: "memory" } as const;
/** The elements of one page. */
const pieceLength = 16384;

/** Compiles the functions; nothing where the engine refuses. */
export const compileFunctions = (engine: Engine): EmittedFunctions | undefined => {
  const memory = new engine.Memory({ initial: 1, maximum: 1 });
  const functions = instantiate(engine, float32Module(memoryName), {
    [memoryName.from]: { [memoryName.name]: memory },
  });
  if (functions === undefined) return undefined;
  const view = new Float32Array(memory.buffer);
  const mapped =
    (kernel: (bytes: number) => number): EmittedFunction =>
    (x, i, out, o, n) => {
      for (let done = 0; done < n; done += pieceLength) {
        const count = Math.min(pieceLength, n - done);
        view.set(x.subarray(i + done, i + done + count));
        // Up to three elements behind the last are mapped too, and stay.
        kernel(4 * count);
        out.set(view.subarray(0, count), o + done);
      }
    };
  return {
    exp: mapped(functions.exp),
    log: mapped(functions.log),
    sigmoid: mapped(functions.sigmoid),
    tanh: mapped(functions.tanh),
  };
};

/** The host's functions, compiled when they are first asked for. */
export const hostFunctions: () => EmittedFunctions | undefined = /* @__PURE__ */ once(() => {
  const engine = hostEngine();
  return engine === undefined ? undefined : compileFunctions(engine);
});
