/** Storages on the JavaScript heap for the large results of a compiled program. */

import { tensorError } from "../errors/tensor-error.js";
import { copyOfElements, type TypedArray } from "../tensor/dtype.js";
import { showAval, type Aval } from "../tensor/shape.js";

/** A result in the memory of modules. */
interface Result {
  readonly aval: Aval;
  readonly elements: TypedArray;
}

/**
 * Storages with the elements of results: donated ones of the same size and dtype, through a new view of their buffer, for the old one is known as given away,
 * and new ones. Those that are donated are written last, when nothing can fail any more. The ones taken leave the list.
 *
 * @throws TensorError when the JavaScript heap has no room.
 */
export const resultStorages = (results: readonly Result[], donated: TypedArray[]): readonly TypedArray[] => {
  const taken = results.map(({ elements }) => takeAlike(donated, elements));
  const storages = results.map((result, index) => taken[index] ?? newStorage(result));
  results.forEach(({ elements }, index) => taken[index]?.set(elements));
  return storages;
};

const takeAlike = (storages: TypedArray[], { length, constructor }: TypedArray): TypedArray | undefined => {
  const place = storages.findIndex(
    (storage) => storage.length === length && storage.constructor === constructor,
  );
  return place < 0 ? undefined : storages.splice(place, 1)[0]?.subarray();
};

const newStorage = ({ aval, elements }: Result): TypedArray => {
  try {
    return copyOfElements(elements, 0, elements.length);
  } catch (cause) {
    throw tensorError(
      {
        kind: "OutOfMemory",
        operation: "jit",
        problem: "there is no room for a result on the JavaScript heap",
        found: [["result", `${showAval(aval)}, ${elements.byteLength} bytes`]],
        fix: "return less, for example a sum of it, or compute in smaller batches",
      },
      cause,
    );
  }
};
