/** Choices and loops under vmap where each row goes its own way: what a row does not take refuses nothing. */

import { describe, expect, it } from "vitest";
import {
  grad,
  jit,
  mul,
  scalar,
  sin,
  sum,
  switchCase,
  tensor,
  toArray,
  vmap,
  type Tensor,
} from "@cotangent/core";

type Index = Tensor<[], "int32">;
const int32 = { dtype: "int32" } as const;

describe("switchCase whose index differs from row to row", () => {
  const three = (i: Index) =>
    switchCase(i, [(x: Tensor<[]>) => x, (x) => mul(x, 2), (x) => mul(x, x)], scalar(3));
  const one = (i: Index) => switchCase(i, [(x: Tensor<[]>) => mul(x, x)], scalar(3));
  const rows = vmap(three);

  it("takes the branch of each row", () => {
    for (const run of [rows, jit(rows)]) expect(toArray(run(tensor([2, 0, 1], int32)))).toEqual([9, 3, 6]);
    expect(toArray(vmap(rows)(tensor([[2], [0]], int32)))).toEqual([[9], [3]]);
    expect(toArray(vmap(one)(tensor([0, 0], int32)))).toEqual([9, 9]);
    expect(toArray(rows(tensor([], int32) as Tensor<[0], "int32">))).toEqual([]);
  });

  it.each([5, 3, -1])("refuses an index that is out of range, %d", (bad) => {
    const indices = tensor([0, bad, 1], int32);
    const expected = `switchCase: there is no branch ${bad}`;
    for (const run of [rows, jit(rows), vmap(one), jit(vmap(one))])
      expect(() => run(indices as never)).toThrow(expected);
    expect(() =>
      vmap(rows)(
        tensor(
          [
            [0, 1],
            [bad, 2],
          ],
          int32,
        ),
      ),
    ).toThrow(expected);
    expect(() =>
      grad((x: Tensor<[3]>) =>
        sum(vmap((y: Tensor<[]>, i: Index) => switchCase(i, [(z: Tensor<[]>) => z, sin], y))(x, indices)),
      )(tensor([1, 2, 3])),
    ).toThrow(expected);
  });
});
