/** What follows a compiled product is computed on blocks of it: every way of the product, every kind of operand. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { less } from "../src/primitives/comparison.js";
import { contract, type ContractParams } from "../src/primitives/contract.js";
import { times } from "../src/primitives/multiplicative.js";
import { permute, reshape } from "../src/primitives/reshape.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import type { Value } from "../src/tensor/value.js";
import type { DType, Shape } from "../src/types/tensor.js";
import { filled } from "./filled.js";
import { planOf, programOf } from "./traced.js";

/** Repeated along all axes but some. */
const along = (x: Value, shape: Shape, ...axes: readonly number[]): Value => broadcast(x, shape, axes);

interface Product {
  readonly shapes: readonly [Shape, Shape];
  readonly contracted: ContractParams["contracted"];
  readonly batch?: ContractParams["batch"];
}

const products: Readonly<Record<string, Product>> = {
  "tiles of packed operands": { shapes: [[130, 70], [70, 91]], contracted: [[1], [0]] }, // prettier-ignore
  "tiles, the depth in several blocks": { shapes: [[101, 700], [700, 43]], contracted: [[1], [0]] }, // prettier-ignore
  "tiles, the columns in several blocks": { shapes: [[31, 33], [33, 1100]], contracted: [[1], [0]] }, // prettier-ignore
  "tiles of operands that lie along the depth": { shapes: [[130, 70], [91, 70]], contracted: [[1], [1]] }, // prettier-ignore
  "tiles of operands that lie across it": { shapes: [[70, 130], [70, 91]], contracted: [[0], [0]] }, // prettier-ignore
  "tiles in place": { shapes: [[3000, 5], [5, 9]], contracted: [[1], [0]] }, // prettier-ignore
  "a flat product": { shapes: [[2, 40], [40, 9001]], contracted: [[1], [0]] }, // prettier-ignore
  "a flat product, transposed": { shapes: [[9001, 40], [40, 2]], contracted: [[1], [0]] }, // prettier-ignore
  "dots": { shapes: [[20001, 9], [9]], contracted: [[1], [0]] }, // prettier-ignore
  "dots of a transposed product": { shapes: [[2, 33], [500, 33]], contracted: [[1], [1]] }, // prettier-ignore
  "an outer product": { shapes: [[301, 1], [1, 203]], contracted: [[1], [0]] }, // prettier-ignore
  "element by element": { shapes: [[300, 2, 3], [300, 5, 3]], contracted: [[2], [2]], batch: [[0], [0]] }, // prettier-ignore
  "a batch of tiles": { shapes: [[3, 34, 33], [3, 33, 35]], contracted: [[2], [1]], batch: [[0], [0]] }, // prettier-ignore
  "a batch that shares an operand": { shapes: [[7, 13, 33], [33, 35]], contracted: [[2], [0]] }, // prettier-ignore
};

const contractOf =
  ({ contracted, batch = [[], []] }: Product) =>
  (x: Value, y: Value): Value =>
    contract(x, y, { contracted, batch });

const shapeOf = (product: Product): Shape => {
  const [x, y] = product.shapes.map((shape) => filled(shape, "float32", 0));
  const program = programOf((a, b) => [contractOf(product)(a, b)], [x, y] as ArrayTensor[]);
  return program.outputs[0]?.shape ?? [];
};

/** Not less than 0.25, of any dtype with an order. */
const positive = (x: Value): Value => times(x, x);

describe.each(Object.entries(products))("%s", (_name, product) => {
  const shape = shapeOf(product);
  const multiply = contractOf(product);
  const operands = (dtype: DType) => product.shapes.map((each, seed) => filled(each, dtype, seed));
  const last = shape.length - 1;
  const rows = shape.length === 1 ? shape : shape.slice(0, -1);

  it.each(["float32", "float64", "int32"] as const)("%s: biases, a residual and an activation", (dtype) => {
    const args = [
      ...operands(dtype),
      filled([shape[last] ?? 1], dtype, 3),
      filled(rows, dtype, 4),
      filled(shape, dtype, 5),
      filled([], dtype, 6),
    ];
    const plan = planOf((x, y, columns, each, residual, scale) => {
      const whole = multiply(x, y);
      const biased = plus(whole, along(columns, shape, last));
      const scaled = times(plus(biased, along(each, shape, ...rows.keys())), along(scale, shape));
      return [sub(residual, positive(scaled))];
    }, args);
    expect(plan).toMatch(/^code: contract → [^;]+, not kept; on each block of it: sub → /);
    expect(plan).not.toContain("loop");
  });

  it("several results, of which one is read by the next and one is of bytes", () => {
    const args = [...operands("float32"), filled([shape[last] ?? 1], "float32", 3)];
    const plan = planOf((x, y, bias) => {
      const before = plus(multiply(x, y), along(bias, shape, last));
      const after = positive(before);
      return [before, after, less(after, before)];
    }, args);
    expect(plan).toMatch(/not kept; on each block of it: add → [^;]+; mul → [^;]+; less → /);
  });

  it("the product itself is a result too", () => {
    const plan = planOf((x, y) => {
      const whole = multiply(x, y);
      return [whole, positive(whole)];
    }, operands("float32"));
    expect(plan).toMatch(/^code: contract → [^;]+; on each block of it: mul → /);
    expect(plan).not.toContain("not kept");
  });
});

describe("an epilogue", () => {
  const [x, y] = [filled([40, 60], "float32", 0), filled([60, 40], "float32", 1)] as const;
  const times2 = contractOf({ shapes: [[], []], contracted: [[1], [0]] });
  const square: Shape = [40, 40];

  it("is of the last of several products that one loop reads", () => {
    const plan = planOf(
      (a, b, c) => [plus(positive(times2(a, b)), times2(c, b))],
      [x, y, filled([40, 60], "float32", 2)],
    );
    expect(plan).toMatch(
      /^code: contract → float32\[40, 40\]\ncode: contract → float32\[40, 40\], not kept; on/,
    );
  });

  it("leaves sums behind the product, which read its results", () => {
    const plan = planOf(
      (a, b, c) => {
        const change = times(times2(a, b), c);
        return [change, reduceSum(change, [0])];
      },
      [x, y, filled(square, "float32", 2)],
    );
    expect(plan).toMatch(
      /not kept; on each block of it: mul → [^\n]+\nloop over \[40, 40\] \(summed up along axes \[0\]\)/,
    );
  });

  it("is none where a sum reads the product in the same loop", () => {
    const plan = planOf(
      (a, b) => {
        const whole = times2(a, b);
        return [reduceSum(whole, [0]), positive(whole)];
      },
      [x, y],
    );
    expect(plan).not.toContain("on each block");
  });

  it("is none of a product whose elements are read in two places of one loop", () => {
    const plan = planOf(
      (a, b) => {
        const whole = times2(a, b);
        return [plus(whole, permute(whole, [1, 0]))];
      },
      [x, y],
    );
    expect(plan).not.toContain("on each block");
  });

  it("keeps a product that a later item reads otherwise", () => {
    const plan = planOf(
      (a, b) => {
        const whole = times2(a, b);
        const after = positive(whole);
        return [after, reduceSum(permute(plus(whole, permute(after, [1, 0])), [1, 0]), [1])];
      },
      [x, y],
    );
    expect(plan).toMatch(/^code: contract → float32\[40, 40\]; on each block/);
  });

  it("reads the product through permutations and reshapes", () => {
    const batched = filled([5, 8, 60], "float32", 2);
    const multiply = contractOf({ shapes: [[], []], contracted: [[2], [0]] });
    const plan = planOf(
      (a, b, other, bias) => [
        plus(other, permute(multiply(a, b), [2, 0, 1])),
        plus(reshape(multiply(a, times(b, b)), [40, 40]), along(bias, square, 1)),
        positive(reshape(times2(reshape(a, [40, 60]), plus(b, b)), [5, 8, 40])),
      ],
      [batched, y, filled([40, 5, 8], "float32", 3), filled([40], "float32", 4)],
    );
    expect(plan.match(/on each block/g)).toHaveLength(3);
  });

  it("does not take the place of an operand that later blocks read", () => {
    const plan = planOf(
      (a) => {
        const first = positive(a);
        const next = plus(times2(first, first), a);
        return [times2(next, positive(next))];
      },
      [filled([150, 150], "float32", 0)],
    );
    expect(plan).toMatch(/not kept; on each block of it: add → [^;]+; mul → [^;]+\ncode: contract/);
  });

  it("does not write where it has not read yet, if it writes in another order", () => {
    const batched = contractOf({ shapes: [[], []], contracted: [[2], [1]], batch: [[0], [0]] });
    const plan = planOf(
      (a, b, other) => [plus(other, permute(batched(a, b), [1, 0, 2]))],
      [
        filled([3, 34, 33], "float32", 0),
        filled([3, 33, 35], "float32", 1),
        filled([34, 3, 35], "float32", 2),
      ],
    );
    expect(plan).toMatch(/^code: contract → float32\[3, 34, 35\]; on each block/);
  });

  it("keeps a product as long as one of its names is read", () => {
    const multiply = contractOf({ shapes: [[], []], contracted: [[2], [0]] });
    const plan = planOf(
      (a, b) => {
        const whole = reshape(multiply(a, b), [40, 40]);
        const after = positive(whole);
        const other = times2(after, after);
        return [times2(whole, times2(other, other))];
      },
      [filled([5, 8, 60], "float32", 0), y],
    );
    expect(plan).toMatch(/^code: contract → float32\[5, 8, 40\]; reshape → float32\[40, 40\]; on each block/);
  });

  it("does not write to a residual before it is read", () => {
    const plan = planOf(
      (a, b) => {
        const residual = times2(a, times(b, b));
        return [plus(times2(a, b), positive(residual))];
      },
      [x, y],
    );
    expect(plan).toContain("on each block");
  });

  it("is none of a product of few multiplications, which is a loop like others", () => {
    const small = [filled([5, 6], "float32", 0), filled([6, 5], "float32", 1)];
    expect(planOf((a, b) => [positive(times2(a, b))], small)).not.toContain("on each block");
  });
});
