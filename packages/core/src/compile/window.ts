/** Sums and extrema under a sliding window, and what the gradients of extrema are made of. */

import { adjointWindow } from "../primitives/convolution-window.js";
import type { WindowExtremumParams } from "../primitives/reduce-window.js";
import { windowAxes, type WindowSumParams } from "../primitives/reduce-window-shape.js";
import { elementByElement } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import type { Value } from "../tensor/value.js";
import type { CodeBlock } from "./code-block.js";
import { elementAt, Graph, operate } from "./expression-graph.js";
import { startOf } from "./folds.js";
import type { BufferStorage } from "./storage.js";
import { outputIndices, storeEach, storeTotals } from "./window-totals.js";
import { Windows } from "./windows.js";

/** Writes what an equation makes of the elements under a window. */
export const writeWindow = (
  block: CodeBlock,
  equation: Equation,
  of: "sum" | "extremum" | "mean" | "share",
): void => {
  const operands = equation.inputs.map((input) => block.bufferOf(input));
  const output = equation.outputs[0] as (typeof equation.outputs)[0] & object; // it gives one value
  const result = block.resultBuffer(output);
  const windows = new Windows(block);
  const [x] = operands as unknown as readonly [BufferStorage]; // one at least
  if (of === "sum" || of === "extremum") writeTotals(block, windows, equation, x, result);
  else {
    const both = operands as unknown as Both; // as these have it
    (of === "mean" ? writeMean : writeShare)(block, windows, equation, both, result);
  }
  windows.release();
};

type Both = readonly [BufferStorage, BufferStorage];

const writeTotals = (
  block: CodeBlock,
  windows: Windows,
  { inputs, params }: Equation,
  x: BufferStorage,
  result: BufferStorage,
): void => {
  const sliding = params as WindowSumParams & Partial<WindowExtremumParams>; // of a total under a window
  const fold = sliding.reducer ?? "sum";
  const axes = windowAxes(inputs[0] as Value, sliding);
  storeTotals(block, axes, fold, windows.lined(x, axes, startOf(fold, x.dtype)), result);
};

const quotient = elementByElement((emit, [x, y]) => emit.div(x, y));

/** For each window the mean of the second operand where the first reaches its extremum. */
const writeMean = (
  block: CodeBlock,
  windows: Windows,
  { inputs, params }: Equation,
  [x, dx]: Both,
  result: BufferStorage,
): void => {
  const sliding = params as WindowExtremumParams; // of a mean
  const axes = windowAxes(inputs[0] as Value, sliding);
  const graph = new Graph();
  const reached = windows.reached(graph, x, axes, sliding.reducer);
  const total = reached.total(windows.lined(dx, axes, 0));
  storeEach(block, axes, graph, operate(graph, quotient, x.dtype, [total, reached.count]), result);
};

/** NaN where the extremum is. */
const share = elementByElement((emit, [cotangent, count, extremum]) =>
  emit.select(
    emit.equal(extremum, extremum),
    emit.div(cotangent, count),
    emit.constant(NaN, cotangent.dtype),
  ),
);

/** A window with a NaN gives NaN to each of its elements, others to those that reach the extremum. */
const taken = elementByElement((emit, [x, extremum, part]) =>
  emit.select(
    emit.or(emit.equal(x, extremum), emit.not(emit.equal(extremum, extremum))),
    part,
    emit.constant(0, part.dtype),
  ),
);

/** For each element its even shares in the second operand's elements, one a window whose extremum it reaches. */
const writeShare = (
  block: CodeBlock,
  windows: Windows,
  { inputs, params }: Equation,
  [x, cotangent]: Both,
  result: BufferStorage,
): void => {
  const sliding = params as WindowExtremumParams; // of shares
  const { dtype } = x;
  const [of, given] = inputs as readonly [Value, Value];
  const axes = windowAxes(of, sliding);
  const graph = new Graph();
  const { extrema, extremum, count } = windows.reached(graph, x, axes, sliding.reducer);
  const at = outputIndices(axes);
  const part = operate(graph, share, dtype, [elementAt(graph, cotangent, at), count, extremum]);
  const parts = windows.room(given);
  storeEach(block, axes, graph, part, parts);
  // An element takes from the outputs that its own window of them meets.
  const adjoint = windowAxes(given, {
    window: sliding.window,
    ...adjointWindow(of.shape, sliding.window, given.shape, sliding),
  });
  const [linedExtrema, linedParts] = [windows.lined(extrema, adjoint, 0), windows.lined(parts, adjoint, 0)];
  const all = new Graph();
  const total = windows.total(all, adjoint, dtype, (inside, position, place) =>
    operate(inside, taken, dtype, [
      elementAt(inside, x, place),
      elementAt(inside, linedExtrema, position),
      elementAt(inside, linedParts, position),
    ]),
  );
  storeEach(block, adjoint, all, total, result);
};
