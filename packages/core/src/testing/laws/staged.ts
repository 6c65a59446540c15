/** A program that is staged, checked and run is the function itself; so are the programs of its derivatives. */

import { checkProgram } from "../../program/check.js";
import { programToString } from "../../program/print.js";
import type { Program } from "../../program/program.js";
import { Recorder } from "../../trace/record.js";
import { runWith } from "../../trace/interpreter.js";
import { runProgram } from "../../transforms/run-program.js";
import type { ArrayTensor } from "../../tensor/array-tensor.js";
import { Broken, expectSame } from "./expect.js";
import { everyKind, type LawRule } from "./law.js";
import { derivedOf } from "./derived.js";
import { concrete, type ListFunction } from "../transformed.js";

/** The law of programs that functions are staged to. */
export const stageLaw: LawRule = {
  name: "stage",
  statement:
    "stage, then run, is the function to the bit, and so it is of its derivatives; the program passes its check and prints the same each time",
  wants: {},
  applies: everyKind,
  holds: (subject, trial) => {
    for (const { mode, f, args } of derivedOf(subject, trial)) {
      if (mode === "value") runsAsStaged(f, args, "the program", subject.primitive?.name);
      else runsAsStaged(f, args, `the program of its ${mode} mode`);
    }
  },
};

const record = (f: ListFunction, operands: readonly ArrayTensor[]): Program => {
  const recorder = new Recorder("stage");
  try {
    return recorder.program(runWith(recorder, () => f(operands.map((operand) => recorder.input(operand)))));
  } finally {
    recorder.active = false;
  }
};

const runsAsStaged = (
  f: ListFunction,
  operands: readonly ArrayTensor[],
  what: string,
  named?: string,
): void => {
  const program = record(f, operands);
  const checked = checkProgram(program);
  if (checked._tag === "Left") throw checked.left;
  const text = programToString(program);
  if (text !== programToString(program) || text !== programToString(record(f, operands)))
    throw new Broken(`${what} prints differently the second time`);
  if (named !== undefined && !text.includes(`${named}(`)) throw new Broken(`${what} does not name ${named}`);
  const eager = concrete(f(operands));
  concrete(runProgram(program, operands)).forEach((output, index) => {
    const expected = eager[index];
    if (expected !== undefined)
      expectSame(output, expected, {
        what: `output ${index} of ${what}`,
        actual: "when it is run",
        expected: "eagerly",
      });
  });
};
