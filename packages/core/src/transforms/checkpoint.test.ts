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

const point = (x: number): Scalar => scalar(x, { dtype: "float64" });

const custom = {
  jvp: customJvp(sin as Smooth, ([x], [dx]) => [sin(x), mul(cos(x), dx)] as never) as unknown as Smooth,
  vjp: customVjp(
    sin as Smooth,
    ((x: Scalar) => [sin(x), x]) as never,
    ((x: Scalar, cotangent: Scalar) => [mul(cos(x), cotangent)]) as never,
  ) as unknown as Smooth,
};

const pair = tensor([1, 0.5], { dtype: "float64" });

/** What holds a program, around a function; smooth near 0.5. */
const around: Readonly<Record<string, (f: Smooth) => Smooth>> = {
  jit: (f) => jit(f),
  cond: (f) => (x) => cond(greater(x, -10), f, (y: Scalar) => mul(y, y), x),
  "the other branch": (f) => (x) => cond(less(x, -10), (y: Scalar) => mul(y, y), f, x),
  scan: (f) => (x) => scan((c: Scalar) => [f(c), null] as const, x, null, { length: 3 })[0],
  foriLoop: (f) => (x) => foriLoop(0, 2, (_, c: Scalar) => f(c), x),
  map: (f) => (x) => sum(map(f as never, mul(pair, x) as never) as Tensor) as never,
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
      return isForgotten && !remembering ? (checkpoint(layer) as Smooth) : layer;
    },
    remembering ? base : (checkpoint(base) as Smooth),
  );

describe("checkpoint", () => {
  it("changes no value and no derivative of whatever holds a program", () => {
    const derivatives = [
      (f: Smooth) => f,
      (f: Smooth) => grad(f) as Smooth,
      (f: Smooth) => jit(grad(f)) as Smooth,
      (f: Smooth) => grad(jit(f)) as Smooth,
      (f: Smooth) => (x: Scalar) =>
        sum((vmap(grad(f) as never) as (x: never) => Tensor)(mul(pair, x) as never)) as never,
    ];
    fc.assert(
      fc.property(compositions, ({ base, layers }) => {
        for (const derivative of derivatives) {
          const [plain, forgetful] = [true, false].map((remembering) =>
            item(derivative(composed(base, layers, remembering))(point(0.5))),
          );
          expect(forgetful).toBeCloseTo(plain as number, 10);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has second derivatives, forward and reverse", () => {
    const f = checkpoint(jit((x: Scalar) => mul(x, sin(x)))) as Smooth;
    const second = 2 * Math.cos(0.5) - 0.5 * Math.sin(0.5);
    expect(item(grad(grad(f) as Smooth)(point(0.5)) as Scalar)).toBeCloseTo(second, 10);
    expect(item(jvp(grad(f) as Smooth, [point(0.5)], [point(1)])[1])).toBeCloseTo(second, 10);
  });

  it("remembers products where the policy says so, and has the same gradient", () => {
    const w = tensor(
      [
        [0.5, -1],
        [2, 0.25],
      ],
      { dtype: "float64" },
    );
    const layer = (x: Tensor) => tanh(matmul(w as never, tanh(matmul(w as never, x as never)) as never));
    const x = tensor([[1], [2]], { dtype: "float64" }) as never as Tensor;
    const gradients = [undefined, { policy: "nothing" }, { policy: "contractions" }].map((options) =>
      toArray(grad((y: Tensor) => sum(checkpoint(layer, options as never)(y)))(x)),
    );
    expect(gradients[1]).toEqual(gradients[0]);
    expect(gradients[2]).toEqual(gradients[0]);
    expect(gradients[0]).toEqual(toArray(grad((y: Tensor) => sum(layer(y)))(x)));
  });

  it("of several outputs, of which some have no tangent", () => {
    const f = checkpoint((x: Scalar, n: Tensor<[], "int32">) => [sin(x), add(n, 1), mul(x, 2)] as const);
    const loss = (x: Scalar) => {
      const [a, n, b] = f(x, scalar(3, { dtype: "int32" }));
      expect(item(n)).toBe(4);
      return mul(a, b) as Scalar;
    };
    expect(item(grad(loss)(point(0.5)) as Scalar)).toBeCloseTo(2 * Math.sin(0.5) + Math.cos(0.5), 10);
  });

  it("gives a whileLoop's own reason", () => {
    const doubled = checkpoint((x: Scalar) =>
      whileLoop(
        (y: Scalar) => less(y, 5),
        (y) => mul(y, 2),
        x,
      ),
    );
    expect(() => grad(doubled as Smooth)(point(1))).toThrow("write scan or foriLoop with a bound");
  });
});
