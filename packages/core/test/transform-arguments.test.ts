/** What goes into transformations and what comes out: positions, trees, integers, auxiliary results, zeros. */

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
  hvp,
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
const product = (a: Two, b: Two, c: Two) => sum(mul(mul(a, b), c));

describe("argnums", () => {
  it("names an argument, from either end", () => {
    expect(grad(product)(x, y, y)).toEqual(mul(y, y));
    expect(grad(product, { argnums: 1 })(x, y, y)).toEqual(mul(x, y));
    expect(grad(product, { argnums: -1 })(x, y, y)).toEqual(mul(x, y));
    expect(jacfwd(product, { argnums: 2 })(x, y, y)).toEqual(mul(x, y));
    expect(jacrev(product, { argnums: 2 })(x, y, y)).toEqual(mul(x, y));
  });

  it("names several, and gives a tuple", () => {
    const [first, last] = grad(product, { argnums: [0, 2] })(x, y, x);
    expect(first).toEqual(mul(y, x));
    expect(last).toEqual(mul(x, y));
    expect(grad(product, { argnums: [1] })(x, y, x)).toEqual([mul(x, x)]);
    const [value, gradients] = valueAndGrad(product, { argnums: [2, 0] })(x, y, x);
    expect(item(value)).toBe(1 * 3 * 1 + 2 * 4 * 2);
    expect(gradients).toEqual([mul(x, y), mul(y, x)]);
  });

  it("beyond the arguments is refused", () => {
    const f = product;
    expect(() => grad(f, { argnums: 3 })(x as never, y, y)).toThrow("argnums names an argument that was not given");
    expect(() => grad(product, { argnums: -4 })(x as never, y, y)).toThrow("argnums names an argument that was not given");
  });
});

describe("trees", () => {
  const params = { layers: [{ w: tensor([[1, 2], [3, 4]]), b: tensor([0.5, 1]) }], scale: scalar(2), steps: tensor([1, 2], { dtype: "int32" }), mask: tensor([true, false]), rate: 0.5, mode: "train", nothing: null };
  const f = (p: typeof params, z: Two): Tensor<[]> => {
    const [layer] = p.layers;
    if (layer === undefined || p.mode !== "train") throw new Error("the tree is another one");
    return mul(p.rate, mul(p.scale, sum(add(matmul(layer.w, z), layer.b))));
  };

  it("a gradient has the tree of its argument, null at integers and bools, constants in place", () => {
    expect(grad(f)(params, x)).toEqual({
      layers: [{ w: tensor([[1, 2], [1, 2]]), b: ones([2]) }],
      scale: scalar(8.75),
      steps: null,
      mask: null,
      rate: 0.5,
      mode: "train",
      nothing: null,
    });
  });

  it("tangents and cotangents have the trees of primals and results", () => {
    const g = (p: { readonly a: Two; readonly n: Tensor<readonly [2], "int32"> }) => ({ y: [square(p.a)], n: p.n });
    const point = { a: x, n: tensor([1, 2], { dtype: "int32" }) };
    const [value, tangent] = jvp(g, [point], [{ a: y, n: null }]);
    expect(value).toEqual({ y: [square(x)], n: point.n });
    expect(tangent).toEqual({ y: [mul(2, mul(x, y))], n: null });
    const [, pullback] = vjp(g, [point]);
    expect(pullback({ y: [y], n: null })).toEqual([{ a: mul(2, mul(x, y)), n: null }]);
    const [, linear] = linearize(g, [point]);
    expect(linear({ a: y, n: null })).toEqual(tangent);
  });

  it("Jacobians have the tree of the result with the tree of the argument at each leaf", () => {
    const g = (p: { readonly a: Two; readonly s: Tensor<[]> }) => [mul(p.a, p.s), sum(p.a)];
    const expected = [
      { a: tensor([[3, 0], [0, 3]]), s: x },
      { a: ones([2]), s: scalar(0) },
    ];
    expect(jacfwd(g)({ a: x, s: scalar(3) })).toEqual(expected);
    expect(jacrev(g)({ a: x, s: scalar(3) })).toEqual(expected);
  });

  it("Hessians have the tree of the argument twice", () => {
    const g = (p: { readonly a: Tensor<[]>; readonly b: Tensor<[]> }) => mul(square(p.a), p.b);
    expect(hessian(g)({ a: scalar(2), b: scalar(3) })).toEqual({ a: { a: scalar(6), b: scalar(4) }, b: { a: scalar(4), b: scalar(0) } });
    expect(hvp(g, [{ a: scalar(2), b: scalar(3) }], [{ a: scalar(1), b: scalar(10) }])).toEqual([{ a: scalar(46), b: scalar(4) }]);
  });

  it("of a tangent that does not fit are refused, with the path", () => {
    const wrong = (tangent: unknown) => () => jvp((p: { readonly a: Two }) => p.a, [{ a: x }], [tangent as { readonly a: Two }]);
    expect(wrong({ a: ones([3]) })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: jvp: a tangent must have the shape and dtype of its primal.
        primal    float32[2]
        tangent   float32[3]
        at        tangents[0].a
        fix       make it of the primal's shape: onesLike(primal), convert(tangent, "float32")]
    `);
    expect(wrong({ b: x })).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: jvp: the tangent has not the tree of its primal.
        expected   an object with a
        got        b
        at         tangents[0]
        fix        give the tangent the same keys and lengths as the primal]
    `);
    expect(wrong({ a: tensor([1, 2], { dtype: "float64" }) })).toThrow("tangents[0].a");
    expect(wrong(null)).toThrow("tangents[0]");
  });

  it("of results that are no tensors are refused", () => {
    const refused = (f: (z: Two) => unknown): unknown => {
      try {
        return grad(f as (z: Two) => Tensor<[]>)(x);
      } catch (error) {
        return error instanceof TensorError ? error.kind : error;
      }
    };
    expect([refused((z) => z), refused(() => 3), refused((z) => [sum(z)]), refused((z) => convert(sum(z), "int32")), refused(() => undefined), refused(async (z) => Promise.resolve(sum(z)))]).toEqual([
      "NotScalar",
      "NotScalar",
      "NotScalar",
      "NotScalar",
      "InvalidArgument",
      "AsyncFunction",
    ]);
    expect(() => grad((n: Tensor<[], "int32">) => convert(n, "float32"))(scalar(1, { dtype: "int32" }) as never)).toThrow("no floating tensor");
  });
});

describe("hasAux", () => {
  it("gives what stands beside the loss, untouched and without tracers", () => {
    const f = (z: Two) => [sum(square(z)), { doubled: mul(2, z), count: 2, note: "here", index: argMax(z) }] as const;
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
    expect(() => grad(((z: Two) => sum(z)) as unknown as (z: Two) => readonly [Tensor<[]>, null], { hasAux: true })(x)).toThrow("with hasAux the function must return a pair");
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
    expect(jvp((z: Two, w: Two) => mul(z, log(w)), [zeros([2]), zeros([2])], [zeros([2]), zeros([2])])[1]).toEqual(tensor([NaN, NaN]));
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
  const table = tensor([[1, 2, 3], [4, 5, 6]]);

  it("stand anywhere in arguments and results", () => {
    const double = (row: Tensor<[2]>) => mul(2, row);
    expect(vmap(double, { inAxes: 1 })(table as never)).toEqual(tensor([[2, 8], [4, 10], [6, 12]]));
    expect(vmap(double, { inAxes: -1, outAxes: 1 })(table as never)).toEqual(mul(2, table));
    expect(vmap(double, { inAxes: 1, outAxes: -1 })(table as never)).toEqual(mul(2, table));
  });

  it("are null for what all examples share, and a tree for a tree", () => {
    const f = (p: { readonly w: Tensor<[]>; readonly b: Two }, z: Tensor<[]>): Tensor<[2]> => add(mul(p.w, z), p.b);
    expect(vmap(f, { inAxes: [{ w: 0, b: null }, 0] })({ w: x, b: y }, x as never)).toEqual(tensor([[4, 5], [7, 8]]));
    expect(vmap(f, { inAxes: [null, 0] })({ w: scalar(2), b: y }, x as never)).toEqual(tensor([[5, 6], [7, 8]]));
    expect(vmap((z: Tensor<[]>) => ({ z, shared: y }), { outAxes: { z: 0, shared: null } })(x as never)).toEqual({ z: x, shared: y });
  });

  it("may be of a length that no argument has, and of length 0 and 1", () => {
    expect(vmap(() => scalar(3), { axisSize: 2 })()).toEqual(tensor([3, 3]));
    expect(vmap((z: Tensor<[]>) => sin(z))(zeros([0]))).toEqual(zeros([0]));
    expect(vmap((z: Two) => sum(z))(zeros([0, 2]))).toEqual(zeros([0]));
    expect(vmap((z: Two) => sum(z))(tensor([[1, 2]]))).toEqual(tensor([3]));
  });

  it("that differ in length, or are not there, are refused", () => {
    expect(() => vmap((a: Tensor<[]>, b: Tensor<[]>) => add(a, b))(x as never, ones([3]) as never)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: vmap: the mapped axes differ in length.
        arguments[0]   length 2
        arguments[1]   length 3
        fix            give arguments of one length along the mapped axes, or null in inAxes for those that are shared]
    `);
    expect(() => vmap((a: Tensor<[]>) => a, { inAxes: null })(x as never)).toThrow("no argument is mapped");
    expect(() => vmap((a: Two) => a, { inAxes: 1 })(x as never)).toThrow("axis 1 is out of range for rank 1");
    expect(() => vmap((a: Tensor<[]>) => a, { outAxes: null })(x as never)).toThrow("outAxes is null where the result differs");
    expect(() => vmap((a: Tensor<[]>) => a, { inAxes: [0, 0] })(x as never)).toThrow("inAxes must have one entry an argument");
  });

  it("are kept by operations that mix rows with what is shared", () => {
    const shared = tensor([[1, 0], [2, 1]]);
    expect(vmap((row: Two) => matmul(shared, row))(tensor([[1, 1], [2, 3]]))).toEqual(tensor([[1, 3], [2, 7]]));
    expect(vmap((row: Two, i: Tensor<[], "int32">) => take(row, i))(tensor([[1, 2], [3, 4]]), tensor([1, 0], { dtype: "int32" }))).toEqual(tensor([2, 3]));
    expect(vmap((row: Two) => sort(row))(tensor([[2, 1], [3, 4]]))).toEqual(tensor([[1, 2], [3, 4]]));
    expect(vmap((row: Two) => sub(row, y))(tensor([[3, 4], [4, 6]]))).toEqual(tensor([[0, 0], [1, 2]]));
  });
});

describe("linearTranspose", () => {
  it("is the adjoint of a linear function of trees", () => {
    const f = (p: { readonly a: Two; readonly s: Tensor<[]> }) => [add(mul(3, p.a), p.s), sum(p.a)] as const;
    const back = linearTranspose(f, [{ a: x, s: scalar(0) }]);
    expect(back([y, scalar(10)])).toEqual([{ a: tensor([19, 22]), s: scalar(7) }]);
  });

  it("is the pullback where both exist", () => {
    const f = (z: Two) => matmul(tensor([[1, 2], [3, 4], [5, 6]]), z);
    const cotangent = tensor([1, -1, 2]);
    expect(toArray(linearTranspose(f, [x])(cotangent)[0])).toEqual(toArray(vjp(f, [x])[1](cotangent)[0]));
  });

  it("refuses what is not linear", () => {
    expect(() => linearTranspose((z: Two) => mul(z, z), [x])(y)).toThrow(TensorError);
    expect(() => linearTranspose((z: Two) => sin(z), [x])(y)).toThrow("not linear");
  });
});
