/** The diagonal of two axes, which become one, the last: what covariances and repeated indices need. */

import { moveAxisTo, reshape } from "../primitives/reshape.js";
import { slice } from "../primitives/slice-pad.js";
import type { Value } from "../tensor/value.js";

/** The two axes have one length n: of their n² elements in a row, every (n + 1)th lies on the diagonal. */
export const diagonalOf = (x: Value, axis1: number, axis2: number): Value => {
  const last = x.shape.length - 1;
  const [low, high] = axis1 < axis2 ? [axis1, axis2] : [axis2, axis1];
  const behind = moveAxisTo(moveAxisTo(x, high, last), low, last);
  const rest = behind.shape.slice(0, -2);
  const n = behind.shape.at(-1) ?? 0;
  const rows = reshape(behind, [...rest, n * n]);
  return slice(
    rows,
    rows.shape.map(() => 0),
    rows.shape,
    [...rest.map(() => 1), n + 1],
  );
};
