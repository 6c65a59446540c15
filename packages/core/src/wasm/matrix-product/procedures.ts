/** The procedures of one module, each made once: what several products need is shared. */

import type { WasmFunction } from "../function.js";
import type { ValueType } from "../value-type.js";

/** By what tells their code apart. */
export type Procedures = Map<string, WasmFunction>;

/** The procedure of a key, made if there is none yet. */
export const shared = <A extends readonly ValueType[]>(
  procedures: Procedures,
  key: string,
  make: (name: string) => WasmFunction<A, undefined>,
): WasmFunction<A, undefined> => {
  const found = procedures.get(key);
  // A key begins with what makes it, and so has one type.
  if (found !== undefined) return found as WasmFunction<A, undefined>;
  const made = make(key);
  procedures.set(key, made);
  return made;
};

/** Parameters of so many addresses or numbers. */
export type Integers<N extends number, A extends readonly "i32"[] = []> = A["length"] extends N
  ? A
  : Integers<N, readonly [...A, "i32"]>;
