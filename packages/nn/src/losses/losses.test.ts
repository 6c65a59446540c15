import { grad, hessian, item, sum, tensor, toArray, vmap, zeros, type Tensor } from "@cotangent/core";
import { allClose, checkGradients } from "@cotangent/core/testing";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import { binaryCrossEntropy } from "./binary-cross-entropy.js";
import { crossEntropy } from "./cross-entropy.js";
import { mse } from "./mse.js";

const int = { dtype: "int32" } as const;
const double = { dtype: "float64" } as const;

describe("mse", () => {
  const [x, y] = [tensor([1, 2, 3]), tensor([1, 4, 0])];

  it("reduces as it is told", () => {
    expect(item(mse(x, y))).toBeCloseTo(13 / 3, 6);
    expect(item(mse(x, y, { reduction: "sum" }))).toBe(13);
    expect(toArray(mse(x, y, { reduction: "none" }))).toEqual([0, 4, 9]);
    expectTypeOf(mse(x, y)).toEqualTypeOf<Tensor<readonly []>>();
    expectTypeOf(mse(x, y, { reduction: "none" })).toEqualTypeOf<Tensor<readonly [3]>>();
  });

  it("weighs its elements, and the mean by the weights", () => {
    const weight = tensor([1, 1, 2]);
    expect(item(mse(x, y, { weight }))).toBe(22 / 4);
    expect(item(mse(x, y, { weight, reduction: "sum" }))).toBe(22);
    expect(toArray(mse(x, y, { weight, reduction: "none" }))).toEqual([0, 4, 18]);
  });

  it("has its derivatives, in both operands", () => {
    checkGradients((a: Tensor, b: Tensor) => mse(a, b), [x, y]);
  });

  it("says what is wrong", () => {
    const column: Tensor = zeros([3, 1]);
    expect(
      [
        () => mse(x, column),
        // @ts-expect-error mse: input [3] and target [3, 1] differ in shape
        () => mse(x, zeros([3, 1])),
        () => mse(x, y, { weight: tensor([1]) }),
        () => mse(x, y, { reduction: "average" as never }),
        () => mse(x, y, { weights: y } as never),
        () => mse([1] as never, y),
        () => mse(zeros([3], int) as never, y),
      ]
        .map(messageOf)
        .join("\n\n"),
    ).toMatchSnapshot();
  });
});

describe("binaryCrossEntropy", () => {
  const p = tensor([0.2, 0.5, 0.9], double);
  const t = tensor([0, 0.3, 1], double);

  it("has its derivatives to the second order, in both operands", () => {
    checkGradients(
      (a: Tensor<[3], "float64">, b: Tensor<[3], "float64">) => binaryCrossEntropy(a, b),
      [p, t],
    );
  });

  it("has finite values and gradients at the ends", () => {
    const ends = tensor([0, 0, 1, 1]);
    const targets = tensor([0, 1, 0, 1]);
    expect(toArray(binaryCrossEntropy(ends, targets, { reduction: "none" }))).toEqual([0, 100, 100, 0]);
    const gradient = toArray(
      grad((x: Tensor<[4]>) => binaryCrossEntropy(x, targets, { reduction: "sum" }))(ends),
    );
    expect(gradient.map((g) => g / 1e12)).toEqual([0, -1, 1, 0].map((g) => expect.closeTo(g, 6) as unknown));
    const curvature = toArray(
      hessian((x: Tensor<[4]>) => binaryCrossEntropy(x, targets, { reduction: "sum" }))(ends),
    );
    expect(curvature.flat().every(Number.isFinite)).toBe(true);
  });

  it("has the targets' gradient, held where the logarithms are", () => {
    const gradient = grad((x: Tensor) => binaryCrossEntropy(tensor([0, 0.5]), x, { reduction: "sum" }))(
      tensor([0, 0]),
    );
    expect(toArray(gradient)).toEqual([100, 0]);
  });

  it("runs under vmap, where probabilities cannot be looked at", () => {
    const rows = vmap((x: Tensor) => binaryCrossEntropy(x, tensor([0, 1])))(
      tensor([
        [0.5, 0.5],
        [0.1, 0.9],
      ]),
    );
    expect(allClose(rows, tensor([Math.log(2), -Math.log(0.9)]), { rtol: 1e-6 })).toBe(true);
  });

  it("says what is wrong", () => {
    expect(
      [
        () => binaryCrossEntropy(tensor([0.5, 1.5]), tensor([0, 1])),
        () => binaryCrossEntropy(tensor([0.5, -0.1]), tensor([0, 1])),
        // @ts-expect-error binaryCrossEntropy: input [2] and target [3] differ in shape
        () => binaryCrossEntropy(zeros([2]), zeros([3])),
        () => binaryCrossEntropy(zeros([2]), zeros([2], int) as never),
      ]
        .map(messageOf)
        .join("\n\n"),
    ).toMatchSnapshot();
  });
});

describe("crossEntropy", () => {
  const logits = tensor(
    [
      [1, 2, 0.5],
      [0, -1, 3],
    ],
    double,
  );
  const indices = tensor([2, 0], int);

  it("has its derivatives", () => {
    const weight = tensor([0.2, 1.5, 0.7], double);
    const probabilities = tensor(
      [
        [0.2, 0.3, 0.5],
        [1, 0, 0],
      ],
      double,
    );
    type X = Tensor<[2, 3], "float64">;
    checkGradients((x: X) => crossEntropy(x, indices), [logits]);
    checkGradients(
      (x: X) => crossEntropy(x, indices, { weight, labelSmoothing: 0.1, ignoreIndex: 2 }),
      [logits],
    );
    checkGradients(
      (x: X, y: X) => crossEntropy(x, y, { weight, labelSmoothing: 0.1 }),
      [logits, probabilities],
    );
  });

  it("has types for every form of targets", () => {
    expectTypeOf(crossEntropy(logits, indices)).toEqualTypeOf<Tensor<readonly [], "float64">>();
    expectTypeOf(crossEntropy(logits, indices, { reduction: "none" })).toEqualTypeOf<
      Tensor<readonly [2], "float64">
    >();
    const deep = crossEntropy(zeros([2, 3, 4, 5]), zeros([2, 4, 5], int), { reduction: "none" });
    expectTypeOf(deep).toEqualTypeOf<Tensor<readonly [2, 4, 5]>>();
    expectTypeOf(crossEntropy(zeros([3]), zeros([], int))).toEqualTypeOf<Tensor<readonly []>>();
  });

  it("takes uint32 indices, and ignores what it is told", () => {
    const unsigned = tensor([2, 0], { dtype: "uint32" });
    expect(item(crossEntropy(logits, unsigned))).toBe(item(crossEntropy(logits, indices)));
    expect(item(crossEntropy(logits, tensor([2, -100], int)))).toBeCloseTo(
      item(crossEntropy(tensor([[1, 2, 0.5]]), tensor([2], int))),
      6,
    );
    expect(item(crossEntropy(logits, tensor([-100, -100], int)))).toBeNaN();
    const impossible = tensor([
      [0, -Infinity],
      [0, 0],
    ]);
    expect(item(crossEntropy(impossible, tensor([0, -100], int)))).toBe(0);
    expect(toArray(grad((x: Tensor) => crossEntropy(x, tensor([-100, 1], int)))(impossible))).toEqual([
      [0, 0],
      [0.5, -0.5],
    ]);
  });

  it("runs under vmap, where the gather checks the indices", () => {
    const per = vmap((x: Tensor<[3], "float64">, y: Tensor<[], "int32">) => crossEntropy(x, y));
    expect(allClose(per(logits, indices), crossEntropy(logits, indices, { reduction: "none" }))).toBe(true);
    expect(
      [() => per(logits, tensor([3, 0], int)), () => per(logits, tensor([-1, 0], int))]
        .map(messageOf)
        .join("\n\n"),
    ).toMatchSnapshot();
  });

  it("is twice differentiable", () => {
    const curvature = hessian((x: Tensor<[2, 3], "float64">) =>
      crossEntropy(x, indices, { reduction: "sum" }),
    )(logits);
    expect(item(sum(curvature))).toBeCloseTo(0, 10);
  });

  it("says what is wrong", () => {
    const loose: Tensor = zeros([2, 3]);
    const looseIndices = zeros([2], int);
    expect(
      [
        () => crossEntropy(loose, tensor([3, 0], int)),
        () => crossEntropy(loose, tensor([0, -1], int)),
        () =>
          crossEntropy(
            loose,
            tensor(
              [
                [0, 1],
                [1, 0],
              ],
              int,
            ),
          ),
        () =>
          crossEntropy(
            loose,
            tensor(
              [
                [0, 0, 1],
                [1, 0, 0],
              ],
              int,
            ),
          ),
        () => crossEntropy(loose, tensor([0, 1])),
        () => crossEntropy(loose, tensor([true, false]) as never),
        () => crossEntropy(loose, zeros([2, 3], double)),
        () => crossEntropy(loose, zeros([2, 3]), { ignoreIndex: 0 }),
        () => crossEntropy(loose, looseIndices, { weight: tensor([1, 2]) }),
        () => crossEntropy(loose, looseIndices, { labelSmoothing: 1.1 }),
        () => crossEntropy(loose, looseIndices, { smoothing: 0.1 } as never),
        () => crossEntropy(zeros([]) as never, looseIndices),
        // @ts-expect-error crossEntropy: logits [2, 3] take class indices [2], not [3]
        () => crossEntropy(zeros([2, 3]), zeros([3], int)),
        // @ts-expect-error crossEntropy: logits [2, 3] take probabilities [2, 3], not [3, 2]
        () => crossEntropy(zeros([2, 3]), zeros([3, 2])),
      ]
        .map(messageOf)
        .join("\n\n"),
    ).toMatchSnapshot();
  });
});
