/** `whileLoop` under vmap: rows that are done ask nothing more. */

import { describe, expect, it } from "vitest";
import {
  add,
  cond,
  greater,
  jit,
  jvp,
  less,
  mul,
  scalar,
  stack,
  take,
  tensor,
  vmap,
  whileLoop,
  type Tensor,
} from "@cotangent/core";
import { expectClose } from "../../test/close.js";

type Index = Tensor<[], "int32">;
type X = Tensor<[]>;
const int32 = { dtype: "int32" } as const;
const table = tensor([10, 20, 30]);

describe("whileLoop whose rows stop apart", () => {
  /** The sum of what stands from an index to the end, times a number for each row, by an index that is shifted. */
  const tail = (from: Index, by: X, shift: Index) =>
    whileLoop(
      ({ i }: { i: Index; s: X }) => less(i, 3),
      ({ i, s }) => ({ i: add(i, 1), s: add(s, mul(by, take(table, add(shift, i)))) }),
      { i: from, s: mul(by, by) },
    ).s;
  const [from, by, shift] = [tensor([0, 2, 3, 1], int32), tensor([1, 2, 3, 4]), tensor([0, -1, 5, 0], int32)];
  // 3² of the row that does not run at all, though it would read index 8
  const values = [61, 44, 9, 216];
  const slopes = [62, 24, 6, 58];

  it("asks nothing of those that are done", () => {
    const rows = vmap(tail);
    for (const run of [rows, jit(rows)]) expectClose(run(from, by, shift), tensor(values));
    expectClose(
      vmap(rows)(stack([from, from]), stack([by, by]), stack([shift, shift])),
      tensor([values, values]),
    );
    expect(() => rows(from, by, tensor([0, -1, 5, 1], int32))).toThrow("index 3 is out of range");
  });

  it("has forward derivatives", () => {
    const pushed = (y: Tensor<[4]>) =>
      jvp((x: Tensor<[4]>) => vmap(tail)(from, x, shift), [y], [tensor([1, 1, 1, 1])])[1];
    for (const run of [pushed, jit(pushed)]) expectClose(run(by), tensor(slopes));
    const slopeOf = (i: Index, x: X, k: Index) => jvp((y: X) => tail(i, y, k), [x], [scalar(1)])[1];
    expectClose(vmap(slopeOf)(from, by, shift), tensor(slopes));
  });

  it("in a branch that some rows take", () => {
    const rows = vmap((i: Index, x: X, k: Index) =>
      cond(
        greater(x, 1),
        () => tail(i, x, k),
        () => x,
      ),
    );
    const shifts = tensor([2, -1, 5, 0], int32); // the first row would refuse
    for (const run of [rows, jit(rows)]) expectClose(run(from, by, shifts), tensor([1, 44, 9, 216]));
  });
});
