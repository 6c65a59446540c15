/** Functions that step through time: loops and scans of the library. */

import { define, elementOf, type GoldenFunction } from "./define.js";

/**
 * scan over time t of xs [t, d] from h = h0 [n], Wx [d, 3n], Wh [n, 3n], b [3n], columns in the order r, z, n:
 * a = x Wx + b, c = h Wh; r = sigmoid(a_r + c_r), z = sigmoid(a_z + c_z), m = tanh(a_n + r c_n),
 * h = (1 - z) m + z h; the value is the sum over all t of sum(h²)
 */
const gruOverTime = define(["h0", "xs", "Wx", "Wh", "b"], ({ core }, h0, xs, Wx, Wh, b) => {
  const { add, matmul, mul, scan, shapeOf, sigmoid, slice, square, sub, sum, tanh } = core;
  const n = shapeOf(h0)[0] ?? 0;
  const part = (v: typeof h0, i: number): typeof h0 => slice(v, [i * n], [(i + 1) * n]);
  const cell = (h: typeof h0, x: typeof h0): readonly [typeof h0, typeof h0] => {
    const [a, c] = [add(matmul(x, Wx), b), matmul(h, Wh)];
    const r = sigmoid(add(part(a, 0), part(c, 0)));
    const z = sigmoid(add(part(a, 1), part(c, 1)));
    const m = tanh(add(part(a, 2), mul(r, part(c, 2))));
    const next = add(mul(sub(1, z), m), mul(z, h));
    return [next, sum(square(next))];
  };
  return sum(scan(cell, h0, xs)[1]);
});

/** E = M, then 80 times E ← M + e sin E (converges for e < 1); sum(E²) */
const kepler = define(["e", "M"], ({ core: { add, foriLoop, mul, sin, square, sum } }, e, M) =>
  sum(square(foriLoop(0, 80, (_, E) => add(M, mul(e, sin(E))), M))),
);

/**
 * angle a, speed w; 100 steps of symplectic Euler, h = 0.05: w ← w - h (g / l) sin a, a ← a + h w;
 * the sum of a² over the 100 steps
 */
const pendulum = define(["a", "w", "g", "l"], ({ core }, a, w, g, l) => {
  const { add, div, mul, scan, sin, square, sub, sum } = core;
  type State = readonly [typeof a, typeof a];
  const step = ([angle, speed]: State): readonly [State, typeof a] => {
    const faster = sub(speed, mul(mul(0.05, div(g, l)), sin(angle)));
    const moved = add(angle, mul(0.05, faster));
    return [[moved, faster], square(moved)];
  };
  const start: State = [a, w];
  return sum(scan(step, start, null, { length: 100 })[1]);
});

/**
 * prey x, predators y; 40 steps of RK4, h = 0.1, of x' = a x - b x y, y' = -c y + d x y, p = [a, b, c, d];
 * final x² + y
 */
const lotkaVolterra = define(["p", "x", "y"], ({ core }, p, x, y) => {
  const { add, foriLoop, mul, neg, square, stack, sub } = core;
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => elementOf(core, p, i)) as [
    typeof p,
    typeof p,
    typeof p,
    typeof p,
  ];
  const field = (u: typeof p): typeof p => {
    const [prey, predators] = [elementOf(core, u, 0), elementOf(core, u, 1)];
    const meetings = mul(prey, predators);
    return stack([sub(mul(a, prey), mul(b, meetings)), add(neg(mul(c, predators)), mul(d, meetings))]);
  };
  const step = (_: unknown, u: typeof p): typeof p => {
    const k1 = field(u);
    const k2 = field(add(u, mul(0.05, k1)));
    const k3 = field(add(u, mul(0.05, k2)));
    const k4 = field(add(u, mul(0.1, k3)));
    return add(u, mul(0.1 / 6, add(add(k1, mul(2, k2)), add(mul(2, k3), k4))));
  };
  const u = foriLoop(0, 40, step, stack([x, y]));
  return add(square(elementOf(core, u, 0)), elementOf(core, u, 1));
});

/** h[0] = b[0], h[t] = a[t] h[t-1] + b[t] (associativeScan of (a, b)·(a', b') = (a a', a' b + b')); sum(sin(h)) */
const linearRecurrence = define(["a", "b"], ({ core: { add, associativeScan, mul, sin, sum } }, a, b) => {
  type Step = readonly [typeof a, typeof a];
  const combine = ([a0, b0]: Step, [a1, b1]: Step): Step => [mul(a0, a1), add(mul(a1, b0), b1)];
  const start: Step = [a, b];
  return sum(sin(associativeScan(combine, start)[1]));
});

export const dynamics: { readonly [name: string]: GoldenFunction } = {
  gruOverTime,
  kepler,
  pendulum,
  lotkaVolterra,
  linearRecurrence,
};
