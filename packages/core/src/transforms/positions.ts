/** Options that name arguments of a function by their positions. */

import { tensorError } from "../errors/tensor-error.js";
import { counted } from "../errors/words.js";
import { describe } from "../trace/operands.js";

/** @throws TensorError when an option is no list of positions of arguments. */
export const checkPositions = (operation: string, option: string, positions: unknown): readonly number[] => {
  if (positions === undefined) return [];
  if (Array.isArray(positions) && positions.every((position) => Number.isInteger(position) && position >= 0))
    return positions as readonly number[];
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${option} is a list of positions of arguments`,
    found: [
      ["got", Array.isArray(positions) ? `[${positions.map(String).join(", ")}]` : describe(positions)],
    ],
    fix: `count arguments from 0: ${option}: [0] for the first`,
  });
};

/** @throws TensorError when a call has no argument at a position. */
export const checkGiven = (
  operation: string,
  option: string,
  positions: readonly number[],
  args: readonly unknown[],
): void => {
  const missing = positions.find((position) => position >= args.length);
  if (missing === undefined) return;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${option} names an argument that was not given`,
    found: [
      [option, String(missing)],
      ["given", counted(args.length, "argument")],
    ],
    fix: `count arguments from 0: ${option}: [0] for the first`,
  });
};
