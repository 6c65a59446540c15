/** What a loop computes, as a graph: loads, indices and constants, and the operations between them. */

import type { Affine, Lowering } from "../program/lowering.js";
import { rowMajorStrides, type Aval } from "../tensor/shape.js";
import type { DType } from "../types/tensor.js";
import type { Lane } from "./lanes.js";
import type { BufferStorage } from "./storage.js";

/** `lower.emit` of an equation. */
export interface Operation {
  readonly lower: Extract<Lowering<unknown>, { kind: "elementwise" | "stencil" }>;
  readonly params: unknown;
  readonly output: Aval;
}

/** The product of two elements, as a graph applies it. */
export const product: Operation["lower"] = {
  kind: "elementwise",
  emit: (emit, [x, y]) => emit.mul(x as never, y as never), // a product has two factors
};

/** The sum of two elements, as a graph applies it. */
export const sum: Operation["lower"] = {
  kind: "elementwise",
  emit: (emit, [x, y]) => emit.add(x as never, y as never), // a sum has two terms
};

/** Where elements of a buffer are, as a sum over the loops' indices; in elements. */
export type Node =
  | { readonly kind: "load"; readonly dtype: DType; readonly buffer: BufferStorage; readonly at: Affine }
  | { readonly kind: "index"; readonly dtype: DType; readonly at: Affine }
  | { readonly kind: "constant"; readonly dtype: DType; readonly value: number }
  /** A number that is known before the loops. */
  | { readonly kind: "given"; readonly dtype: DType; readonly lane: Lane }
  | {
      readonly kind: "operation";
      readonly dtype: DType;
      readonly operation: Operation;
      readonly inputs: readonly Node[];
    };

/** Makes nodes, equal ones once. */
export class Graph {
  private readonly known = new Map<string, Node>();
  private readonly numbers = new Map<object, number>();
  /** In an order in which inputs come first. */
  readonly nodes: Node[] = [];

  load(buffer: BufferStorage, dtype: DType, at: Affine): Node {
    return this.node(`load ${this.numberOf(buffer)} ${keyOf(at)}`, { kind: "load", dtype, buffer, at });
  }

  index(dtype: DType, at: Affine): Node {
    return this.node(`index ${dtype} ${keyOf(at)}`, { kind: "index", dtype, at });
  }

  constant(dtype: DType, value: number): Node {
    const text = Object.is(value, -0) ? "-0" : String(value);
    return this.node(`constant ${dtype} ${text}`, { kind: "constant", dtype, value });
  }

  given(lane: Lane): Node {
    return this.node(`given ${this.numberOf(lane)}`, { kind: "given", dtype: lane.dtype, lane });
  }

  operation(key: object, operation: Operation, inputs: readonly Node[]): Node {
    const numbers = inputs.map((input) => this.numberOf(input)).join(",");
    return this.node(`operation ${this.numberOf(key)} ${numbers}`, {
      kind: "operation",
      dtype: operation.output.dtype,
      operation,
      inputs,
    });
  }

  private node(key: string, made: Node): Node {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    this.known.set(key, made);
    this.nodes.push(made);
    return made;
  }

  private numberOf(thing: object): number {
    const found = this.numbers.get(thing);
    if (found !== undefined) return found;
    const number = this.numbers.size;
    this.numbers.set(thing, number);
    return number;
  }
}

/** The element of a buffer at an index. */
export const elementAt = (graph: Graph, buffer: BufferStorage, at: readonly Affine[]): Node => {
  const whole = { start: 0, steps: rowMajorStrides(buffer.shape) };
  return graph.load(buffer, buffer.dtype, composed(whole, at, at[0]?.steps.length ?? 0));
};

/** An operation on nodes; equal ones are made once. */
export const operate = (
  graph: Graph,
  lower: Operation["lower"],
  dtype: DType,
  inputs: readonly Node[],
): Node => graph.operation(lower, { lower, params: {}, output: { shape: [], dtype } }, inputs);

const keyOf = ({ start, steps }: Affine): string => `${start} ${steps.join(",")}`;

/** An index of an index: `outer` is a sum over indices that `inner` gives from those of the loops. */
export const composed = (outer: Affine, inner: readonly Affine[], rank: number): Affine => {
  const steps = new Array<number>(rank).fill(0);
  let { start } = outer;
  outer.steps.forEach((step, axis) => {
    const index = inner[axis];
    if (step === 0 || index === undefined) return;
    start += step * index.start;
    index.steps.forEach((inside, k) => (steps[k] = (steps[k] ?? 0) + step * inside));
  });
  return { start, steps };
};
