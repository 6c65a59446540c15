/** The elements of a large result, which the memory of modules holds until they are read or have to make room. */

import { tensorError } from "../errors/tensor-error.js";
import { allocate, bytesOf, copyOfElements, type TypedArray } from "../tensor/dtype.js";
import { showAval, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Elsewhere } from "../tensor/unread.js";
import type { Block } from "./heap.js";

/** Elements in a block, until they are brought to the JavaScript heap: once, as the storage of their tensor. */
export class HeldElements implements Elsewhere {
  /** `onRead` is told of the storage. */
  constructor(
    private readonly aval: Aval,
    private elements: Block | TypedArray,
    private readonly onRead: (storage: TypedArray) => void,
  ) {}

  read(): TypedArray {
    if (ArrayBuffer.isView(this.elements)) return this.elements;
    const storage = this.copy();
    this.elements = storage;
    this.onRead(storage);
    return storage;
  }

  copy(): TypedArray {
    const { aval, elements } = this;
    try {
      if (ArrayBuffer.isView(elements)) return copyOfElements(elements, 0, elements.length);
      const { space, address } = elements;
      return copyOfElements(space.views[aval.dtype], address / bytesOf(aval.dtype), sizeOfShape(aval.shape));
    } catch (cause) {
      throw noRoom(aval, cause);
    }
  }

  lose(): void {
    this.elements = allocate(this.aval.dtype, 0);
  }
}

const noRoom = (aval: Aval, cause: unknown): Error =>
  tensorError(
    {
      kind: "OutOfMemory",
      operation: "jit",
      problem: "there is no room for a result on the JavaScript heap",
      found: [["result", `${showAval(aval)}, ${sizeOfShape(aval.shape) * bytesOf(aval.dtype)} bytes`]],
      fix: "return less, for example a sum of it, or compute in smaller batches",
    },
    cause,
  );
