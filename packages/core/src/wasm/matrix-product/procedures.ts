/** The procedures of one module, each made once: what several products need is shared. */

import type { WasmFunction } from "../function.js";
import type { ValueType } from "../value-type.js";

/** What has been made for a module, and for which engines it is. */
export interface Procedures {
  /** Whether the module is for an engine with a multiply-add that rounds once. */
  readonly fuses: boolean;
  /** By what tells their code apart. */
  readonly made: Map<string, WasmFunction>;
}

/** None so far. */
export const proceduresFor = (fuses: boolean): Procedures => ({ fuses, made: new Map() });

/** The procedure of a key, made if there is none yet. */
export const shared = <A extends readonly ValueType[]>(
  { made }: Procedures,
  key: string,
  make: (name: string) => WasmFunction<A, undefined>,
): WasmFunction<A, undefined> => {
  const found = made.get(key);
  // A key begins with what makes it, and so has one type.
  if (found !== undefined) return found as WasmFunction<A, undefined>;
  const procedure = make(key);
  made.set(key, procedure);
  return procedure;
};

/** Parameters of so many addresses or numbers. */
export type Integers<N extends number, A extends readonly "i32"[] = []> = A["length"] extends N
  ? A
  : Integers<N, readonly [...A, "i32"]>;
