/** The place of an extremum: first the extremum itself, then the first place where it, or a NaN, is. */

import type { AxisParams } from "../primitives/order.js";
import { axisIndex, elementByElement, type FoldName } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import { rowMajorStrides } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { CodeBlock } from "./code-block.js";
import { elementAt, Graph, operate, type Node } from "./expression-graph.js";
import type { BufferStorage } from "./storage.js";

/** Whether an element is the extremum; a NaN is one, since it beats everything. */
const isExtremum = elementByElement((emit, [x, extremum]) =>
  emit.or(emit.equal(x, extremum), emit.not(emit.equal(x, x))),
);

const chosen = elementByElement((emit, [condition, place, other]) => emit.select(condition, place, other));

/** Writes, for each row along an axis, the place of its first largest, or smallest, element. */
export const writeArgExtremum = (
  block: CodeBlock,
  { inputs, outputs, params }: Equation,
  reducer: "max" | "min",
): void => {
  const [x] = inputs as readonly [Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const { axis } = params as AxisParams; // of an extremum's place
  const { shape, dtype } = x;
  const rank = shape.length;
  const places = shape.map((_, k) => axisIndex(rank, k));
  const strides = rowMajorStrides(output.shape);
  const steps = shape.map((_, k) => (k === axis ? 0 : (strides[k < axis ? k : k - 1] ?? 0)));
  const store = (graph: Graph, node: Node, fold: FoldName, buffer: BufferStorage): void => {
    const target = { buffer, at: { start: 0, steps } };
    const roots = [{ node, fold, dtype: node.dtype, target }];
    block.loops({ domain: shape, reduced: shape.map((_, k) => k === axis), graph, roots });
  };
  const from = block.bufferOf(x);
  const result = block.resultBuffer(output);
  const extrema = block.allocate({ shape: output.shape, dtype });
  const first = new Graph();
  const ofBools = { max: "any", min: "all" } as const;
  store(first, elementAt(first, from, places), dtype === "bool" ? ofBools[reducer] : reducer, extrema);
  const second = new Graph();
  const extremum = second.load(extrema, dtype, { start: 0, steps });
  const condition = operate(second, isExtremum, "bool", [elementAt(second, from, places), extremum]);
  const along = second.index("int32", axisIndex(rank, axis));
  const behind = second.constant("int32", 2 ** 31 - 1);
  store(second, operate(second, chosen, "int32", [condition, along, behind]), "min", result);
  block.giveBack(extrema);
};
