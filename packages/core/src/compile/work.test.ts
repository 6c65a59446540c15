import { expect, it } from "vitest";
import {
  add,
  arange,
  broadcastTo,
  concatenate,
  cumSum,
  div,
  matmul,
  max,
  mul,
  ones,
  reshape,
  sort,
  stage,
  sum,
  tanh,
  type Tensor,
} from "@cotangent/core";
import { workOf } from "./work.js";

it("is counted in additions, of elements that are computed, moved or added up; all else is no work element by element", () => {
  const work = (f: (x: Tensor) => Tensor): number => workOf(stage(f as never)(ones([6, 6]) as never));
  expect(work((x) => x)).toBe(0);
  expect(work((x) => mul(x, x))).toBe(36);
  expect(work((x) => div(tanh(x), x))).toBe(15 * 36);
  expect(work((x) => sum(x))).toBe(36);
  expect(work((x) => max(reshape(x, [36])))).toBe(72);
  expect(work((x) => broadcastTo(sum(x), [100]))).toBe(136);
  expect(work((x) => concatenate([x, x]))).toBe(72);
  for (const f of [(x: Tensor) => matmul(x, x), (x: Tensor) => sort(x), (x: Tensor) => cumSum(x)])
    expect(work((x) => add(f(x), arange(6)))).toBe(Infinity);
});
