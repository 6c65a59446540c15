/** `scan` as a loop inside of the module. */

import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { ScanParams } from "../transforms/scan-primitive.js";
import type { DType } from "../types/tensor.js";
import { countDown, forRange, sequence } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { procedure, run } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import type { CodeBlock } from "./code-block.js";
import { carryOf, LoopFunction, runningCarry, stepsPerCall } from "./loop-function.js";
import type { BufferStorage, LaneStorage } from "./storage.js";

/** Writes a `scan`: its carry is kept between steps, its rows are read and written in place, and counted where they are numbers of steps. */
export const writeScan = (block: CodeBlock, equation: Equation): void => {
  const params = equation.params as ScanParams; // of a scan
  const { body, length, reverse, constants, carry: carries } = params;
  const fixed = equation.inputs.slice(0, constants);
  const starts = equation.inputs.slice(constants, constants + carries);
  const slices = equation.inputs.slice(constants + carries);
  const loop = new LoopFunction(block);
  const carry = starts.map((start) => carryOf(block, loop, start));
  const results = equation.outputs.slice(carries).map((output) => block.resultBuffer(output));

  const given = fixed.map((value) => loop.constant(value));
  const running = carry.map((each) => runningCarry(loop, each));
  const [from, count] = [local("i32"), local("i32")];
  const moves: Statement[] = [];
  const first = reverse ? i32.sub(length - 1, from) : from;
  /** A row that is the number of the step, with a constant added. */
  const counted = (dtype: DType, start: number): LaneStorage => {
    const number = local("i32");
    loop.writer.prologue.push(number.set(i32.add(first, start)));
    moves.push(number.set(i32.add(number, reverse ? -1 : 1)));
    return { kind: "lanes", shape: [], dtype, lanes: [{ dtype, value: number }] };
  };
  /** One step's part of what is stacked. */
  const part = (whole: BufferStorage, shape: readonly number[]): BufferStorage => {
    const bytes = sizeOfShape(shape) * bytesOf(whole.dtype);
    const inner = loop.inside(whole);
    const pointer = local("i32");
    loop.writer.prologue.push(
      pointer.set(i32.add(i32.add(inner.pointer, inner.offset), i32.mul(first, bytes))),
    );
    moves.push(pointer.set(i32.add(pointer, reverse ? -bytes : bytes)));
    return { kind: "buffer", shape, dtype: whole.dtype, pointer, offset: 0, piece: undefined };
  };
  const xs = slices.map((value) => {
    const start = block.rowNumber(value);
    return start === undefined
      ? part(block.bufferOf(value), value.shape.slice(1))
      : counted(value.dtype, start);
  });
  const ys = results.map((whole) => part(whole, whole.shape.slice(1)));

  const inner = block.inner(
    body,
    loop.writer,
    [...given.map(({ storage }) => storage), ...running.map(({ storage }) => storage), ...xs],
    [...running.map(({ target }) => target), ...ys],
  );
  for (const { storage, memory } of given) if (memory !== undefined) inner.remember(storage, memory);
  inner.write();
  const steps = running.map((each, place) => each.step(() => inner.lanesOf(body.outputs[place] as Value)));
  inner.release();
  const code = [
    ...loop.writer.prologue,
    countDown(count, [
      ...inner.statements,
      ...steps.flatMap(({ read }) => read),
      ...steps.flatMap(({ write }) => write),
      ...moves,
    ]),
    ...running.flatMap(({ end }) => end),
  ];
  const name = `scan ${block.writer.module.functions++}`;
  const f = procedure(name, [...loop.parameters, from, count], code);
  block.statements.push(callInParts(f, loop, length));
  settleCarries(block, equation, carry, length % 2 === 1);
};

const callInParts = (
  f: ReturnType<typeof procedure>,
  { operands }: LoopFunction,
  length: number,
): Statement => {
  const at = local("i32");
  const call = (from: Expression<"i32"> | number, count: number): Statement =>
    run(f as never, ...([...operands, from, count] as never[])); // as many as its parameters
  const whole = Math.floor(length / stepsPerCall) * stepsPerCall;
  const parts: Statement[] = [];
  if (whole > 0) parts.push(forRange(at, 0, whole, stepsPerCall, [call(at, stepsPerCall)]));
  if (length > whole) parts.push(call(whole, length - whole));
  return sequence(...parts);
};

/** Where the carries are after the loop; `swapped` says whether the large ones ended in their other buffer. */
export const settleCarries = (
  block: CodeBlock,
  { outputs }: Equation,
  carry: readonly ReturnType<typeof carryOf>[],
  swapped: boolean,
): void => {
  carry.forEach(({ home, other }, place) => {
    const output = outputs[place];
    if (output === undefined) return;
    const last = other !== undefined && swapped ? other : home;
    block.setStorage(output.index, last);
    if (other !== undefined) block.giveBack(last === home ? other : home);
  });
};
