/** A user's backend, of which nobody knows what it returns. */

import { tensorError } from "../errors/tensor-error.js";
import type { Backend } from "../program/backend.js";
import type { Program } from "../program/program.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import { sameAval, showAval } from "../tensor/shape.js";
import { describe } from "../trace/operands.js";

/** The same backend, whose `run` throws a TensorError where what it returns is not the program's outputs. */
export const checkedBackend = (backend: Backend): Backend => ({
  name: backend.name,
  run: (program, inputs, donated) => {
    const outputs: unknown = backend.run(program, inputs, donated);
    if (!areOutputs(program, outputs)) throw wrongOutputs(backend.name, program, outputs);
    return outputs;
  },
  explain: (program) => backend.explain?.(program),
});

const areOutputs = ({ outputs }: Program, given: unknown): given is readonly ArrayTensor[] =>
  Array.isArray(given) &&
  given.length === outputs.length &&
  outputs.every((output, place) => {
    const x: unknown = given[place];
    return x instanceof ArrayTensor && sameAval(x, output);
  });

const wrongOutputs = (name: string, { outputs }: Program, given: unknown): Error =>
  tensorError({
    kind: "InvalidArgument",
    operation: "jit",
    problem: `the backend ${JSON.stringify(name)} returned other outputs than the program has`,
    found: [
      ["expected", `[${outputs.map(showAval).join(", ")}]`],
      ["got", Array.isArray(given) ? `[${given.map(describe).join(", ")}]` : describe(given)],
    ],
    fix: "return a list of tensors from its method run, one for each output of the program, in its order",
  });
