/** Results that are put together from parts: each operand is computed where it stands in the result. */

import { axisIndex } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { CodeBlock } from "./code-block.js";
import type { Root } from "./loop-job.js";

/** Writes a loop for each operand, and in front of them one for what none of them covers. */
export const writeParts = (block: CodeBlock, equation: Equation): void => {
  const { primitive, inputs, params, outputs } = equation;
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  if (primitive.lower.kind !== "parts") return;
  const { value, operands } = primitive.lower.parts(inputs, params, output);
  const buffer = block.resultBuffer(output);
  const domains = operands.map((axes) => axes.map(({ length }) => length));
  const covered = domains.reduce((sum, domain) => sum + sizeOfShape(domain), 0);
  if (covered < sizeOfShape(output.shape)) block.fill(value, buffer);
  const strides = rowMajorStrides(output.shape);
  operands.forEach((axes, place) => {
    const domain = domains[place] ?? [];
    if (sizeOfShape(domain) === 0) return;
    const expansion = block.expansion(domain.length);
    const from = axes.map(({ from: first }, axis) => axisIndex(domain.length, axis, first));
    const node = expansion.value(inputs[place] as Value, from);
    const start = axes.reduce((sum, { to }, axis) => sum + to * (strides[axis] ?? 0), 0);
    const steps = axes.map(({ step }, axis) => step * (strides[axis] ?? 0));
    const roots: readonly Root[] = [{ node, dtype: output.dtype, target: { buffer, at: { start, steps } } }];
    block.loops({ domain, reduced: domain.map(() => false), graph: expansion.graph, roots });
  });
};
