/** Layers, compiled: in loops, in gradients and in mapped functions, with an embedding in front and an optimiser's step behind. */

import { expect, it } from "vitest";
import {
  add,
  fromTypedArray,
  grad,
  matmul,
  mul,
  reshape,
  scan,
  square,
  stage,
  sub,
  sum,
  take,
  tanh,
  tensor,
  vmap,
  type Tensor,
} from "../src/index.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { comparedPlan } from "./traced.js";

type X = Tensor;

const numbers = (...shape: readonly number[]): X => {
  const length = shape.reduce((size, each) => size * each, 1);
  const data = Float32Array.from({ length }, (_, i) => (((i * 37) % 19) - 9) * 0.05);
  return reshape(fromTypedArray(data, [length]) as X, shape) as X;
};

/** The plan of a function whose compiled results are compared with the interpreter's. */
const planOf = (f: (...args: never[]) => unknown, ...args: readonly unknown[]): string => {
  const program = stage(f as (...values: unknown[]) => never)(...args);
  return comparedPlan(program, args as readonly ArrayTensor[]); // eager tensors
};

const layer = (h: X, w: X, b: X): X => tanh(add(matmul(h, w) as X, b)) as X;

const [h, w, b, rows] = [numbers(20, 20), numbers(20, 20), numbers(20), numbers(9, 20)];

const loop = (state: X, weights: X, bias: X, inputs: X) =>
  scan(
    ((carry: X, row: X) => {
      const next: X = add(layer(carry, weights, bias), row);
      return [next, sum(square(next))];
    }) as never,
    state as never,
    inputs as never,
  ) as unknown as readonly [X, X];

it("steps of a loop", () => {
  expect(planOf(loop, h, w, b, rows)).toMatch(/not kept; on each block of it: add → float32\[20, 20\]/);
});

it("the gradient of a loop", () => {
  const loss = (...args: readonly [X, X, X, X]): X => sum(loop(...args)[1]) as X;
  expect(planOf(grad(loss as never, { argnums: [0, 1, 2] }) as never, h, w, b, rows)).toContain(
    "on each block",
  );
});

it("mapped over batches, whose rows are those of one product", () => {
  const over = (inAxes: readonly unknown[], ...args: readonly X[]): string =>
    planOf(vmap(layer as never, { inAxes } as never), ...args);
  expect(over([0, null, null], numbers(5, 9, 20), w, b)).toMatch(/not kept; on each block of it: tanh/);
  // A row's bias is that of its batch: there is no step from row to row.
  expect(over([0, null, 0], numbers(5, 9, 20), w, numbers(5, 20))).toContain("loop over [5, 9, 20]: tanh");
  expect(over([0, 0, 0], numbers(5, 12, 20), numbers(5, 20, 20), numbers(5, 20))).toMatch(
    /not kept; on each block of it: tanh/,
  );
});

it("a step of training, from the rows of a table", () => {
  const table = numbers(40, 20);
  const at = tensor(
    Array.from({ length: 30 }, (_, i) => ((i * 7) % 80) - 40),
    { dtype: "int32" },
  );
  const loss = (t: X, weights: X, bias: X): X =>
    sum(square(layer(mul(take(t, at, { axis: 0 }), 3), weights, bias)));
  const step = (t: X, weights: X, bias: X) => {
    const gradients = grad(loss as never, { argnums: [0, 1, 2] })(
      t as never,
      weights as never,
      bias as never,
    );
    return [t, weights, bias].map((each, place) =>
      sub(each, mul(0.1, (gradients as readonly X[])[place] as X)),
    );
  };
  const plan = planOf(step as never, table, w, b);
  expect(plan).toMatch(/^code: gather → float32\[30, 20\](, not kept; on each block of it: mul)?/);
  expect(plan).toMatch(/code: contract → float32\[20, 20\], not kept; on each block of it: sub/);
  expect(plan).toContain("scatterAdd");
});
