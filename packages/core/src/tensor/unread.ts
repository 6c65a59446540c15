/** Tensors whose elements stay where they were computed until somebody reads them. */

import type { TypedArray } from "./dtype.js";

/** Where the elements of an unread tensor are. */
export interface Elsewhere {
  /**
   * The elements as the storage that the tensor has from now on.
   *
   * @throws TensorError when there is no room for it. The elements stay where they are.
   */
  read(): TypedArray;
  /**
   * The elements in an array of the caller's own. They stay where they are.
   *
   * @throws TensorError when there is no room for it.
   */
  copy(): TypedArray;
  /** Nobody may read them any more: the storage will be an empty one. */
  lose(): void;
}

/** What is known of the elements: where they are, or their storage. It changes, which a frozen tensor does not. */
interface Whereabouts {
  from: Elsewhere | undefined;
  data: TypedArray | undefined;
}

/** Of tensors that are or were unread alone, and not enumerable: comparisons do not see it. */
const elsewhere = Symbol("elsewhere");

/** What has a storage: a tensor. */
export interface Stored {
  readonly data: TypedArray;
  readonly [elsewhere]?: Whereabouts;
}

/** Where the elements of a tensor are, while it is unread. */
export const elsewhereOf = (x: Stored): Elsewhere | undefined => x[elsewhere]?.from;

/** What all views of the same elements share: the storage, or the tensor itself while it is unread, when it has no views. */
export const storageOf = (x: Stored): object => (elsewhereOf(x) === undefined ? x.data : x);

/**
 * Gives an object without `data` that property: the first read makes of it the plain field that other tensors have.
 *
 * Where the elements are is a property, and not in a weak map: young collections keep the values of those alive.
 */
export const readLater = (x: object, from: Elsewhere): void => {
  Object.defineProperty(x, "data", dataWhenRead);
  const whereabouts: Whereabouts = { from, data: undefined };
  Object.defineProperty(x, elsewhere, { value: whereabouts });
};

const dataWhenRead: PropertyDescriptor & ThisType<Stored & { [elsewhere]: Whereabouts }> = {
  enumerable: true,
  configurable: true,
  get(): TypedArray | undefined {
    const whereabouts = this[elsewhere];
    const value = (whereabouts.data ??= whereabouts.from?.read());
    whereabouts.from = undefined;
    // A frozen tensor stays as it is.
    if (!Object.isSealed(this))
      Object.defineProperty(this, "data", { value, enumerable: true, configurable: true, writable: true });
    return value;
  },
};
