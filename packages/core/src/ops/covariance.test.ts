import { describe, expect, it } from "vitest";
import { corrCoef, cov, grad, scalar, sum, tensor, toArray, variance, zeros, type Tensor } from "../index.js";

const x = tensor([
  [1, 2, 6],
  [3, 1, 2],
]);

describe("cov", () => {
  it("has variances on its diagonal", () => {
    const [[a = NaN] = [], [, b = NaN] = []] = toArray(cov(x));
    const [c = NaN, d = NaN] = toArray(variance(x, { axis: 1, correction: 1 }));
    expect([a, b]).toEqual([c, d]);
    expect(toArray(cov(x, { correction: 0 }))[0]?.[0]).toBeCloseTo((a * 2) / 3, 5);
  });

  it("of a vector is its variance", () => {
    expect(toArray(cov(tensor([1, 2, 3])))).toBe(1);
    expect(toArray(cov(tensor([1])))).toBe(NaN);
    expect(toArray(cov(zeros([2, 0])))).toEqual([
      [NaN, NaN],
      [NaN, NaN],
    ]);
  });

  it("refuses other ranks and dtypes", () => {
    expect(() => cov(zeros([2, 2, 2]) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: cov: the observations must be a matrix, with one row for each variable, or a vector of one variable.
        got   float32[2, 2, 2]
        fix   reshape it to [variables, observations]]
    `);
    expect(() => cov(scalar(1) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: cov: the observations must be a matrix, with one row for each variable, or a vector of one variable.
        got   float32[]
        fix   reshape it to [variables, observations]]
    `);
    expect(() => corrCoef(tensor([1, 2], { dtype: "int32" }) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: corrCoef: dtype int32 is not supported.
        expected   float32, float64
        got        int32
        fix        convert the operand first: convert(x, "float32")]
    `);
  });
});

describe("corrCoef", () => {
  it("is symmetric, 1 on the diagonal, NaN for a constant", () => {
    const [[one, up] = [], [down, other] = []] = toArray(corrCoef(x));
    expect([one, other]).toEqual([1, 1]);
    expect(up).toBe(down);
    expect(toArray(corrCoef(tensor([1, 2, 4])))).toBe(1);
    expect(
      toArray(
        corrCoef(
          tensor([
            [1, 1],
            [1, 2],
          ]),
        ),
      ),
    ).toEqual([
      [NaN, NaN],
      [NaN, 1],
    ]);
  });

  it("does not change with the scale of a variable", () => {
    const gradient = toArray(grad((v: Tensor<[2, 3]>) => sum(corrCoef(v)))(x));
    const along = gradient.map((row, i) =>
      row.reduce((total, entry, j) => total + entry * (toArray(x)[i]?.[j] ?? NaN), 0),
    );
    along.forEach((derivative) => {
      expect(derivative).toBeCloseTo(0, 5);
    });
  });
});
