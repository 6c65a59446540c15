/** What goes into transformations and what comes out: positions and trees. */

import { beforeAll, describe, expect, it } from "vitest";
import {
  add,
  convert,
  grad,
  hessian,
  hvp,
  item,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  matmul,
  mul,
  ones,
  scalar,
  square,
  sum,
  tensor,
  TensorError,
  valueAndGrad,
  vjp,
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
    expect(() => grad(f, { argnums: 3 })(x as never, y, y)).toThrow(
      "argnums names an argument that was not given",
    );
    expect(() => grad(product, { argnums: -4 })(x as never, y, y)).toThrow(
      "argnums names an argument that was not given",
    );
  });
});

describe("trees", () => {
  const params = {
    layers: [
      {
        w: tensor([
          [1, 2],
          [3, 4],
        ]),
        b: tensor([0.5, 1]),
      },
    ],
    scale: scalar(2),
    steps: tensor([1, 2], { dtype: "int32" }),
    mask: tensor([true, false]),
    rate: 0.5,
    mode: "train",
    nothing: null,
  };
  const f = (p: typeof params, z: Two): Tensor<[]> => {
    const [layer] = p.layers;
    if (layer === undefined || p.mode !== "train") throw new Error("the tree is another one");
    return mul(p.rate, mul(p.scale, sum(add(matmul(layer.w, z), layer.b))));
  };

  it("a gradient has the tree of its argument, null at integers and bools, constants in place", () => {
    expect(grad(f)(params, x)).toEqual({
      layers: [
        {
          w: tensor([
            [1, 2],
            [1, 2],
          ]),
          b: ones([2]),
        },
      ],
      scale: scalar(8.75),
      steps: null,
      mask: null,
      rate: 0.5,
      mode: "train",
      nothing: null,
    });
  });

  it("tangents and cotangents have the trees of primals and results", () => {
    const g = (p: { readonly a: Two; readonly n: Tensor<readonly [2], "int32"> }) => ({
      y: [square(p.a)],
      n: p.n,
    });
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
      {
        a: tensor([
          [3, 0],
          [0, 3],
        ]),
        s: x,
      },
      { a: ones([2]), s: scalar(0) },
    ];
    expect(jacfwd(g)({ a: x, s: scalar(3) })).toEqual(expected);
    expect(jacrev(g)({ a: x, s: scalar(3) })).toEqual(expected);
  });

  it("Hessians have the tree of the argument twice", () => {
    const g = (p: { readonly a: Tensor<[]>; readonly b: Tensor<[]> }) => mul(square(p.a), p.b);
    expect(hessian(g)({ a: scalar(2), b: scalar(3) })).toEqual({
      a: { a: scalar(6), b: scalar(4) },
      b: { a: scalar(4), b: scalar(0) },
    });
    expect(hvp(g, [{ a: scalar(2), b: scalar(3) }], [{ a: scalar(1), b: scalar(10) }])).toEqual([
      { a: scalar(46), b: scalar(4) },
    ]);
  });

  it("of a tangent that does not fit are refused, with the path", () => {
    const wrong = (tangent: unknown) => () =>
      jvp((p: { readonly a: Two }) => p.a, [{ a: x }], [tangent as { readonly a: Two }]);
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
    expect([
      refused((z) => z),
      refused(() => 3),
      refused((z) => [sum(z)]),
      refused((z) => convert(sum(z), "int32")),
      refused(() => undefined),
      refused(async (z) => Promise.resolve(sum(z))),
    ]).toEqual(["NotScalar", "NotScalar", "NotScalar", "NotScalar", "InvalidArgument", "AsyncFunction"]);
    expect(() =>
      grad((n: Tensor<[], "int32">) => convert(n, "float32"))(scalar(1, { dtype: "int32" }) as never),
    ).toThrow("no floating tensor");
  });
});
