/** What the loops of an equation will read, before anything has a place. */

import { isVariableOf, type Equation, type Program } from "../program/program.js";
import type { Affine } from "../program/lowering.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import type { Expression } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import type { Analysis } from "./analysis.js";
import { Expansion } from "./expand.js";
import type { Node } from "./expression-graph.js";
import type { BufferStorage, Storage } from "./storage.js";

export interface LoopAccess {
  /** The variable that is read; -1 for a constant. */
  readonly index: number;
  readonly at: Affine;
}

export interface LoopAccesses {
  readonly reads: readonly LoopAccess[];
  /** Whether it depends on the numbers of the loops. */
  readonly counts: boolean;
}

/** Of loops over a domain of so many axes. */
export const loopAccesses = (
  program: Program,
  analysis: Analysis,
  equation: Equation,
  rank: number,
): LoopAccesses => {
  // A reshape in between makes another buffer with the same pointer.
  const names = new Map<Expression<"i32">, number>();
  const storages = new Map<number, BufferStorage>();
  const find = (index: number): Storage | undefined => {
    const giver = analysis.givers.get(index);
    const output = giver?.outputs.find((each) => each.index === index) ?? inputOf(program, index);
    if (output === undefined || (giver !== undefined && !analysis.stored.has(index))) return undefined;
    const storage = storages.get(index) ?? nowhere(output);
    storages.set(index, storage);
    names.set(storage.pointer, index);
    return storage;
  };
  const values = {
    find,
    storageOf: (value: Value): Storage =>
      (!(value instanceof ArrayTensor) && isVariableOf(program, value) ? find(value.index) : undefined) ??
      nowhere(value),
    inMemory: (storage: Storage): BufferStorage => (storage.kind === "buffer" ? storage : nowhere(storage)),
  };
  const expansion = new Expansion(program, analysis, values, rank);
  expansion.root(equation);
  const { nodes } = expansion.graph;
  return {
    reads: nodes.flatMap((node: Node) =>
      node.kind === "load" ? [{ index: names.get(node.buffer.pointer) ?? -1, at: node.at }] : [],
    ),
    counts: nodes.some(({ kind }) => kind === "index"),
  };
};

/** Whether loops are at the same element of two that lie alike. */
export const samePlace = (domain: Shape, a: Affine, b: Affine): boolean =>
  a.start === b.start && domain.every((length, axis) => length === 1 || a.steps[axis] === b.steps[axis]);

const inputOf = (program: Program, index: number): Aval | undefined =>
  program.inputs.find((input) => input.index === index);

const nowhere = ({ shape, dtype }: Aval): BufferStorage => ({
  kind: "buffer",
  shape,
  dtype,
  pointer: i32.const(0),
  offset: 0,
  piece: undefined,
});
