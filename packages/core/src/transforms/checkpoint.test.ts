import {
  add,
  checkpoint,
  cond,
  cos,
  customJvp,
  customVjp,
  foriLoop,
  grad,
  greater,
  item,
  jit,
  jvp,
  less,
  map,
  matmul,
  mul,
  scalar,
  scan,
  sin,
  sum,
  tanh,
  tensor,
  toArray,
  vmap,
  whileLoop,
  type Tensor,
} from "@cotangent/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type Scalar = Tensor<[], "float64">;
type Smooth = (x: Scalar) => Scalar;

/** Functions of functions, of the one type that is looked at here. */
type OfSmooth = (f: Smooth) => Smooth;
const [gradient, forgetful, compiled] = [grad, checkpoint, jit] as unknown as readonly [
  OfSmooth,
  OfSmooth,
  OfSmooth,
];
const mapped = map as unknown as (f: Smooth, xs: Tensor) => Tensor;

/** The sum over a pair of points. */
const overPair =
  (f: (xs: Tensor) => Tensor): Smooth =>
  (x) =>
    sum(f(mul(pair, x) as unknown as Tensor)) as unknown as Scalar;

const point = (x: number): Scalar => scalar(x, { dtype: "float64" });

const custom = {
  jvp: customJvp(sin as Smooth, ([x], [dx]) => [sin(x), mul(cos(x), dx)] as never),
  vjp: customVjp(
    sin as Smooth,
    ((x: Scalar) => [sin(x), x]) as never,
    ((x: Scalar, cotangent: Scalar) => [mul(cos(x), cotangent)]) as never,
  ),
};

const pair = tensor([1, 0.5], { dtype: "float64" });

/** What holds a program, around a function; smooth near 0.5. */
const around: Readonly<Record<string, (f: Smooth) => Smooth>> = {
  jit: compiled,
  cond: (f) => (x) => cond(greater(x, -10), f, (y: Scalar) => mul(y, y), x),
  "the other branch": (f) => (x) => cond(less(x, -10), (y: Scalar) => mul(y, y), f, x),
  scan: (f) => (x) => scan((c: Scalar) => [f(c), null] as const, x, null, { length: 3 })[0],
  foriLoop: (f) => (x) => foriLoop(0, 2, (_, c: Scalar) => f(c), x),
  map: (f) => overPair((xs) => mapped(f, xs)),
  itself: (f) => f,
  "with a factor": (f) => (x) => mul(f(x), x),
};

/** Each a name of what is around, and whether that is remembered in no part. */
const compositions = fc.record({
  base: fc.constantFrom<Smooth>(sin as Smooth, tanh as Smooth, custom.jvp, custom.vjp),
  layers: fc.array(fc.tuple(fc.constantFrom(...Object.keys(around)), fc.boolean()), {
    minLength: 1,
    maxLength: 3,
  }),
});

const composed = (
  base: Smooth,
  layers: readonly (readonly [string, boolean])[],
  remembering: boolean,
): Smooth =>
  layers.reduce<Smooth>(
    (f, [name, isForgotten]) => {
      const layer = (around[name] as (f: Smooth) => Smooth)(f);
      return isForgotten && !remembering ? forgetful(layer) : layer;
    },
    remembering ? base : forgetful(base),
  );

describe("checkpoint", () => {
  it("changes no value and no derivative of whatever holds a program", () => {
    const derivatives: readonly OfSmooth[] = [
      (f) => f,
      gradient,
      (f) => compiled(gradient(f)),
      (f) => gradient(compiled(f)),
      (f) => overPair(vmap(gradient(f)) as unknown as (xs: Tensor) => Tensor),
    ];
    fc.assert(
      fc.property(compositions, ({ base, layers }) => {
        for (const derivative of derivatives) {
          const [plain, again] = [true, false].map((remembering) =>
            item(derivative(composed(base, layers, remembering))(point(0.5))),
          );
          expect(again).toBeCloseTo(plain ?? NaN, 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has second derivatives, forward and reverse", () => {
    const f = forgetful(compiled((x) => mul(x, sin(x))));
    const second = 2 * Math.cos(0.5) - 0.5 * Math.sin(0.5);
    expect(item(gradient(gradient(f))(point(0.5)))).toBeCloseTo(second, 10);
    expect(item(jvp(gradient(f), [point(0.5)], [point(1)])[1])).toBeCloseTo(second, 10);
  });

  it("remembers products where the policy says so, and has the same gradient", () => {
    const w = tensor([
      [0.5, -1],
      [2, 0.25],
    ]);
    const layer = (x: Tensor<[2, 1]>): Tensor<[2, 1]> => tanh(matmul(w, tanh(matmul(w, x))));
    const x = tensor([[1], [2]]);
    const gradients = [undefined, { policy: "nothing" }, { policy: "contractions" }].map((options) =>
      toArray(grad((y: Tensor<[2, 1]>) => sum(checkpoint(layer, options as never)(y)))(x)),
    );
    expect(gradients[1]).toEqual(gradients[0]);
    expect(gradients[2]).toEqual(gradients[0]);
    expect(gradients[0]).toEqual(toArray(grad((y: Tensor<[2, 1]>) => sum(layer(y)))(x)));
  });

  it("of several outputs, of which some have no tangent", () => {
    const f = checkpoint((x: Scalar, n: Tensor<[], "int32">) => [sin(x), add(n, 1), mul(x, 2)] as const);
    const loss = (x: Scalar) => {
      const [a, n, b] = f(x, scalar(3, { dtype: "int32" }));
      expect(item(n)).toBe(4);
      return mul(a, b);
    };
    expect(item(gradient(loss)(point(0.5)))).toBeCloseTo(2 * Math.sin(0.5) + Math.cos(0.5), 10);
  });

  it("gives a whileLoop's own reason", () => {
    const doubled = forgetful((x) =>
      whileLoop(
        (y: Scalar) => less(y, 5),
        (y) => mul(y, 2),
        x,
      ),
    );
    expect(() => gradient(doubled)(point(1))).toThrow("write scan or foriLoop with a bound");
  });
});
