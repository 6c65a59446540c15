/** The type of `jit`: the function's own. */

/** The options of `jit`. */
export type JitOptions = {
  /** Positions of arguments that are constants of the trace: part of the key, compared by identity, handed on as they are. */
  readonly staticArgs?: readonly number[];
};

/** `jit`. */
export type Jit = <A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options?: JitOptions,
) => (...args: A) => R;

/** `P.jit(options)`. */
export type JitLast = (
  options?: JitOptions,
) => <A extends readonly unknown[], R>(f: (...args: A) => R) => (...args: A) => R;
