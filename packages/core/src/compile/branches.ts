/** `cond`: one branch runs. An index out of range is a check that fails. */

import type { Equation, Program } from "../program/program.js";
import type { Value } from "../tensor/value.js";
import { when } from "../wasm/control.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import type { ValueType } from "../wasm/value-type.js";
import { sizeOfShape } from "../tensor/shape.js";
import { isSmall } from "./analysis.js";
import type { CodeBlock } from "./code-block.js";
import { scalarType, type Lane } from "./lanes.js";

/** Writes a `cond`: one branch for each program, of which the one chosen runs and gives the results. */
export const writeBranches = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const { branches } = params as { readonly branches: readonly Program[] }; // of a cond
  const [choice, ...operands] = inputs as readonly [Value, ...Value[]];
  const [index] = block.lanesOf(choice);
  const storages = operands.map((operand) => block.storageOf(operand));
  const targets = outputs.map((output) => {
    const size = sizeOfShape(output.shape);
    if (!isSmall(output) || !block.writer.takeVariables(size)) return block.resultBuffer(output);
    const lanes = Array.from({ length: size }, (): Lane & { readonly value: Local<ValueType> } => ({
      dtype: output.dtype,
      value: local<ValueType>(scalarType(output.dtype)),
    }));
    block.setStorage(output.index, { kind: "lanes", shape: output.shape, dtype: output.dtype, lanes });
    return lanes;
  });
  const written = branches.map((branch): readonly Statement[] => {
    const inner = block.inner(
      branch,
      block.writer,
      storages,
      targets.map((target) => ("kind" in target ? target : undefined)),
    );
    inner.write();
    branch.outputs.forEach((output, place) => {
      const target = targets[place];
      if (target === undefined || "kind" in target) return;
      const lanes = inner.lanesOf(output);
      target.forEach(({ value }, at) => inner.statements.push(value.set(lanes[at]?.value as Expression)));
    });
    inner.release();
    return inner.statements;
  });
  const chosen = index?.value as Expression<"i32">; // an int32
  const refused: readonly Statement[] = [i32.store(block.writer.base, 1, block.writer.module.status)];
  const code = written.reduceRight<readonly Statement[]>(
    (otherwise, branch, place) => [when(i32.eq(chosen, place), branch, otherwise)],
    refused,
  );
  block.statements.push(...code);
};
