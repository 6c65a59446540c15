/** The options of the data loader: their type, their codec for JSON, their check in code. */

import { dtypeOf, isTensor, shapeOf, TensorError } from "@cotangent/core";
import type { AnyTensor, Shape } from "@cotangent/core";
import { closed, decode, tensorJsonOf } from "@cotangent/core/io";
import type { Key } from "@cotangent/core/random";
import * as t from "io-ts";
import { wholeFrom } from "./position.js";

/** The options of `dataLoader`, with PyTorch's names and defaults. */
export interface DataLoaderOptions<A, B> {
  /** How many rows a batch has; 1 by default. */
  readonly batchSize?: number | undefined;
  /** Whether each epoch has an order of its own; it needs a key. */
  readonly shuffle?: boolean | undefined;
  /** Whether a last batch that is not full is left out. */
  readonly dropLast?: boolean | undefined;
  /** From which the orders are drawn: that of an epoch from `foldIn(key, epoch)`. */
  readonly key?: Key | undefined;
  /** How rows become a batch, in place of the dataset's own way. */
  readonly collate?: ((rows: readonly A[]) => B) | undefined;
}

const plain = {
  batchSize: /* @__PURE__ */ wholeFrom(1),
  shuffle: t.boolean,
  dropLast: t.boolean,
};

/**
 * The codec of the options of `dataLoader`, for configurations in JSON. The key is a tensor in JSON; a `collate` is a
 * function, which JSON has not.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as data from "@cotangent/data";
 *
 * decode(data.dataLoaderOptions)({ batchSize: 32, dropLast: true }); // Right: the options
 * ```
 */
export const dataLoaderOptions = /* @__PURE__ */ closed(
  "the options of dataLoader",
  {},
  {
    ...plain,
    key: /* @__PURE__ */ tensorJsonOf({ shape: [2], dtype: "uint32" }),
  },
);

const only = <A>(name: string, is: (u: unknown) => u is A): t.Type<A> =>
  new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);

const lengths = (x: AnyTensor): Shape => {
  const shape: unknown = shapeOf(x);
  return shape as Shape; // of a tensor whose type says no shape
};
const isKey = (u: unknown): u is Key => isTensor(u) && dtypeOf(u) === "uint32" && lengths(u).join() === "2";
const isFunction = (u: unknown): u is (...args: never) => unknown => typeof u === "function";

const inCode = /* @__PURE__ */ closed(
  "the options of dataLoader",
  {},
  {
    ...plain,
    key: /* @__PURE__ */ only("a key, as random.key(0)", isKey),
    collate: /* @__PURE__ */ only("a function of rows", isFunction),
  },
);

/** The options as they were given in code. @throws TensorError */
export const checkOptions = <A, B>(options: DataLoaderOptions<A, B>): DataLoaderOptions<A, B> => {
  const decoded = decode(inCode, { operation: "dataLoader" })(options);
  if (decoded._tag === "Left") throw new TensorError({ ...decoded.left.details, kind: "InvalidArgument" });
  if (options.shuffle !== true || options.key !== undefined) return options;
  throw new TensorError({
    kind: "InvalidArgument",
    operation: "dataLoader",
    problem: "shuffling needs a key",
    fix: "dataLoader(dataset, { shuffle: true, key: random.key(0) })",
  });
};
