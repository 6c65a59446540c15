/** Control flow: blocks, loops, conditions, and the loops that kernels are made of. */

import type { Code, Label } from "./code.js";
import {
  local,
  operand,
  statement,
  type Expression,
  type Local,
  type Operand,
  type Statement,
} from "./expression.js";
import { i32 } from "./integer.js";
import type { ValueType } from "./value-type.js";

type Body = readonly Statement[];

const codeOf = (body: Body): readonly Code[] => body.map(({ code }) => code);

const structure = (opcode: number, body: (label: Label) => Body): Statement => {
  const label: Label = { kind: "label" };
  return statement({ kind: "structure", opcode, label, body: codeOf(body(label)) });
};

/** Statements as one. */
export const sequence = (...body: Body): Statement => statement(...codeOf(body));

/** A branch to its label leaves it. */
export const block = (body: (exit: Label) => Body): Statement => structure(0x02, body);

/** A branch to its label begins it again; otherwise it ends. */
export const loop = (body: (again: Label) => Body): Statement => structure(0x03, body);

/** Goes on where the label says: behind its block, or at the start of its loop. */
export const branch = (label: Label): Statement => statement({ kind: "branch", opcode: 0x0c, label });

/** The same if the condition is not 0; otherwise goes on with what follows. */
export const branchIf = (label: Label, condition: Operand<"i32">): Statement =>
  statement(operand("br_if", "i32", condition).code, { kind: "branch", opcode: 0x0d, label });

/** `then` if the condition is not 0, else `otherwise`. */
export const when = (condition: Operand<"i32">, then: Body, otherwise: Body = []): Statement => {
  const body = [codeOf(then), otherwise.length === 0 ? [] : [0x05, codeOf(otherwise)]];
  return statement(operand("if", "i32", condition).code, {
    kind: "structure",
    opcode: 0x04,
    label: { kind: "label" },
    body,
  });
};

/** `a` if the condition is not 0, else `b`; both are computed. */
export const select = <T extends ValueType>(
  condition: Operand<"i32">,
  a: Expression<T>,
  b: Expression<T>,
): Expression<T> => ({
  type: a.type,
  code: [
    a.code,
    operand("select", a.type, b).code,
    operand("select", "i32", condition).code,
    a.type === "v128" ? [0x1c, 0x01, 0x7b] : 0x1b,
  ],
});

/** `for (i = from; i < to; i += step) body`, in signed numbers. The bound is computed each time. */
export const forRange = (
  i: Local<"i32">,
  from: Operand<"i32">,
  to: Operand<"i32">,
  step: Operand<"i32">,
  body: Body,
): Statement =>
  sequence(
    i.set(from),
    when(i32.ltS(i, to), [loop((again) => [...body, branchIf(again, i32.ltS(i.tee(i32.add(i, step)), to))])]),
  );

/** The same range in parts of so many steps: `body` is given where each begins, and where it ends. */
export const forParts = (
  from: Operand<"i32">,
  to: Operand<"i32">,
  length: number,
  body: (from: Local<"i32">, to: Local<"i32">) => Body,
): Statement => {
  const [start, end] = [local("i32"), local("i32")];
  return forRange(start, from, to, length, [
    end.set(i32.add(start, length)),
    end.set(select(i32.ltS(end, to), end, operand("forParts", "i32", to))),
    ...body(start, end),
  ]);
};

/** `body` as often as the variable says, which counts down to 0. */
export const countDown = (times: Local<"i32">, body: Body): Statement =>
  when(times, [loop((again) => [...body, branchIf(again, times.tee(i32.sub(times, 1)))])]);

/** `variable += by`. */
export const advance = (variable: Local<"i32">, by: Operand<"i32">): Statement =>
  variable.set(i32.add(variable, by));

/** A value, and what is done before it is computed. */
export const after = <T extends ValueType>(body: Body, { type, code }: Expression<T>): Expression<T> => ({
  type,
  code: [codeOf(body), code],
});
