/** Totals under a sliding window: over few taps they are written out as one expression, over many they are loops. */

import { axisIndex, elementByElement, type Affine, type FoldName } from "../program/lowering.js";
import type { WindowAxis } from "../kernels/convolution-window.js";
import { rowMajorStrides } from "../tensor/shape.js";
import type { Shape } from "../types/tensor.js";
import type { CodeBlock } from "./code-block.js";
import { elementAt, Graph, operate, type Node, type Operation } from "./expression-graph.js";
import { inPairs } from "./folds.js";
import type { BufferStorage } from "./storage.js";

/** Tap k of output o is at the position o · stride + k · dilation. */
export type Sliding = Pick<WindowAxis, "outputs" | "taps" | "stride" | "dilation">;

/** An index for each axis. */
export type Indices = readonly Affine[];

/** What is added up: at the position of a tap, for an output. */
export type Element = (graph: Graph, position: Indices, output: Indices) => Node;

/** What windows are folded by. */
export type WindowFold = Extract<FoldName, "sum" | "max" | "min">;

/** Windows of up to this many taps are written out. */
const mostUnrolled = 32;
/** With more taps than this, one axis after the other is less work; an extremum is several instructions, since a NaN wins. */
const mostTogether: Readonly<Record<WindowFold, number>> = { sum: 16, max: 6, min: 6 };

const product = (numbers: readonly number[]): number => numbers.reduce((all, one) => all * one, 1);

const tapsOf = (axes: readonly Sliding[]): Shape => axes.map(({ taps }) => taps);

/** The shape of the outputs. */
export const outputsOf = (axes: readonly Sliding[]): Shape => axes.map(({ outputs }) => outputs);

/** The positions that windows reach along an axis. */
export const reachOf = ({ outputs, taps, stride, dilation }: Sliding): number =>
  outputs === 0 ? 0 : (outputs - 1) * stride + (taps - 1) * dilation + 1;

const alone = (outputs: number): Sliding => ({ outputs, taps: 1, stride: 1, dilation: 1 });

/** The indices of the outputs, in loops over them first. */
export const outputIndices = (axes: readonly Sliding[], rank = axes.length): Indices =>
  axes.map((_, axis) => axisIndex(rank, axis));

const steps: Readonly<Record<WindowFold, Operation["lower"]>> = {
  sum: elementByElement((emit, [x, y]) => emit.add(x, y)),
  max: elementByElement((emit, [x, y]) => emit.max(x, y)),
  min: elementByElement((emit, [x, y]) => emit.min(x, y)),
};

/** The position of a tap; of all of them, in loops over outputs and taps. */
const positionOf = (axes: readonly Sliding[], tap?: readonly number[]): Indices =>
  axes.map(({ stride, dilation }, axis) => {
    const along = axes.map((_, k) => (k === axis ? stride : 0));
    if (tap !== undefined) return { start: (tap[axis] ?? 0) * dilation, steps: along };
    return { start: 0, steps: [...along, ...axes.map((_, k) => (k === axis ? dilation : 0))] };
  });

const eachTap = (axes: readonly Sliding[]): readonly (readonly number[])[] =>
  tapsOf(axes).reduce<readonly (readonly number[])[]>(
    (list, count) => list.flatMap((tap) => Array.from({ length: count }, (_, k) => [...tap, k])),
    [[]],
  );

/** Stores an expression for each output. */
export const storeEach = (
  block: CodeBlock,
  axes: readonly Sliding[],
  graph: Graph,
  node: Node,
  target: BufferStorage,
): void => {
  const domain = outputsOf(axes);
  const at = { start: 0, steps: rowMajorStrides(domain) };
  const roots = [{ node, dtype: node.dtype, target: { buffer: target, at } }];
  block.loops({ domain, reduced: domain.map(() => false), graph, roots });
};

/** Stores the total of each window, by loops over its taps. */
export const storeFold = (
  block: CodeBlock,
  axes: readonly Sliding[],
  fold: WindowFold,
  element: Element,
  target: BufferStorage,
): void => {
  const graph = new Graph();
  const node = element(graph, positionOf(axes), outputIndices(axes, 2 * axes.length));
  const [outputs, taps] = [outputsOf(axes), tapsOf(axes)];
  const at = { start: 0, steps: [...rowMajorStrides(outputs), ...taps.map(() => 0)] };
  block.loops({
    domain: [...outputs, ...taps],
    reduced: [...outputs.map(() => false), ...taps.map(() => true)],
    graph,
    roots: [{ node, fold, dtype: node.dtype, target: { buffer: target, at } }],
  });
};

/** Whether totals are written out. */
export const isUnrolled = (axes: readonly Sliding[]): boolean => product(tapsOf(axes)) <= mostUnrolled;

/** The total of each window, written out in loops over the outputs. */
export const totalIn = (graph: Graph, axes: readonly Sliding[], fold: WindowFold, element: Element): Node => {
  const outputs = outputIndices(axes);
  const terms = eachTap(axes).map((tap) => element(graph, positionOf(axes, tap), outputs));
  // A window has a tap.
  return inPairs((x, y) => operate(graph, steps[fold], x.dtype, [x, y]), terms as [Node, ...Node[]]);
};

/** Stores the total of the elements under each window; where it is less work, along one axis after the other. */
export const storeTotals = (
  block: CodeBlock,
  axes: readonly Sliding[],
  fold: WindowFold,
  from: BufferStorage,
  target: BufferStorage,
): void => {
  const count = product(tapsOf(axes));
  const first = axes.findIndex(({ taps }) => taps > 1);
  if (count > mostTogether[fold] && count > (axes[first]?.taps ?? count)) {
    const along = axes.map((axis, place) => (place === first ? axis : alone(reachOf(axis))));
    const rest = axes.map((axis, place) => (place === first ? alone(axis.outputs) : axis));
    const between = block.allocate({ shape: outputsOf(along), dtype: from.dtype });
    storeTotals(block, along, fold, from, between);
    storeTotals(block, rest, fold, between, target);
    block.giveBack(between);
    return;
  }
  const element: Element = (graph, position) => elementAt(graph, from, position);
  if (isUnrolled(axes)) {
    const graph = new Graph();
    storeEach(block, axes, graph, totalIn(graph, axes, fold, element), target);
  } else storeFold(block, axes, fold, element, target);
};
