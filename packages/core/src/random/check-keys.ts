/** checkKeys: a function that runs as before, but not with a key that is used twice. */

import { tensorError } from "../errors/tensor-error.js";
import { checkFunction } from "../transforms/arguments.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { KeyWatcher } from "./key-watcher.js";

/**
 * The same function, which throws when it uses a random key twice: draws from it twice, draws from it and splits it, or
 * folds the same number into it twice.
 *
 * Keys are compared by their words, so that a key made twice from one seed is found too; under `vmap` and `stage`, where
 * words are not known, by how they were computed. Folding different numbers into one key is one use. What was used
 * before the function was called is not known.
 *
 * @throws TensorError (kind `KeyReuse`) that names the key and both uses, or when the function is async.
 * @see `jax.experimental.key_reuse`.
 * @example
 * ```ts
 * import { add, attempt, checkKeys } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 * import type { Key } from "@cotangent/core/random";
 *
 * const noise = (key: Key) => add(random.normal(key, [3]), random.uniform(key, [3]));
 * attempt(() => checkKeys(noise)(random.key(0))); // Left: a key is used twice
 * ```
 */
export const checkKeys = <A extends readonly unknown[], R>(f: (...args: A) => R): ((...args: A) => R) => {
  checkFunction("checkKeys", f);
  return (...args) => {
    const watcher = new KeyWatcher(currentInterpreter());
    try {
      const result = runWith(watcher, () => f(...args));
      if (typeof result === "object" && result !== null && "then" in result) throw asyncError();
      return result;
    } finally {
      watcher.active = false;
    }
  };
};

const asyncError = (): Error =>
  tensorError({
    kind: "AsyncFunction",
    operation: "checkKeys",
    problem: "the function returned a Promise",
    found: [["expected", "a function that has drawn all its numbers when it returns"]],
    fix: "await what it needs before, and check the synchronous part",
  });
