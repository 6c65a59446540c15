import { describe, expect, it } from "vitest";
import { add, div, grad, item, jvp, mul, scalar, tensor, toArray } from "../index.js";
import type { Tensor } from "../types/tensor.js";
import * as random from "./index.js";

describe("gradients of random numbers", () => {
  const key = random.key(9);

  it("flow to the ends of uniform", () => {
    const u = item(random.uniform(key));
    const of = (low: Tensor<[]>, high: Tensor<[]>) => random.uniform(key, [], { minval: low, maxval: high });
    const slope = grad(of, { argnums: [0, 1] })(scalar(-1), scalar(3));
    expect(item(slope[0])).toBeCloseTo(1 - u, 6);
    expect(item(slope[1])).toBeCloseTo(u, 6);
  });

  it("flow to the bounds of truncatedNormal", () => {
    const of = (low: Tensor<[], "float64">) => random.truncatedNormal(key, low, 2, [], { dtype: "float64" });
    const point = scalar(-1, { dtype: "float64" });
    const step = scalar(1e-6, { dtype: "float64" });
    const difference = (item(of(add(point, step))) - item(of(add(point, mul(step, -1))))) / 2e-6;
    expect(item(grad(of)(point))).toBeCloseTo(difference, 7);
  });

  it("flow around the noise of normal, and through a permutation", () => {
    const reparametrised = (deviation: Tensor<[]>) => mul(deviation, random.normal(key));
    expect(item(grad(reparametrised)(scalar(2)))).toBe(item(random.normal(key)));
    const [value, tangent] = jvp(
      (x: Tensor<[4]>) => random.permutation(key, x),
      [tensor([1, 2, 3, 4])],
      [tensor([1, 2, 3, 4])],
    );
    expect(toArray(tangent)).toEqual(toArray(value));
  });

  it("are zero in a probability and through whole numbers", () => {
    const slope = grad((p: Tensor<[]>) => {
      random.bernoulli(key, p, [3]);
      return div(p, 2);
    })(scalar(0.3));
    expect(item(slope)).toBe(0.5);
  });
});
