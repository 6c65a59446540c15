import { describe, expect, it } from "vitest";
import {
  add,
  bitcast,
  cond,
  convert,
  customVjp,
  exp,
  foriLoop,
  grad,
  greater,
  item,
  jit,
  less,
  log,
  matmul,
  maximum,
  mean,
  mul,
  ones,
  scalar,
  scan,
  sin,
  sort,
  square,
  stopGradient,
  sum,
  tanh,
  tensor,
  vmap,
  whileLoop,
  zeros,
} from "../index.js";
import type { Tensor } from "../types/tensor.js";
import { checkGradients } from "./check-gradients.js";

describe("checkGradients passes", () => {
  it("a function of several arguments, and says what it compared", () => {
    const report = checkGradients((x, y) => mul(sin(x), square(y)), [tensor([1, 2]), tensor([3, 4])]);
    // 4 inputs by 2 outputs in two modes; then 4 by 2 of the tangents and 4 by 4 of the cotangents.
    expect(report).toEqual({ compared: 16 + 16 + 32, kinks: [] });
  });

  it("trees of arguments and results, holding integers, numbers and strings", () => {
    const params = {
      w: tensor([
        [1, 2],
        [3, 4],
      ]),
      b: [scalar(0.5)],
      steps: tensor([1, 2], { dtype: "int32" }),
      rate: 0.1,
      mode: "train",
      nothing: null,
    };
    const f = (p: typeof params, x: Tensor<[2]>) => ({
      y: mul(p.rate, tanh(matmul(p.w, x))),
      count: [p.steps, add(sum(p.w), p.b[0] ?? 0)],
    });
    expect(checkGradients(f, [params, tensor([0.3, -0.2])]).kinks).toEqual([]);
  });

  it("a float32 function that closes over float32 tensors, in float64", () => {
    const data = tensor([1.1, 2.3, -0.7]);
    expect(() =>
      checkGradients((w: Tensor<[3]>) => mean(square(exp(mul(w, data)))), [tensor([0.1, 0.2, 0.3])], {
        rtol: 1e-9,
      }),
    ).not.toThrow();
  });

  it("float64, and float32 beside it", () => {
    const x = tensor([1, 2], { dtype: "float64" });
    expect(() =>
      checkGradients((a, b) => mul(a, convert(sin(b), "float64")), [x, tensor([0.5, 0.25])]),
    ).not.toThrow();
    expect(() =>
      checkGradients((a: Tensor<[2], "float64">) => sum(convert(square(a), "float32")), [x]),
    ).not.toThrow();
  });

  it("functions that use transformations, host branches and bits themselves", () => {
    const f = (x: Tensor<[3]>) => {
      const slope = grad((z: Tensor<[3]>) => sum(sin(z)))(x);
      const rows = vmap((z: Tensor<[]>) => square(z))(x);
      const mask = convert(bitcast(x, "uint32"), "float32"); // an integer: no derivative
      return item(sum(x)) > 0 ? add(mul(slope, rows), mul(0, stopGradient(mask))) : rows;
    };
    expect(() => checkGradients(f, [tensor([0.5, 1, 2])])).not.toThrow();
  });

  it("float32 loops and branches, whose programs it runs in float64", () => {
    const data = tensor([0.5, -0.25, 0.75]);
    const summed = (c: Tensor<[]>) =>
      scan((s: Tensor<[]>, x: Tensor<[]>) => [sin(add(mul(s, x), c)), mul(s, x)] as const, c, data);
    const branched = (c: Tensor<[]>) =>
      cond(
        greater(c, 0),
        (x: Tensor<[]>) => sin(x),
        (x: Tensor<[]>) => square(x),
        mul(c, 1.5),
      );
    const options = { rtol: 1e-8 };
    expect(() => checkGradients(summed, [scalar(0.3)], options)).not.toThrow();
    expect(() => checkGradients(branched, [scalar(0.3)], options)).not.toThrow();
    expect(() =>
      checkGradients(
        (x: Tensor<[3]>) => foriLoop(0, 3, (_, y: Tensor<[3]>) => tanh(mul(y, data)), x),
        [data],
        options,
      ),
    ).not.toThrow();
    expect(() =>
      checkGradients(
        jit((x: Tensor<[3]>) => sum(mul(sin(x), data))),
        [data],
        options,
      ),
    ).not.toThrow();
  });

  it("in one mode what has no other", () => {
    const grows = (x: Tensor<[]>) =>
      whileLoop(
        (y: Tensor<[]>) => less(y, 10),
        (y: Tensor<[]>) => mul(y, 1.5),
        x,
      );
    expect(() => checkGradients(grows, [scalar(1.1)], { modes: ["forward"] })).not.toThrow();
    const cube = customVjp(
      (x: Tensor<[]>) => mul(x, square(x)),
      (x: Tensor<[]>) => [mul(x, square(x)), x] as const,
      (x: Tensor<[]>, cotangent: Tensor<[]>) => [mul(cotangent, mul(3, square(x)))] as const,
    );
    expect(() =>
      checkGradients((x: Tensor<[]>) => cube(x), [scalar(1.1)], { modes: ["reverse"] }),
    ).not.toThrow();
  });

  it("to the third order", () => {
    const { compared } = checkGradients((x: Tensor<[]>) => mul(sin(x), exp(x)), [scalar(0.3)], { order: 3 });
    expect(compared).toBe(2 + 4 + 8);
  });

  it("forward mode alone, reverse mode alone", () => {
    expect(checkGradients((x: Tensor<[]>) => sin(x), [scalar(0.3)], { modes: ["forward"] }).compared).toBe(2);
    expect(
      checkGradients((x: Tensor<[]>) => sin(x), [scalar(0.3)], { modes: ["reverse"], order: 1 }).compared,
    ).toBe(1);
  });

  it("a sample of the elements of large arguments", () => {
    expect(
      checkGradients((x: Tensor<[300]>) => sum(square(x)), [ones([300])], { elements: 10, order: 1 })
        .compared,
    ).toBe(20);
  });

  it("close to a kink and to the edge of a domain", () => {
    expect(checkGradients((x: Tensor<[3]>) => maximum(x, 0), [tensor([1, 1e-3, -1e-4])]).kinks).toEqual([]);
    expect(checkGradients((x: Tensor<[2]>) => log(x), [tensor([1e-3, 2])]).kinks).toEqual([]);
  });

  it("permutations, away from ties", () => {
    expect(() => checkGradients((x: Tensor<[4]>) => square(sort(x)), [tensor([3, 1, 2, 5])])).not.toThrow();
  });

  it("an empty tensor, a constant function, and a result without a gradient", () => {
    expect(checkGradients((x: Tensor<[0]>) => sin(x), [zeros([0])]).compared).toBe(0);
    expect(checkGradients((_x: Tensor<[2]>) => tensor([1, 2]), [tensor([1, 2])]).kinks).toEqual([]);
    expect(
      checkGradients((x: Tensor<[2]>) => convert(x, "int32"), [tensor([1.5, 2.5])], { order: 1 }).compared,
    ).toBe(0);
  });
});
