import {
  cond,
  grad,
  jit,
  less,
  mul,
  sqrt,
  sum,
  take,
  tensor,
  toArray,
  vmap,
  type Tensor,
} from "@cotangent/core";
import { expect, it } from "vitest";

type Index = Tensor<[], "int32">;
type X = Tensor<[], "float64">;
const float64 = { dtype: "float64" } as const;

it("a row that lends its operands has its own derivative, also where that is infinite", () => {
  const table = tensor([10, 20, 30], float64);
  const f = (i: Index, x: X) =>
    cond(
      less(i, 3),
      (j: Index, y: X) => mul(sqrt(y), take(table, j)),
      (_j: Index, y: X) => y,
      i,
      x,
    );
  const total = (xs: Tensor<[3], "float64">) => sum(vmap(f)(tensor([0, 5, 7], { dtype: "int32" }), xs));
  const x = tensor([0, 2, 3], float64);
  for (const gradient of [grad(total), jit(grad(total))])
    expect(toArray(gradient(x))).toEqual([Infinity, 1, 1]);
});
