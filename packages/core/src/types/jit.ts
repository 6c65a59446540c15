/** The type of `jit`: the function's own. */

/** The options of `jit`; `B` is a place of the user's own for programs to run. */
export type JitOptions<B = unknown> = {
  /**
   * Positions of arguments that are read here for the last time: their storage may be used for the result, and every later use of a tensor
   * there, or of a view of one, throws. Under a transformation nothing is donated, since the derivative reads them again.
   */
  readonly donate?: readonly number[];
  /** Positions of arguments that are constants of the trace: part of the key, compared by identity, handed on as they are. */
  readonly staticArgs?: readonly number[];
  /**
   * Where the program runs, and all programs derived from it: `"wasm"` if left out. `"wasm-portable"` leaves out the relaxed multiply-add,
   * so that a module rounds alike on every engine (functions of float64 are the engine's own all the same, and what is computed before, of
   * constants, is as engines do it eagerly). `"interpreter"` is the reference.
   */
  readonly backend?: "wasm" | "wasm-portable" | "interpreter" | B;
};

/** `jit`. */
export type Jit<B = unknown> = <A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options?: JitOptions<B>,
) => (...args: A) => R;

/** `P.jit(options)`. */
export type JitLast<B = unknown> = (
  options?: JitOptions<B>,
) => <A extends readonly unknown[], R>(f: (...args: A) => R) => (...args: A) => R;
