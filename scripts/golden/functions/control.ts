/** The table of control.json: loops, scans and branches, the inputs in the order in which the formulas name them. */

import { lengthOf, type Namespaces } from "./define.js";
import type { Core, Tensor } from "../signatures.js";

export interface ControlFunction {
  /** The operation that the body is written with. */
  readonly operation: string;
  readonly arity: number;
  readonly run: (library: Namespaces, inputs: readonly Tensor[]) => readonly Tensor[];
}

const define = <const T extends readonly Tensor[]>(
  operation: string,
  arity: T["length"],
  f: (core: Core, ...inputs: T) => readonly Tensor[],
): ControlFunction => ({
  operation,
  arity,
  // The runner checks the number of inputs against `arity` first.
  run: ({ core }, inputs) => f(core, ...(inputs as T)),
});

type One = readonly [Tensor];
type Two = readonly [Tensor, Tensor];
type Three = readonly [Tensor, Tensor, Tensor];

/** carry c = x0, xs[t]: c ← c xs[t] + 1, y[t] = sin c → [c, ys] */
const accumulate = (
  { add, mul, scan, sin }: Core,
  x0: Tensor,
  xs: Tensor,
  reverse: boolean,
): readonly Tensor[] =>
  scan(
    (c: Tensor, x: Tensor) => {
      const next = add(mul(c, x), 1);
      return [next, sin(next)];
    },
    x0,
    xs,
    { reverse },
  );

/** carry {h, n}: h ← tanh(h W + x[t]), n ← n + |h|²; y[t] = h summed → [h, n, ys] */
const tree = define<Three>("scan", 3, (core, h0, W, xs) => {
  const { add, dtypeOf, matmul, scalar, scan, square, sum, tanh } = core;
  const step = ({ h, n }: { h: Tensor; n: Tensor }, x: Tensor) => {
    const next = tanh(add(matmul(h, W), x));
    return [{ h: next, n: add(n, sum(square(next))) }, sum(next)] as const;
  };
  const [{ h, n }, ys] = scan(step, { h: h0, n: scalar(0, { dtype: dtypeOf(h0) }) }, xs);
  return [h, n, ys];
});

/** for rows xs[t] a scan over the row: inner carry s ← s·0.5 + x, outer c ← c + s² with s from 0 → [c, ss] */
const nested = define<Two>("scan", 2, (core, c0, xs) => {
  const { add, dtypeOf, mul, scalar, scan, square } = core;
  const inner = (s: Tensor, x: Tensor) => [add(mul(s, 0.5), x), null] as const;
  return scan(
    (c: Tensor, row: Tensor) => {
      const [s] = scan(inner, scalar(0, { dtype: dtypeOf(c0) }), row);
      return [add(c, square(s)), s];
    },
    c0,
    xs,
  );
});

/** the body ignores the carry: c ← x[t]², y[t] = a x[t] → [c, ys] */
const constant = define<Three>("scan", 3, ({ mul, scan, square }, c, xs, a) =>
  scan((_: Tensor, x: Tensor) => [square(x), mul(a, x)], c, xs),
);

/** length 5, no xs: c ← c - 0.1 (c³ - a) → [c] */
const noXs = define<Two>("scan", 2, ({ mul, pow, scan, sub }, c, a) => [
  scan((s: Tensor) => [sub(s, mul(0.1, sub(pow(s, 3), a))), null], c, null, { length: 5 })[0],
]);

/** scan of length 0 gives the first carry and an empty ys → [c, ys] */
const empty = define<Two>("scan", 2, ({ add, mul, scan }, c, xs) =>
  scan((s: Tensor, x: Tensor) => [add(s, x), mul(s, x)], c, xs),
);

/** for i from 0 to length - 1: c ← c cos(x[i]) + i → [c] */
const indexed = define<Two>("foriLoop", 2, (core, c, x) => {
  const { add, convert, cos, dtypeOf, foriLoop, index, mul } = core;
  const body = (i: Tensor, s: Tensor): Tensor =>
    add(mul(s, cos(index(x, [{ array: i }]))), convert(i, dtypeOf(c)));
  return [foriLoop(0, lengthOf(core, x), body, c)];
});

/** for i from 1 to length - 1: x[i] ← x[i] + 0.5 x[i-1] (setAt) → [x] */
const window = define<One>("foriLoop", 1, (core, x) => {
  const { add, foriLoop, index, mul, setAt, sub } = core;
  const body = (i: Tensor, s: Tensor): Tensor => {
    const [here, before] = [index(s, [{ array: i }]), index(s, [{ array: sub(i, 1) }])];
    return setAt(s, [{ array: i }], add(here, mul(0.5, before)));
  };
  return [foriLoop(1, lengthOf(core, x), body, x)];
});

/** (c, n) = (x, 0); while c < 100: c ← 2 c + x, n ← n + 1 → [c, n], forward mode */
const doubling = define<One>("whileLoop", 1, ({ add, less, mul, scalar, whileLoop }, x) => {
  type State = readonly [Tensor, Tensor];
  const start: State = [x, scalar(0, { dtype: "int32" })];
  return whileLoop(
    ([c]: State) => less(c, 100),
    ([c, n]: State): State => [add(mul(2, c), x), add(n, 1)],
    start,
  );
});

/** x = 1; while |x² - a| > 1e-10: x ← ½ (x + a / x) → [x], forward mode */
const newton = define<One>("whileLoop", 1, (core, a) => {
  const { abs, add, div, greater, mul, onesLike, square, sub, whileLoop } = core;
  const isFar = (x: Tensor): Tensor => greater(abs(sub(square(x), a)), 1e-10);
  return [whileLoop(isFar, (x: Tensor) => mul(0.5, add(x, div(a, x))), onesLike(a))];
});

/** cond(sum(x) > 0, x ↦ sin(x) a, x ↦ x² - a) → [y] */
const branch = define<Two>("cond", 2, ({ cond, greater, mul, sin, square, sub, sum }, x, a) => [
  cond(
    greater(sum(x), 0),
    () => mul(sin(x), a),
    () => sub(square(x), a),
  ),
]);

/** scan: c ← cond(x[t] > 0, c x[t], c - x[t]) → [c] */
const inLoop = define<Two>("cond", 2, ({ cond, greater, mul, scan, sub }, c, xs) => {
  const step = (s: Tensor, x: Tensor) => {
    const next = cond(
      greater(x, 0),
      () => mul(s, x),
      () => sub(s, x),
    );
    return [next, null] as const;
  };
  return [scan(step, c, xs)[0]];
});

/** vmap over x of cond(x > a, exp x, a x): a select → [ys] */
const mapped = define<Two>("cond", 2, ({ cond, exp, greater, mul, vmap }, x, a) => [
  vmap((v) =>
    cond(
      greater(v, a),
      () => exp(v),
      () => mul(a, v),
    ),
  )(x),
]);

/** (a, b)·(a', b') = (a a', a' b + b') along axis 0 → [a, b] */
const affine = define<Two>("associativeScan", 2, ({ add, associativeScan, mul }, a, b) => {
  const combine = ([a0, b0]: Two, [a1, b1]: Two): Two => [mul(a0, a1), add(mul(a1, b0), b1)];
  const start: Two = [a, b];
  return associativeScan(combine, start);
});

export const control: { readonly [name: string]: ControlFunction } = {
  cumulative: define<Two>("scan", 2, (core, x0, xs) => accumulate(core, x0, xs, false)),
  reversed: define<Two>("scan", 2, (core, x0, xs) => accumulate(core, x0, xs, true)),
  tree,
  noXs,
  empty,
  constant,
  nested,
  /** n = 7 times c ← c x, from 1 → [c] */
  power: define<One>("foriLoop", 1, ({ foriLoop, mul, onesLike }, x) => [
    foriLoop(0, 7, (_, c: Tensor) => mul(c, x), onesLike(x)),
  ]),
  indexed,
  window,
  /** from 3 to 3: zero times → [c] */
  never: define<One>("foriLoop", 1, ({ foriLoop, mul }, c) => [
    foriLoop(3, 3, (_, s: Tensor) => mul(s, 2), c),
  ]),
  newton,
  doubling,
  /** the condition is false at once: c < 0 for c > 0 → [c], forward mode */
  skipped: define<One>("whileLoop", 1, ({ less, mul, whileLoop }, c) => [
    whileLoop(
      (s: Tensor) => less(s, 0),
      (s: Tensor) => mul(s, 2),
      c,
    ),
  ]),
  branch,
  /** cond(x > 0, log x, x): the branch not taken contributes nothing, not even NaN → [y] */
  guarded: define<One>("cond", 1, ({ cond, greater, log }, x) => [
    cond(
      greater(x, 0),
      (v: Tensor) => log(v),
      (v: Tensor) => v,
      x,
    ),
  ]),
  inLoop,
  mapped,
  /** switchCase(i, [sin, x ↦ x², x ↦ 1 / x], x) → [y] */
  choose: define<Two>("switchCase", 2, ({ div, sin, square, switchCase }, i, x) => [
    switchCase(i, [sin, square, (v) => div(1, v)], x),
  ]),
  /** add along axis 0 → [y] */
  sums: define<One>("associativeScan", 1, ({ add, associativeScan }, x) => [associativeScan<Tensor>(add, x)]),
  /** mul along axis 0, reverse → [y] */
  products: define<One>("associativeScan", 1, ({ associativeScan, mul }, x) => [
    associativeScan<Tensor>(mul, x, { reverse: true }),
  ]),
  /** logAddExp along axis 1 → [y] */
  columns: define<One>("associativeScan", 1, ({ associativeScan, logAddExp }, x) => [
    associativeScan<Tensor>(logAddExp, x, { axis: 1 }),
  ]),
  affine,
  /** matmul of [n, 2, 2], left to right → [y] */
  matrices: define<One>("associativeScan", 1, ({ associativeScan, matmul }, m) => [
    associativeScan<Tensor>(matmul, m),
  ]),
  /** map(row ↦ sum(row²) row[0]) → [y] */
  rows: define<One>("map", 1, ({ index, map, mul, square, sum }, x) => [
    map((row) => mul(sum(square(row)), index(row, [0])), x),
  ]),
};
