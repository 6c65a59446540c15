/** Testing a function of your own: its gradient, and what must hold of it, on tensors that fast-check makes up. */

import { abs, add, exp, grad, log1p, logAddExp, maximum, neg } from "@cotangent/core";
import { scalar, sigmoid, sub, sum } from "@cotangent/core";
import type { Shape, Tensor } from "@cotangent/core";
import { arbitraries, checkGradients } from "@cotangent/core/testing";
import { installMatchers } from "@cotangent/core/testing/vitest";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

installMatchers(); // expect(...).toBeAllClose(...)

type AnyShape = Tensor<Shape>;

/** The function under test: softplus, log(1 + exp(x)), which neither overflows nor rounds to 0. */
const softplus = (x: AnyShape) => logAddExp(x, 0);

/** Small tensors of every shape, with numbers from -10 to 10. A failing one shrinks: to few, short numbers near 0. */
const tensors = arbitraries.tensor({ shape: arbitraries.shape({ maxSize: 8 }) });

describe("softplus", () => {
  // Both modes of differentiation, first and second order, against differences in float64.
  it("has the right derivatives", () => {
    fc.assert(
      fc.property(tensors, (x) => {
        checkGradients(softplus, [x]);
      }),
      { numRuns: 10 },
    );
  });

  it("has the sigmoid as its derivative", () => {
    fc.assert(
      fc.property(tensors, (x) => {
        expect(grad((x: AnyShape) => sum(softplus(x)))(x)).toBeAllClose(sigmoid(x));
      }),
    );
  });

  it("satisfies softplus(x) - softplus(-x) = x", () => {
    fc.assert(
      fc.property(tensors, (x) => {
        expect(sub(softplus(x), softplus(neg(x)))).toBeAllClose(x, { atol: 1e-5 });
      }),
    );
  });
});

describe("a formula that is right, with a derivative that is not", () => {
  const textbook = (x: AnyShape) => add(maximum(x, 0), log1p(exp(neg(abs(x)))));

  it("has the same values", () => {
    fc.assert(
      fc.property(tensors, (x) => {
        expect(textbook(x)).toBeAllClose(softplus(x));
      }),
    );
  });

  // The second derivative at 0 is 1/4; each of the two kinks of the formula has none there.
  it("fails the check at 0", () => {
    checkGradients(textbook, [scalar(1)]);
    expect(() => checkGradients(textbook, [scalar(0)])).toThrow(/order +2/);
  });
});
