import { describe, expect, it } from "vitest";
import {
  abs,
  cos,
  floor,
  item,
  maximum,
  mul,
  scalar,
  sin,
  sqrt,
  square,
  stopGradient,
  tensor,
} from "../index.js";
import { elementwisePrimitive } from "../primitives/elementwise.js";
import { noParams } from "../primitives/elementwise-rules.js";
import { apply } from "../primitives/define.js";
import { asTensor } from "../trace/operands.js";
import { currentInterpreter } from "../trace/interpreter.js";
import { evaluate } from "../trace/evaluate.js";
import { TensorError } from "../errors/tensor-error.js";
import type { Tensor } from "../types/tensor.js";
import { checkGradients } from "./check-gradients.js";

/** sine, with the derivative that a test gives it. */
const sine = (derivative: (x: Tensor) => Tensor) => {
  const record = elementwisePrimitive({
    name: "sine",
    kernel: Math.sin,
    derivative: (x) => derivative(x),
    samples: [{ min: -1, max: 1 }],
  });
  return (x: Tensor): Tensor => apply(record, [asTensor("sine", x)], noParams);
};

describe("checkGradients says", () => {
  const wrong = (thunk: () => unknown): string => {
    try {
      thunk();
    } catch (error) {
      if (error instanceof TensorError) {
        expect(error.kind).toBe("GradientMismatch");
        return error.message.replace(/± .*/, "± …"); // how the host rounds its sine
      }
      throw error;
    }
    throw new Error("it passes");
  };

  it("which argument, element and output are wrong, with both values", () => {
    const f = (p: { readonly w: Tensor<[1, 2]> }) => mul(p.w, stopGradient(p.w));
    expect(wrong(() => checkGradients(f, [{ w: tensor([[1.5, 2]]) }]))).toMatchInlineSnapshot(`
      "checkGradients: forward mode and central differences disagree.
        order        1
        argument     primals[0].w[0, 1]
        output       result[0, 1]
        analytic     2
        numeric      4   ± …
        mismatches   4 of 8; this one is the worst
        at           primals[0].w
        fix          mend the rule of an operation on the way (laws(operation) finds which), or the function, if it holds something constant that depends on its argument (stopGradient, item)"
    `);
  });

  it("when reverse mode alone is wrong", () => {
    expect(wrong(() => checkGradients(sine(sin), [tensor([0.5])], { modes: ["reverse"] })))
      .toMatchInlineSnapshot(`
      "checkGradients: reverse mode and central differences disagree.
        order        1
        argument     primals[0][0]
        output       result[0]
        analytic     0.4794255386
        numeric      0.8775825619   ± …
        mismatches   1 of 1; this one is the worst
        at           primals[0]
        fix          mend the rule of an operation on the way (laws(operation) finds which), or the function, if it holds something constant that depends on its argument (stopGradient, item)"
    `);
  });

  it("when the second derivative alone is wrong, and which over which", () => {
    expect(
      wrong(() =>
        checkGradients(
          sine((x) => stopGradient(cos(x))),
          [tensor([0.5])],
        ),
      ),
    ).toMatchInlineSnapshot(`
      "checkGradients: forward mode and central differences disagree.
        order        2, forward over forward
        argument     primals[0][0]
        output       tangent of result[0]
        analytic     0
        numeric      0.359569154   ± …
        mismatches   2 of 2; this one is the worst
        at           primals[0]
        fix          mend the rule of an operation on the way (laws(operation) finds which), or the function, if it holds something constant that depends on its argument (stopGradient, item)"
    `);
  });

  it("when a derivative is wrong by one part in ten thousand", () => {
    expect(
      wrong(() =>
        checkGradients(
          sine((x) => mul(1.0001, cos(x))),
          [tensor([0.5])],
        ),
      ),
    ).toContain("disagree");
  });

  it("where there is a kink", () => {
    expect(wrong(() => checkGradients((x: Tensor<[3]>) => abs(x), [tensor([1, 0, 2])])))
      .toMatchInlineSnapshot(`
      "checkGradients: kink at primals[0][1].
        order        1
        output       result[1]
        from below   -1
        from above   1
        at           primals[0]
        fix          move the argument away from it, or leave such elements out: { kinks: "skip" }"
    `);
  });

  it("where there is a jump", () => {
    expect(wrong(() => checkGradients((x: Tensor<[2]>) => floor(x), [tensor([1.5, 2])])))
      .toMatchInlineSnapshot(`
      "checkGradients: kink at primals[0][1].
        order         1
        output        result[1]
        differences   do not settle (58.33333333): a jump, an edge of the domain, or noise
        at            primals[0]
        fix           move the argument away from it, or leave such elements out: { kinks: "skip" }"
    `);
  });

  it("where there is the edge of a domain", () => {
    expect(wrong(() => checkGradients((x: Tensor<[2]>) => sqrt(x), [tensor([1.5, 0])]))).toContain(
      "kink at primals[0][1]",
    );
  });

  it("where only the second derivative has a kink", () => {
    expect(wrong(() => checkGradients((x: Tensor<[2]>) => square(maximum(x, 0)), [tensor([1, 0])])))
      .toMatchInlineSnapshot(`
      "checkGradients: kink at primals[0][1].
        order        2, of forward mode
        output       tangent of result[1]
        from below   0
        from above   -0.25
        at           primals[0]
        fix          move the argument away from it, or leave such elements out: { kinks: "skip" }"
    `);
  });

  it("nothing of kinks that are to be skipped, but in its report", () => {
    expect(checkGradients((x: Tensor<[3]>) => abs(x), [tensor([1, 0, 2])], { kinks: "skip" }).kinks).toEqual([
      "primals[0][1]",
    ]);
    expect(
      wrong(() =>
        checkGradients((x: Tensor<[2]>) => mul(abs(x), stopGradient(x)), [tensor([0, 2])], { kinks: "skip" }),
      ),
    ).toContain("primals[0][1]");
  });

  it("which options it does not know", () => {
    const check = (options: object) => () => checkGradients((x: Tensor<[]>) => x, [scalar(1)], options);
    expect(check({ order: 0 })).toThrow("order must be a whole number from 1 on");
    expect(check({ modes: ["sideways"] })).toThrow('modes must be "forward", "reverse" or both');
    expect(check({ modes: [] })).toThrow("modes must be");
    expect(check({ elements: 0.5 })).toThrow("elements must be a whole number from 1 on");
  });

  it("that there is nothing to differentiate", () => {
    expect(() => checkGradients((x: Tensor<[1], "int32">) => x, [tensor([1], { dtype: "int32" })]))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: checkGradients: the primals have no floating tensor to differentiate.
        fix   pass a tensor of float32 or float64: scalar(2) for the number 2]
    `);
  });

  it("what the function itself throws, and leaves the interpreter as it was", () => {
    expect(() =>
      checkGradients(
        (_x: Tensor<[]>) => {
          throw new Error("mine");
        },
        [scalar(1)],
      ),
    ).toThrow("mine");
    expect(currentInterpreter()).toBe(evaluate);
  });
});

describe("a float32 value that is run in float64", () => {
  it("may not leave the check", () => {
    let kept: Tensor<[]> | undefined;
    const f = (x: Tensor<[]>): Tensor<[]> => {
      const y = sin(x);
      kept ??= y;
      return y;
    };
    checkGradients(f, [scalar(1)], { order: 1 });
    expect(() => sin(kept ?? scalar(0))).toThrow(
      "sin: a tracer leaked out of checkGradients, which has ended",
    );
    expect(() => item(kept ?? scalar(0))).toThrow(
      "item: a tracer leaked out of checkGradients, which has ended",
    );
  });
});
