/** The data loader: batches as a pure function of an epoch and a number. */

import { foldIn, permutation, type Key } from "@cotangent/core/random";
import { TensorError, toTypedArray } from "@cotangent/core";
import type { Dataset } from "../datasets/dataset.js";
import { collate as stackRows, type Collated } from "./collate.js";
import { checkOptions, type DataLoaderOptions } from "./options.js";
import type { Position } from "./position.js";

/** The batches of a dataset. As an iterable it is its first epoch. */
export interface DataLoader<B> extends Iterable<B> {
  /** The batch of a number, in an epoch; both count from 0. @throws TensorError when there is none. */
  (epoch: number, index: number): B;
  /** How many batches an epoch has. */
  readonly length: number;
  /** The batches of an epoch, from a number on. */
  readonly batches: (epoch?: number, from?: number) => Iterable<B>;
  /** The position after another: `{ epoch: 0, index: 0 }` is the first. */
  readonly next: (position: Position) => Position;
}

/** The batch that a dataset gives by itself, or collated rows. */
export type DefaultBatch<A, B> = unknown extends B ? Collated<A> : B;

/**
 * The batches of a dataset: a pure function `(epoch, index) → batch`.
 *
 * The order of an epoch follows from the key and the epoch alone, so that a run goes on exactly where a position, a plain
 * value, says: `loader(epoch, index)`, then `loader.next({ epoch, index })`. Shuffling draws an order of row numbers; the
 * data are neither copied nor moved.
 *
 * @throws TensorError when an option is unknown or out of range, or when it is to shuffle without a key.
 * @see `torch.utils.data.DataLoader`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as random from "@cotangent/core/random";
 * import * as data from "@cotangent/data";
 *
 * const dataset = data.tensorDataset({ x: tensor([1, 2, 3, 4, 5]) });
 * const loader = data.dataLoader(dataset, { batchSize: 2, shuffle: true, key: random.key(0) });
 * for (const { x } of loader.batches(1)) toArray(x); // two, two, and one of the five numbers
 * let position = { epoch: 0, index: 2 };
 * toArray(loader(position.epoch, position.index).x); // the last one of the first epoch
 * position = loader.next(position); // { epoch: 1, index: 0 }
 * ```
 */
export const dataLoader = <A, D, B = DefaultBatch<A, D>>(
  dataset: Dataset<A, D>,
  options: DataLoaderOptions<A, B> = {},
): DataLoader<B> => {
  const { batchSize = 1, shuffle = false, dropLast = false, key, collate } = checkOptions(options);
  const length = (dropLast ? Math.floor : Math.ceil)(dataset.length / batchSize);
  const orderOf = shuffle && key !== undefined ? shuffled(key, dataset.length) : inOrder;
  const batchOf = (indices: Int32Array): unknown => {
    if (collate === undefined && dataset.batch !== undefined) return dataset.batch(indices);
    return (collate ?? stackRows)(Array.from(indices, (row) => dataset.get(row)));
  };
  const load = (epoch: number, index: number): B => {
    checkPosition(epoch, index, length);
    const start = index * batchSize;
    return batchOf(orderOf(epoch, start, Math.min(start + batchSize, dataset.length))) as B; // by the types of the dataset and of `collate`
  };
  const batches = (epoch = 0, from = 0): Iterable<B> => ({
    *[Symbol.iterator]() {
      for (let index = from; index < length; index++) yield load(epoch, index);
    },
  });
  const next = ({ epoch, index }: Position): Position =>
    index + 1 < length ? { epoch, index: index + 1 } : { epoch: epoch + 1, index: 0 };
  // A function has a length already, which only a definition replaces.
  return Object.defineProperties(load, {
    length: { value: length },
    batches: { value: batches },
    next: { value: next },
    [Symbol.iterator]: { value: () => batches()[Symbol.iterator]() },
  }) as DataLoader<B>;
};

/** The rows from one place of an epoch's order to another. */
type Order = (epoch: number, start: number, stop: number) => Int32Array;

const inOrder: Order = (_epoch, start, stop) =>
  Int32Array.from({ length: stop - start }, (_, place) => start + place);

/** The order of the last epoch asked for is kept: it is drawn once an epoch. */
const shuffled = (key: Key, length: number): Order => {
  let last: { readonly epoch: number; readonly order: Int32Array } | undefined;
  return (epoch, start, stop) => {
    if (last?.epoch !== epoch) last = { epoch, order: toTypedArray(permutation(foldIn(key, epoch), length)) };
    return last.order.slice(start, stop);
  };
};

const checkPosition = (epoch: number, index: number, length: number): void => {
  const isEpoch = Number.isSafeInteger(epoch) && epoch >= 0;
  if (isEpoch && Number.isSafeInteger(index) && index >= 0 && index < length) return;
  throw new TensorError({
    kind: "IndexOutOfRange",
    operation: "dataLoader",
    problem: isEpoch ? `there is no batch ${index}` : `there is no epoch ${epoch}`,
    found: [
      ["batches", length === 0 ? "none: the dataset has too few rows" : `0 to ${length - 1} in each epoch`],
    ],
    fix: isEpoch ? "loader.next(position) gives the position after another" : "epochs count 0, 1, 2, …",
  });
};
