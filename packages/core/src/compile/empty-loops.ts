/** Loops over no elements: totals are those of nothing. */

import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { forRange, sequence } from "../wasm/control.js";
import { local, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { storeNumber } from "./access.js";
import { startOf } from "./folds.js";
import type { LoopJob, Root } from "./loop-job.js";
import type { ScalarLanes } from "./scalar-lanes.js";

/** Writes loops over a domain without elements: each total is stored as its fold begins. */
export const writeEmptyLoops = ({ domain, reduced, roots }: LoopJob, scalars: ScalarLanes): Statement => {
  const results = sizeOfShape(domain.filter((_, axis) => reduced[axis] !== true));
  return sequence(...roots.flatMap((root) => totalsOfNothing(root, results, scalars)));
};

const totalsOfNothing = (
  { fold, dtype, target }: Root,
  results: number,
  scalars: ScalarLanes,
): readonly Statement[] => {
  if (fold === undefined) return [];
  const nothing = scalars.constant(startOf(fold, dtype), dtype);
  if ("keep" in target) return [target.keep(nothing)];
  const { pointer, offset } = target.buffer;
  const [at, size] = [local("i32"), bytesOf(dtype)];
  const store = storeNumber(i32.add(pointer, at), offset, nothing);
  return [forRange(at, 0, results * size, size, [store])];
};
