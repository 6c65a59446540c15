/** Loops as functions of their own: what they read of the function around them they are given. */

import type { VariableIdentity } from "../wasm/code.js";
import type { Expression, Statement, Variable } from "../wasm/expression.js";
import { apart } from "../wasm/function.js";
import type { FunctionWriter } from "./function-writer.js";
import type { LoopJob } from "./loop-job.js";

/** A call of a function with the code of a job, whose results are all in memory. */
export const outlined = (
  { graph, roots }: LoopJob,
  code: Statement,
  { module, base }: FunctionWriter,
): Statement => {
  const outer = new Map<VariableIdentity, Variable>();
  const offer = (expression: Expression): void => {
    if (isVariable(expression)) outer.set(expression.variable, expression);
  };
  offer(base);
  for (const node of graph.nodes) {
    if (node.kind === "load") offer(node.buffer.pointer);
    if (node.kind === "given") offer(node.lane.value);
  }
  for (const { target } of roots) if ("buffer" in target) offer(target.buffer.pointer);
  return apart(`loop ${module.functions++}`, [...outer.values()], [code]);
};

const isVariable = (expression: Expression): expression is Variable => "variable" in expression;
