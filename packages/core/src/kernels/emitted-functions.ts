/** Float32 functions on WebAssembly's vectors: elements are copied into its memory piece by piece, mapped there, and copied out. */

import { fusesMultiplyAdd, hostEngine, instantiate, newMemory, once, type Engine } from "../wasm/engine.js";
import { float32Functions, type BinaryName, type UnaryName } from "../wasm/float32/functions.js";
import { binaryModule, unaryModule } from "../wasm/float32/module.js";
import { writeTables } from "../wasm/float32/tables.js";
import { reservedBytes } from "../wasm/reserved.js";
import type { WasmModule } from "../wasm/module.js";

/** `out[o + k] = f(x[i + k])` for k below n. */
export type EmittedUnary = (x: Float32Array, i: number, out: Float32Array, o: number, n: number) => void;

/** `out[o + k] = f(a[i + k s], b[j + k t])` for k below n; the steps are 0 or 1. */
export type EmittedBinary = (
  a: Float32Array,
  i: number,
  s: number,
  b: Float32Array,
  j: number,
  t: number,
  out: Float32Array,
  o: number,
  n: number,
) => void;

/** The functions of a table, each compiled when it is first asked for; nothing for a name that there is none of. */
export interface EmittedFunctions {
  readonly unary: (name: string) => EmittedUnary | undefined;
  readonly binary: (name: string) => EmittedBinary | undefined;
}

const memoryName = { from: "host", name: "memory" } as const;
/** Elements of a piece: two, and what is reserved before them, are within two pages. */
const pieceLength = 14208;
/** Where those of the second operand start, behind the first. */
const second = 4 * pieceLength;

/** The functions of an engine; nothing where it refuses. */
export const compileFunctions = (engine: Engine): EmittedFunctions | undefined => {
  const memory = newMemory(engine, { initial: 2, maximum: 2 });
  if (memory === undefined) return undefined;
  writeTables(memory.buffer);
  const view = new Float32Array(memory.buffer).subarray(reservedBytes / 4);
  const fuses = fusesMultiplyAdd(engine);
  const mapOf = (module: WasmModule<"map">) =>
    instantiate(engine, module, { [memoryName.from]: { [memoryName.name]: memory } })?.map;

  const unary = (name: UnaryName): EmittedUnary | undefined => {
    const map = mapOf(unaryModule(name, memoryName, fuses));
    if (map === undefined) return undefined;
    return (x, i, out, o, n) => {
      for (let done = 0; done < n; done += pieceLength) {
        const count = Math.min(pieceLength, n - done);
        view.set(x.subarray(i + done, i + done + count));
        // Up to three elements behind the last are mapped too, and stay.
        map(4 * count);
        out.set(view.subarray(0, count), o + done);
      }
    };
  };

  const binary = (name: BinaryName): EmittedBinary | undefined => {
    const map = mapOf(binaryModule(name, memoryName, fuses));
    if (map === undefined) return undefined;
    const bring = (x: Float32Array, from: number, step: number, to: number, count: number): void => {
      if (step === 0) view.fill(x[from]!, to, to + count);
      else view.set(x.subarray(from, from + count), to);
    };
    return (a, i, s, b, j, t, out, o, n) => {
      for (let done = 0; done < n; done += pieceLength) {
        const count = Math.min(pieceLength, n - done);
        bring(a, i + s * done, s, 0, count);
        bring(b, j + t * done, t, pieceLength, count);
        map(4 * count, second);
        out.set(view.subarray(0, count), o + done);
      }
    };
  };

  const functions = {
    unary: tableOf(float32Functions.unary, unary),
    binary: tableOf(float32Functions.binary, binary),
  };
  return functions.unary("exp") === undefined ? undefined : functions;
};

/** Functions by name, each made once. */
const tableOf = <N extends string, F>(
  names: Readonly<Record<N, unknown>>,
  make: (name: N) => F,
): ((name: string) => F | undefined) => {
  const known = (name: string): name is N => Object.hasOwn(names, name);
  const made = new Map<N, F>();
  return (name) => {
    if (!known(name)) return undefined;
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name);
  };
};

/** The host's functions. */
export const hostFunctions: () => EmittedFunctions | undefined = /* @__PURE__ */ once(() => {
  const engine = hostEngine();
  return engine === undefined ? undefined : compileFunctions(engine);
});
