/** Auxiliary results, symbolic zeros, vmap's axes, transposes of linear functions. */

import { beforeAll, describe, expect, it } from "vitest";
import {
  add,
  argMax,
  convert,
  cos,
  div,
  exp,
  floor,
  grad,
  hessian,
  item,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  linearTranspose,
  log,
  matmul,
  mul,
  ones,
  scalar,
  sin,
  sort,
  square,
  stopGradient,
  sub,
  sum,
  take,
  tensor,
  TensorError,
  toArray,
  valueAndGrad,
  vjp,
  vmap,
  where,
  greater,
  zeros,
} from "../src/index.js";
import type { Tensor } from "../src/index.js";
import { installMatchers } from "../src/testing/vitest.js";

beforeAll(installMatchers);

const x = tensor([1, 2]);
const y = tensor([3, 4]);
type Two = Tensor<readonly [2]>;

describe("hasAux", () => {
  it("gives what stands beside the loss, untouched and without tracers", () => {
    const f = (z: Two) =>
      [sum(square(z)), { doubled: mul(2, z), count: 2, note: "here", index: argMax(z) }] as const;
    const [gradient, aux] = grad(f, { hasAux: true })(x);
    expect(gradient).toEqual(mul(2, x));
    expect(aux).toEqual({ doubled: mul(2, x), count: 2, note: "here", index: scalar(1, { dtype: "int32" }) });
    const [[value, beside], again] = valueAndGrad(f, { hasAux: true })(x);
    expect([item(value), beside, again]).toEqual([5, aux, gradient]);
    const [output, pullback, third] = vjp(f, [x], { hasAux: true });
    expect([output, pullback(scalar(1)), third]).toEqual([scalar(5), [mul(2, x)], aux]);
    expect(() => add(aux.doubled, 1)).not.toThrow();
  });

  it("under another derivative carries its tangents on", () => {
    const f = (z: Two) => [sum(square(z)), mul(3, z)] as const;
    const outer = (z: Two): Tensor<[]> => sum(grad(f, { hasAux: true })(z)[1]);
    expect(grad(outer)(x)).toEqual(tensor([3, 3]));
  });

  it("wants a pair", () => {
    expect(() =>
      grad(((z: Two) => sum(z)) as unknown as (z: Two) => readonly [Tensor<[]>, null], { hasAux: true })(x),
    ).toThrow("with hasAux the function must return a pair");
  });
});

describe("symbolic zeros", () => {
  it("are zeros where a function ignores its argument, or stops its gradient", () => {
    expect(grad((_z: Two) => scalar(3))(x)).toEqual(zeros([2]));
    expect(grad((z: Two) => sum(stopGradient(z)))(x)).toEqual(zeros([2]));
    expect(grad((z: Two) => sum(floor(z)))(x)).toEqual(zeros([2]));
    expect(jvp((_z: Two) => ones([3]), [x], [y])[1]).toEqual(zeros([3]));
    expect(jacfwd((_z: Two) => ones([3]))(x)).toEqual(zeros([3, 2]));
    expect(jacrev((_z: Two) => ones([3]))(x)).toEqual(zeros([3, 2]));
    expect(hessian((z: Two) => sum(z))(x)).toEqual(zeros([2, 2]));
    expect(grad((z: Two) => sum(convert(argMax(z), "float32")))(x)).toEqual(zeros([2]));
    expect(grad((z: Two) => convert(convert(sum(z), "int32"), "float32"))(x)).toEqual(zeros([2]));
  });

  it("are not multiplied: 0 · ∞ and 0 / 0 do not come in", () => {
    expect(grad((z: Two) => sum(add(z, div(stopGradient(z), 0))))(x)).toEqual(ones([2]));
    expect(
      jvp((z: Two, w: Two) => mul(z, log(w)), [zeros([2]), zeros([2])], [zeros([2]), zeros([2])])[1],
    ).toEqual(tensor([NaN, NaN]));
    expect(grad((z: Two) => sum(add(mul(z, 2), exp(mul(stopGradient(z), 1e4)))))(x)).toEqual(tensor([2, 2]));
    expect(grad((z: Two, w: Two) => sum(where(greater(z, 0), z, log(w))))(x, zeros([2]))).toEqual(ones([2]));
  });

  it("stay zeros in pullbacks of results that are not used", () => {
    const [, pullback] = vjp((z: Two) => [sin(z), div(z, 0)] as const, [x]);
    expect(pullback([ones([2]), zeros([2])])[0]).toEqual(add(cos(x), tensor([NaN, NaN])));
    const [, alone] = vjp((z: Two) => [sin(z), stopGradient(div(z, 0))] as const, [x]);
    expect(alone([ones([2]), ones([2])])[0]).toEqual(cos(x));
  });

  it("leave no equations in the program of a gradient", () => {
    const [, linear] = linearize((z: Two) => [z, stopGradient(sin(z))] as const, [x]);
    expect(linear(y)).toEqual([y, zeros([2])]);
  });
});

describe("vmap's axes", () => {
  const table = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("stand anywhere in arguments and results", () => {
    const double = (row: Tensor<[2]>) => mul(2, row);
    expect(vmap(double, { inAxes: 1 })(table as never)).toEqual(
      tensor([
        [2, 8],
        [4, 10],
        [6, 12],
      ]),
    );
    expect(vmap(double, { inAxes: -1, outAxes: 1 })(table as never)).toEqual(mul(2, table));
    expect(vmap(double, { inAxes: 1, outAxes: -1 })(table as never)).toEqual(mul(2, table));
  });

  it("are null for what all examples share, and a tree for a tree", () => {
    const f = (p: { readonly w: Tensor<[]>; readonly b: Two }, z: Tensor<[]>): Tensor<[2]> =>
      add(mul(p.w, z), p.b);
    expect(vmap(f, { inAxes: [{ w: 0, b: null }, 0] })({ w: x, b: y }, x as never)).toEqual(
      tensor([
        [4, 5],
        [7, 8],
      ]),
    );
    expect(vmap(f, { inAxes: [null, 0] })({ w: scalar(2), b: y }, x as never)).toEqual(
      tensor([
        [5, 6],
        [7, 8],
      ]),
    );
    expect(
      vmap((z: Tensor<[]>) => ({ z, shared: y }), { outAxes: { z: 0, shared: null } })(x as never),
    ).toEqual({ z: x, shared: y });
  });

  it("may be of a length that no argument has, and of length 0 and 1", () => {
    expect(vmap(() => scalar(3), { axisSize: 2 })()).toEqual(tensor([3, 3]));
    expect(vmap((z: Tensor<[]>) => sin(z))(zeros([0]))).toEqual(zeros([0]));
    expect(vmap((z: Two) => sum(z))(zeros([0, 2]))).toEqual(zeros([0]));
    expect(vmap((z: Two) => sum(z))(tensor([[1, 2]]))).toEqual(tensor([3]));
  });

  it("that differ in length, or are not there, are refused", () => {
    expect(() => vmap((a: Tensor<[]>, b: Tensor<[]>) => add(a, b))(x as never, ones([3]) as never))
      .toThrowErrorMatchingInlineSnapshot(`
      [TensorError: vmap: the mapped axes differ in length.
        arguments[0]   length 2
        arguments[1]   length 3
        fix            give arguments of one length along the mapped axes, or null in inAxes for those that are shared]
    `);
    expect(() => vmap((a: Tensor<[]>) => a, { inAxes: null })(x as never)).toThrow("no argument is mapped");
    expect(() => vmap((a: Two) => a, { inAxes: 1 })(x as never)).toThrow("axis 1 is out of range for rank 1");
    expect(() => vmap((a: Tensor<[]>) => a, { outAxes: null })(x as never)).toThrow(
      "outAxes is null where the result differs",
    );
    expect(() => vmap((a: Tensor<[]>) => a, { inAxes: [0, 0] })(x as never)).toThrow(
      "inAxes must have one entry an argument",
    );
  });

  it("are kept by operations that mix rows with what is shared", () => {
    const shared = tensor([
      [1, 0],
      [2, 1],
    ]);
    expect(
      vmap((row: Two) => matmul(shared, row))(
        tensor([
          [1, 1],
          [2, 3],
        ]),
      ),
    ).toEqual(
      tensor([
        [1, 3],
        [2, 7],
      ]),
    );
    expect(
      vmap((row: Two, i: Tensor<[], "int32">) => take(row, i))(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        tensor([1, 0], { dtype: "int32" }),
      ),
    ).toEqual(tensor([2, 3]));
    expect(
      vmap((row: Two) => sort(row))(
        tensor([
          [2, 1],
          [3, 4],
        ]),
      ),
    ).toEqual(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(
      vmap((row: Two) => sub(row, y))(
        tensor([
          [3, 4],
          [4, 6],
        ]),
      ),
    ).toEqual(
      tensor([
        [0, 0],
        [1, 2],
      ]),
    );
  });
});

describe("linearTranspose", () => {
  it("is the adjoint of a linear function of trees", () => {
    const f = (p: { readonly a: Two; readonly s: Tensor<[]> }) => [add(mul(3, p.a), p.s), sum(p.a)] as const;
    const back = linearTranspose(f, [{ a: x, s: scalar(0) }]);
    expect(back([y, scalar(10)])).toEqual([{ a: tensor([19, 22]), s: scalar(7) }]);
  });

  it("is the pullback where both exist", () => {
    const f = (z: Two) =>
      matmul(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
        z,
      );
    const cotangent = tensor([1, -1, 2]);
    expect(toArray(linearTranspose(f, [x])(cotangent)[0])).toEqual(toArray(vjp(f, [x])[1](cotangent)[0]));
  });

  it("refuses what is not linear", () => {
    expect(() => linearTranspose((z: Two) => mul(z, z), [x])(y)).toThrow(TensorError);
    expect(() => linearTranspose((z: Two) => sin(z), [x])(y)).toThrow("not linear");
  });
});
