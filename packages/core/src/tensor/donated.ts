/** Storages that were given away: a jitted call read them for the last time, and whoever reads them afterwards is told which. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { TypedArray } from "./dtype.js";
import { showAval, type Aval } from "./shape.js";
import { elsewhereOf, type Stored } from "./unread.js";

/** Who took a storage: a declared cache, weak in the storage. */
const takers = /* @__PURE__ */ new WeakMap<TypedArray, string>();

/** Whether any storage was ever given away: until then nothing is looked up. */
export const donations = { any: false };

/** Gives the storage of a tensor away; `taker` says to whom. Elements that nobody has read are lost. */
export const giveAway = (x: Stored, taker: string): void => {
  donations.any = true;
  elsewhereOf(x)?.lose();
  takers.set(x.data, taker);
};

export const isGivenAway = (storage: TypedArray): boolean => donations.any && takers.has(storage);

/** @throws TensorError when the storage of a tensor, or of a view of it, was given away. */
export const checkKept = (operation: string, x: Aval & Stored): void => {
  // What is given away has been read.
  if (!donations.any || elsewhereOf(x) !== undefined) return;
  const taker = takers.get(x.data);
  if (taker !== undefined) throw donatedError(operation, x, taker);
};

const donatedError = (operation: string, x: Aval, taker: string): TensorError =>
  tensorError({
    kind: "DonatedTensor",
    operation,
    problem: "the tensor was donated, so its elements are gone",
    found: [
      ["got", `a tensor of ${showAval(x)}`],
      ["taken by", taker],
    ],
    fix: "use what that call returned, or leave the argument out of donate; add(x, 0) makes a copy to keep",
  });
