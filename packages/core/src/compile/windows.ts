/** What is stored on the way to totals under a window: operands with room around and between their elements, and totals. */

import type { WindowAxis } from "../kernels/convolution-window.js";
import { elementByElement } from "../program/lowering.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { DType } from "../types/tensor.js";
import type { CodeBlock } from "./code-block.js";
import { elementAt, Graph, operate, type Node } from "./expression-graph.js";
import { startOf } from "./folds.js";
import type { BufferStorage, Strided } from "./storage.js";
import {
  isUnrolled,
  outputIndices,
  outputsOf,
  reachOf,
  storeFold,
  storeTotals,
  totalIn,
  type Element,
  type Indices,
} from "./window-totals.js";

/** Of each window the extremum, how many elements reach it (1 if there are none), and the total of others in their places. */
interface Reached {
  readonly extrema: BufferStorage;
  readonly extremum: Node;
  readonly count: Node;
  total(others: BufferStorage): Node;
}

type Axes = readonly WindowAxis[];

const atLeastOne = elementByElement((emit, [count, extremum]) => {
  const [none, one] = [0, 1].map((value) => emit.constant(value, count.dtype)) as [
    typeof count,
    typeof count,
  ];
  // Nothing reaches a NaN.
  const isOfNothing = emit.and(emit.equal(count, none), emit.equal(extremum, extremum));
  return emit.select(isOfNothing, one, count);
});

const whereReached = elementByElement((emit, [x, extremum, other]) =>
  emit.select(emit.equal(x, extremum), other, emit.constant(0, other.dtype)),
);

/** The scratch of one equation, given back together. */
export class Windows {
  private readonly taken: BufferStorage[] = [];

  constructor(private readonly block: CodeBlock) {}

  room({ shape, dtype }: Aval): BufferStorage {
    const buffer = this.block.allocate({ shape, dtype });
    this.taken.push(buffer);
    return buffer;
  }

  release(): void {
    for (const buffer of this.taken) this.block.giveBack(buffer);
  }

  /** The elements of an operand by position: where there are none, a value. */
  lined(buffer: BufferStorage, axes: Axes, value: number): BufferStorage {
    return cropped(buffer, axes) ?? this.padded(buffer, axes, value);
  }

  private padded(buffer: BufferStorage, axes: Axes, value: number): BufferStorage {
    const { dtype } = buffer;
    const room = this.room({ shape: axes.map(reachOf), dtype });
    if (sizeOfShape(room.shape) === 0) return room;
    const [from, to] = [rowMajorStrides(buffer.shape), rowMajorStrides(room.shape)];
    const filling = new Graph();
    this.copy(filling, filling.constant(dtype, value), room.shape, {
      buffer: room,
      at: { start: 0, steps: to },
    });
    const parts = axes.map((axis) => {
      const { inputs, low, inputDilation } = axis;
      const first = Math.max(0, Math.ceil(-low / inputDilation));
      const end = Math.min(inputs, Math.floor((reachOf(axis) - 1 - low) / inputDilation) + 1);
      return { first, count: Math.max(0, end - first), position: low + first * inputDilation };
    });
    const start = (strides: readonly number[], places: readonly number[]): number =>
      places.reduce((sum, place, axis) => sum + place * (strides[axis] ?? 0), 0);
    const graph = new Graph();
    const at = {
      start: start(
        from,
        parts.map(({ first }) => first),
      ),
      steps: from,
    };
    const target = {
      start: start(
        to,
        parts.map(({ position }) => position),
      ),
      steps: axes.map(({ inputDilation }, axis) => inputDilation * (to[axis] ?? 0)),
    };
    const domain = parts.map(({ count }) => count);
    this.copy(graph, graph.load(buffer, dtype, at), domain, { buffer: room, at: target });
    return room;
  }

  private copy(graph: Graph, node: Node, domain: readonly number[], target: Strided): void {
    if (sizeOfShape(domain) === 0) return;
    this.block.loops({
      domain,
      reduced: domain.map(() => false),
      graph,
      roots: [{ node, dtype: node.dtype, target }],
    });
  }

  /** The sum of expressions under each window, in loops over the outputs. */
  total(graph: Graph, axes: Axes, dtype: DType, element: Element): Node {
    if (isUnrolled(axes)) return totalIn(graph, axes, "sum", element);
    const buffer = this.room({ shape: outputsOf(axes), dtype });
    storeFold(this.block, axes, "sum", element, buffer);
    return elementAt(graph, buffer, outputIndices(axes));
  }

  /** Where the elements of an operand reach the extrema of the windows, in loops over the outputs. */
  reached(graph: Graph, x: BufferStorage, axes: Axes, reducer: "max" | "min"): Reached {
    const { dtype } = x;
    // An infinity beyond the operand is not the one that is reached.
    const whole = cropped(x, axes);
    const [places, filled] = [NaN, startOf(reducer, dtype)].map(
      (value) => whole ?? this.padded(x, axes, value),
    ) as [BufferStorage, BufferStorage];
    const extrema = this.room({ shape: outputsOf(axes), dtype });
    storeTotals(this.block, axes, reducer, filled, extrema);
    const totalWhereReached = (other: (inside: Graph, position: Indices) => Node): Node =>
      this.total(graph, axes, dtype, (inside, position, output) =>
        operate(inside, whereReached, dtype, [
          elementAt(inside, places, position),
          elementAt(inside, extrema, output),
          other(inside, position),
        ]),
      );
    const count = totalWhereReached((inside) => inside.constant(dtype, 1));
    const extremum = elementAt(graph, extrema, outputIndices(axes));
    return {
      extrema,
      extremum,
      count: operate(graph, atLeastOne, dtype, [count, extremum]),
      total: (others) => totalWhereReached((inside, position) => elementAt(inside, others, position)),
    };
  }
}

/** An operand from the place on that is position 0, if all positions are in it. */
const cropped = (buffer: BufferStorage, axes: Axes): BufferStorage | undefined => {
  const isWhole = axes.every(
    (axis) => axis.inputDilation === 1 && axis.low <= 0 && reachOf(axis) - axis.low <= axis.inputs,
  );
  if (!isWhole) return undefined;
  const strides = rowMajorStrides(buffer.shape);
  const start = axes.reduce((sum, { low }, axis) => sum - low * (strides[axis] ?? 0), 0);
  return start === 0 ? buffer : { ...buffer, offset: buffer.offset + start * bytesOf(buffer.dtype) };
};
