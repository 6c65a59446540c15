/** The elements of a large result, which the memory of modules holds until they are read or have to make room. */

import { allocate, bytesOf, copyOfElements, type TypedArray } from "../tensor/dtype.js";
import { noRoom } from "../tensor/no-room.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Elsewhere } from "../tensor/unread.js";
import type { Block } from "./heap.js";
import type { Recipe } from "./recipe.js";

/** Who is told where elements come to be. */
export interface HeldElementsOwner {
  /** They were copied to the JavaScript heap. */
  readonly onCopied: (copy: TypedArray) => void;
  /** They were made again, in a block. */
  readonly onRestored: (block: Block) => void;
  /** They have a storage. */
  readonly onRead: (storage: TypedArray) => void;
}

/**
 * Elements in a block, until they are brought to the JavaScript heap: once, as the storage of their tensor. Those that have a recipe need not
 * be brought there when the block has to go: if they are asked for afterwards they are made again, in another block, where they are like elements
 * without a recipe. So that happens once.
 */
export class HeldElements implements Elsewhere {
  /** Where they are; undefined while they are nowhere, and the recipe is there. */
  private elements: Block | TypedArray | undefined;

  constructor(
    private readonly aval: Aval,
    block: Block,
    private recipe: Recipe | undefined,
    private readonly owner: HeldElementsOwner,
  ) {
    this.elements = block;
  }

  read(): TypedArray {
    this.restore();
    if (ArrayBuffer.isView(this.elements)) return this.elements;
    const storage = this.copy();
    this.elements = storage;
    this.recipe = undefined;
    this.owner.onRead(storage);
    return storage;
  }

  copy(): TypedArray {
    this.restore();
    const copy = copyOf(this.aval, this.elements as Block | TypedArray); // they are somewhere
    this.owner.onCopied(copy);
    return copy;
  }

  lose(): void {
    this.elements = allocate(this.aval.dtype, 0);
    this.recipe = undefined;
  }

  /**
   * The block has to go.
   *
   * @throws TensorError when there is no room for elements that must be brought out. They stay in the block.
   */
  leave(): void {
    if (this.recipe?.isIntact === true) this.elements = undefined;
    else this.read();
  }

  /**
   * Elements that are nowhere are made again.
   *
   * @throws TensorError when there is no room. They may be asked for later.
   */
  restore(): void {
    if (this.elements !== undefined) return;
    this.recipe?.remake((block) => {
      this.elements = block;
      this.recipe = undefined;
      this.owner.onRestored(block);
    });
  }

  /** If they have to go, they are brought out. */
  forgetRecipe(): void {
    this.recipe = undefined;
  }
}

const copyOf = (aval: Aval, elements: Block | TypedArray): TypedArray => {
  try {
    if (ArrayBuffer.isView(elements)) return copyOfElements(elements, 0, elements.length);
    const { space, address } = elements;
    return copyOfElements(space.views[aval.dtype], address / bytesOf(aval.dtype), sizeOfShape(aval.shape));
  } catch (cause) {
    throw noRoom("jit", aval, sizeOfShape(aval.shape) * bytesOf(aval.dtype), cause);
  }
};
