import { expect, it } from "vitest";
import { add, grad, jit, sum, tensor, toArray, vmap, type Tensor } from "@cotangent/core";
import { messageOf } from "../../test/message-of.js";
import type { Backend } from "../program/backend.js";
import { evaluateProgram } from "../transforms/call.js";

const f = (x: Tensor<[2]>) => [add(x, 1), sum(x)] as const;
const returning = (run: (...given: Parameters<Backend["run"]>) => unknown): Backend =>
  ({ name: "mine", run }) as Backend;

it("takes what fits, under transformations too", () => {
  const backend = returning(evaluateProgram);
  const [next, total] = jit(f, { backend })(tensor([1, 2]));
  expect([toArray(next), toArray(total)]).toEqual([[2, 3], 3]);
  const total2 = jit((x: Tensor<[2]>) => sum(x), { backend });
  expect(toArray(grad(total2)(tensor([1, 2])))).toEqual([1, 1]);
  expect(toArray(vmap(total2)(tensor([[1, 2]])))).toEqual([3]);
});

it.each<[string, (...given: Parameters<Backend["run"]>) => unknown]>([
  ["nothing", () => undefined],
  ["a Promise", (program, inputs) => Promise.resolve(evaluateProgram(program, inputs))],
  ["too few", (program, inputs) => evaluateProgram(program, inputs).slice(1)],
  ["another order", (program, inputs) => [...evaluateProgram(program, inputs)].reverse()],
  ["numbers", () => [1, 2]],
])("refuses %s", (_, run) => {
  expect(messageOf(() => jit(f, { backend: returning(run) })(tensor([1, 2])))).toMatchSnapshot();
});
