/** `whileLoop` as a loop inside of the module. */

import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { WhileParams } from "../transforms/while-jvp.js";
import { block as exitBlock, branch, branchIf, loop as loopOf, when } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { call, valued } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import type { CodeBlock, InnerBlock } from "./code-block.js";
import { addressOf, copyBytes } from "./copy.js";
import { carryOf, LoopFunction, runningCarry, stepsPerCall } from "./loop-function.js";
import { settleCarries } from "./scan-loop.js";

/** Writes a `whileLoop`: steps run while the condition, computed from the carry, is true. */
export const writeWhile = (block: CodeBlock, equation: Equation): void => {
  const { condition, body, constants } = equation.params as WhileParams; // of a while loop
  const loop = new LoopFunction(block);
  const carry = equation.inputs.slice(constants).map((start) => carryOf(block, loop, start));
  const given = equation.inputs.slice(0, constants).map((value) => loop.constant(value));
  const running = carry.map((each) => runningCarry(loop, each));
  const inputs = [...given.map(({ storage }) => storage), ...running.map(({ storage }) => storage)];
  const remembered = (inner: InnerBlock): InnerBlock => {
    for (const { storage, memory } of given) if (memory !== undefined) inner.remember(storage, memory);
    return inner;
  };

  const test = remembered(block.inner(condition, loop.writer, inputs));
  test.write();
  const [goes] = test.lanesOf(condition.outputs[0] as Value);
  test.release();
  const inner = remembered(
    block.inner(
      body,
      loop.writer,
      inputs,
      running.map(({ target }) => target),
    ),
  );
  inner.write();
  const steps = running.map((each, place) => each.step(() => inner.lanesOf(body.outputs[place] as Value)));
  inner.release();

  const [left, goesOn] = [local("i32"), local("i32")];
  const code: readonly Statement[] = [
    ...loop.writer.prologue,
    left.set(stepsPerCall),
    exitBlock((exit) => [
      loopOf((again) => [
        ...test.statements,
        goesOn.set(goes?.value as Expression<"i32">), // a bool
        when(i32.eqz(goesOn), [branch(exit)]),
        ...inner.statements,
        ...steps.flatMap(({ read }) => read),
        ...steps.flatMap(({ write }) => write),
        branchIf(again, left.tee(i32.sub(left, 1))),
      ]),
    ]),
    ...running.flatMap(({ end }) => end),
    ...carry.flatMap(({ home, other, aval }, place): readonly Statement[] => {
      const storage = running[place]?.storage;
      if (other === undefined || storage?.kind !== "buffer") return [];
      const bytes = sizeOfShape(aval.shape) * bytesOf(aval.dtype);
      const address = addressOf(loop.inside(home));
      return [
        when(i32.ne(storage.pointer, address), [copyBytes({ pointer: address, offset: 0 }, storage, bytes)]),
      ];
    }),
  ];
  const f = valued(`while ${block.writer.module.functions++}`, [...loop.parameters], code, goesOn);
  block.statements.push(
    loopOf((again) => [branchIf(again, call(f as never, ...(loop.operands as never[])))]),
  );
  settleCarries(block, equation, carry, false);
};
