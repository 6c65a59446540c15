/** Programs made of a program: its gradient, mapped, and in the steps of a loop or the branches of a choice. */

import { plus } from "../../src/primitives/additive.js";
import { fill } from "../../src/primitives/define.js";
import { reduceSum } from "../../src/primitives/sum-broadcast.js";
import { tanh } from "../../src/primitives/trigonometry.js";
import type { Program } from "../../src/program/program.js";
import { isFloating } from "../../src/tensor/dtype.js";
import type { Value } from "../../src/tensor/value.js";
import { bind } from "../../src/trace/interpreter.js";
import { condPrimitive } from "../../src/transforms/cond-primitive.js";
import { grad } from "../../src/transforms/grad.js";
import { batchedProgram, stageLeaves } from "../../src/transforms/program-rules.js";
import { runProgram } from "../../src/transforms/run-program.js";
import { scanPrimitive } from "../../src/transforms/scan-primitive.js";
import { fitted, inDType, lowBits, onValues } from "./fitted.js";

/** Between -1 and 1, if it is floating. */
const tame = (x: Value): Value => (isFloating(x.dtype) ? onValues(tanh)(x) : x);

/** A sum of all floating elements, each bounded. */
const lossOf = (outputs: readonly Value[]): Value =>
  outputs
    .filter(({ dtype }) => isFloating(dtype))
    .map((output) =>
      inDType(
        reduceSum(
          tame(output),
          output.shape.map((_, axis) => axis),
        ),
        "float32",
      ),
    )
    .reduce(plus, fill(0, { shape: [], dtype: "float32" }));

/** The same inputs, unless they are mapped. */
export const forms = {
  plain: (program) => program,

  gradient: (program) =>
    stageLeaves("gradient", program.inputs, (values) => {
      const floating = values.filter(({ dtype }) => isFloating(dtype));
      const loss = (leaves: readonly Value[]): Value =>
        lossOf(
          runProgram(
            program,
            values.map((value) => leaves[floating.indexOf(value)] ?? value),
          ),
        );
      return (grad(loss as never) as unknown as (leaves: readonly Value[]) => readonly Value[])(floating);
    }),

  mapped: (program) => {
    const everyOther = program.inputs.map((_, place) => place % 2 === 0);
    return batchedProgram(
      program,
      everyOther,
      3,
      program.outputs.map(() => true),
    ).program;
  },

  scanned: (program) => {
    const carry = program.inputs.length;
    const body = stageLeaves("scanned", program.inputs, (values) => {
      const outputs = runProgram(program, values);
      const next = values.map((value, place) => tame(fitted(outputs[place] ?? value, value)));
      return [...next, ...outputs.slice(carry - 1)];
    });
    return stageLeaves("scanned", program.inputs, (values) =>
      bind(scanPrimitive, values, { body, length: 3, reverse: false, constants: 0, carry }),
    );
  },

  branched: (program) => {
    const other = stageLeaves("branched", program.inputs, (values) => {
      const outputs = runProgram(program, values);
      return outputs.map((output, place) => fitted(outputs[(place + 1) % outputs.length] ?? output, output));
    });
    return stageLeaves("branched", program.inputs, (values) => {
      const index = lowBits(fitted(values[0] as Value, { shape: [], dtype: "int32" }), 1); // there is an input
      return bind(condPrimitive, [index, ...values], { branches: [program, other] });
    });
  },
} satisfies Record<string, (program: Program) => Program>;

/** Their names. */
export type Form = keyof typeof forms;
