/** The type checker of programs: every equation's outputs are what its primitive says, every variable is set before it is read. */

import type { Either } from "fp-ts/lib/Either.js";
import { left, right } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { sameAval, showAval } from "../tensor/shape.js";
import { isVariableOf, type Program } from "./program.js";

const broken = (
  problem: string,
  path: string,
  found: readonly (readonly [string, string])[] = [],
): Either<TensorError, never> =>
  left(
    tensorError({
      kind: "InvalidArgument",
      operation: "checkProgram",
      problem,
      found,
      path,
      fix: "mend the pass that made the program",
    }),
  );

/** The program itself, or the first equation that is wrong. */
export const checkProgram = (program: Program): Either<TensorError, Program> => {
  const known = new Set(program.inputs.map(({ index }) => index));
  if (known.size !== program.inputs.length) return broken("two inputs are one variable", "inputs");
  for (const [place, { primitive, inputs, params, outputs }] of program.equations.entries()) {
    const path = `equation ${place} (${primitive.name})`;
    if (inputs.some((input) => isVariableOf(program, input) && !known.has(input.index)))
      return broken("a variable is read before it is set", path);
    const shapes = primitive.shape(inputs, params);
    if (shapes._tag === "Left") return shapes;
    const declared = shapes.right;
    if (declared.length !== outputs.length) return broken("the number of outputs is wrong", path);
    for (const [position, output] of outputs.entries()) {
      const expected = declared[position];
      if (expected === undefined || !sameAval(expected, output)) {
        return broken("an output has not the shape and dtype of its primitive's", path, [
          ["expected", expected === undefined ? "nothing" : showAval(expected)],
          ["got", showAval(output)],
        ]);
      }
      if (known.has(output.index) || output.index >= program.variables || output.owner !== program.owner)
        return broken("a variable is set twice, or is another program's", path);
      known.add(output.index);
    }
  }
  const unset = program.outputs.some((output) => isVariableOf(program, output) && !known.has(output.index));
  return unset ? broken("an output is never set", "outputs") : right(program);
};
