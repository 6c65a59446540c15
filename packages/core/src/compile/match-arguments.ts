/** Whether the arguments of a call are those of a trace: one walk along the trace's structure, which collects the tensors. */

import type { Aval } from "../tensor/shape.js";
import { sameShape } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import type { Flattened, TreeStructure } from "../tree/flatten.js";
import { openNode } from "../tree/node.js";

/** The arguments that a trace is for. */
export interface ArgumentsKey {
  /** With anything in the places of tensors, and `null` in those of static arguments. */
  readonly tree: Flattened;
  readonly avals: readonly Aval[];
  /** For each static argument its position and value. */
  readonly statics: readonly (readonly [position: number, value: unknown])[];
}

/** The tensors of the arguments, if they match. */
export const matchArguments = (key: ArgumentsKey, args: readonly unknown[]): readonly Value[] | undefined => {
  const { structure } = key.tree;
  if (structure.kind !== "array" || structure.children.length !== args.length) return undefined;
  for (const [position, value] of key.statics) if (!Object.is(args[position], value)) return undefined;
  const walk = new Walk(key);
  for (let position = 0; position < args.length; position++) {
    if (key.statics.length > 0 && key.statics.some(([at]) => at === position)) continue;
    const child = structure.children[position];
    if (child === undefined || !walk.fits(child, args[position])) return undefined;
  }
  return walk.tensors;
};

class Walk {
  readonly tensors: Value[] = [];
  private leaf = 0;

  constructor(private readonly key: ArgumentsKey) {}

  fits(structure: TreeStructure, tree: unknown): boolean {
    switch (structure.kind) {
      case "leaf":
        return this.fitsLeaf(tree);
      case "null":
        return tree === null;
      case "array":
        return Array.isArray(tree) && this.fitChildren(structure.children, tree);
      case "object":
        return isPlain(tree) && this.fitEntries(structure.keys, structure.children, tree);
      case "registered": {
        if (typeof tree !== "object" || tree === null || tree.constructor !== structure.type) return false;
        const open = openNode("jit", tree, () => "");
        return open?.kind === "registered" && this.fitChildren(structure.children, open.children);
      }
    }
  }

  private fitsLeaf(tree: unknown): boolean {
    const expected = this.key.tree.leaves[this.leaf++];
    if (!(expected instanceof Value)) return Object.is(expected, tree);
    if (!(tree instanceof Value)) return false;
    const aval = this.key.avals[this.tensors.length];
    if (aval?.dtype !== tree.dtype || !sameShape(aval.shape, tree.shape)) return false;
    this.tensors.push(tree);
    return true;
  }

  private fitChildren(structures: readonly TreeStructure[], children: readonly unknown[]): boolean {
    if (structures.length !== children.length) return false;
    for (let place = 0; place < structures.length; place++) {
      const structure = structures[place];
      if (structure === undefined || !this.fits(structure, children[place])) return false;
    }
    return true;
  }

  private fitEntries(
    keys: readonly string[],
    structures: readonly TreeStructure[],
    tree: Readonly<Record<string, unknown>>,
  ): boolean {
    if (Object.keys(tree).length !== keys.length) return false;
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place];
      const structure = structures[place];
      if (key === undefined || structure === undefined || !Object.hasOwn(tree, key)) return false;
      if (!this.fits(structure, tree[key])) return false;
    }
    return true;
  }
}

const isPlain = (tree: unknown): tree is Readonly<Record<string, unknown>> => {
  if (typeof tree !== "object" || tree === null) return false;
  const prototype: unknown = Object.getPrototypeOf(tree);
  return prototype === Object.prototype || prototype === null;
};
