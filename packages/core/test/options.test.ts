/** Options of every public function: the known ones are taken, unknown ones refused by a message that names what was meant. */

import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import * as t from "io-ts";
import * as c from "../src/index.js";
import * as io from "../src/io/index.js";
import * as random from "../src/random/index.js";
import * as testing from "../src/testing/index.js";
import type { Tensor } from "../src/types/tensor.js";

/** Whatever the options: their types are not what is tested. */
type Call = (options: never) => unknown;

const x = c.tensor([
  [1, 2],
  [3, 4],
]);
const row = c.tensor([0, 1], { dtype: "int32" });
const image = c.ones([1, 1, 4, 4]);
const kernel = c.ones([1, 1, 2, 2]);
const f = (y: typeof x) => c.sum(c.square(y));
const key = random.key(0);

/** Each function with all of its options. */
const calls: Readonly<Record<string, readonly [call: Call, options: object]>> = {
  tensor: [(o) => c.tensor([1], o), { dtype: "float64" }],
  scalar: [(o) => c.scalar(1, o), { dtype: "float64" }],
  zeros: [(o) => c.zeros([1], o), { dtype: "float64" }],
  ones: [(o) => c.ones([1], o), { dtype: "float64" }],
  full: [(o) => c.full([1], 2, o), { dtype: "float64" }],
  zerosLike: [(o) => c.zerosLike(x, o), { dtype: "float64" }],
  onesLike: [(o) => c.onesLike(x, o), { dtype: "float64" }],
  fullLike: [(o) => c.fullLike(x, 2, o), { dtype: "float64" }],
  arange: [(o) => c.arange(3, o), { dtype: "float64" }],
  linspace: [(o) => c.linspace(0, 1, 3, o), { dtype: "float64", endpoint: false }],
  eye: [(o) => c.eye(2, o), { dtype: "float64", m: 3, k: 1 }],
  fromBytes: [(o) => c.fromBytes(new Uint8Array(4), [1], o), { dtype: "int32" }],
  print: [
    (o) => c.print(x, o),
    { precision: 2, threshold: 9, edgeItems: 1, lineWidth: 40, suppressSmall: true, signs: "plus" },
  ],
  clip: [(o) => c.clip(x, o), { min: 0, max: 1 }],
  isClose: [(o) => c.isClose(x, x, o), { rtol: 1, atol: 1, equalNan: true }],
  nanToNum: [(o) => c.nanToNum(x, o), { nan: 0, posInf: 1, negInf: -1 }],
  safeWhere: [(o) => c.safeWhere(c.greater(x, 1), c.log, x, 0, o), { at: 2 }],
  tensorDot: [(o) => c.tensorDot(x, x, o), { axes: 1 }],
  conv: [
    (o) => c.conv(image, kernel, o),
    { strides: [1, 1], padding: "VALID", dilation: [1, 1], inputDilation: [1, 1], groups: 1 },
  ],
  convTranspose: [
    (o) => c.convTranspose(image, kernel, o),
    { strides: [1, 1], padding: "SAME", dilation: [1, 1], transposeKernel: true },
  ],
  cov: [(o) => c.cov(x, o), { correction: 0 }],
  corrCoef: [(o) => c.corrCoef(x, o), {}],
  cumSum: [(o) => c.cumSum(x, o), { axis: 0 }],
  flip: [(o) => c.flip(x, o), { axis: 0 }],
  roll: [(o) => c.roll(x, 1, o), { axis: 0 }],
  rot90: [(o) => c.rot90(x, o), { k: 1, axes: [0, 1] }],
  concatenate: [(o) => c.concatenate([x, x], o), { axis: 0 }],
  stack: [(o) => c.stack([x, x], o), { axis: 0 }],
  oneHot: [(o) => c.oneHot(row, 3, o), { axis: 0, dtype: "float64" }],
  pad: [
    (o) =>
      c.pad(
        x,
        [
          [0, 0],
          [1, 1],
        ],
        o,
      ),
    { mode: "constant", value: 2 },
  ],
  quantile: [(o) => c.quantile(x, 0.5, o), { axis: 0, keepDims: true }],
  variance: [(o) => c.variance(x, o), { axis: 0, keepDims: true, correction: 1 }],
  std: [(o) => c.std(x, o), { axis: 0, keepDims: true, correction: 1 }],
  argMax: [(o) => c.argMax(x, o), { axis: 0, keepDims: true }],
  argMin: [(o) => c.argMin(x, o), { axis: 0, keepDims: true }],
  repeat: [(o) => c.repeat(x, 2, o), { axis: 0 }],
  reduceWindow: [
    (o) => c.reduceWindow(x, o),
    { reducer: "sum", window: [1, 1], strides: [1, 1], padding: "VALID", dilation: [1, 1] },
  ],
  squeeze: [(o) => c.squeeze(image, o), { axis: 0 }],
  sort: [(o) => c.sort(x, o), { axis: 0, descending: true }],
  argSort: [(o) => c.argSort(x, o), { axis: 0, descending: true }],
  split: [(o) => c.split(x, 2, o), { axis: 0 }],
  take: [(o) => c.take(x, row, o), { axis: 0 }],
  takeAlongAxis: [(o) => c.takeAlongAxis(row, row, o), { axis: 0 }],
  ...Object.fromEntries(
    (
      [
        "sum",
        "prod",
        "max",
        "min",
        "all",
        "any",
        "countNonZero",
        "mean",
        "median",
        "logSumExp",
        "nanSum",
        "nanMean",
        "nanMax",
        "nanMin",
      ] as const
    ).map((name): [string, readonly [Call, object]] => [
      name,
      [(o) => (c[name] as (y: unknown, options: never) => unknown)(x, o), { axis: 0, keepDims: true }],
    ]),
  ),
  grad: [(o) => c.grad(f, o)(x), { argnums: 0, hasAux: false }],
  valueAndGrad: [(o) => c.valueAndGrad(f, o)(x), { argnums: 0, hasAux: false }],
  vjp: [(o) => c.vjp(f, [x], o), { hasAux: false }],
  jacfwd: [(o) => c.jacfwd(f, o)(x), { argnums: 0 }],
  jacrev: [(o) => c.jacrev(f, o)(x), { argnums: 0 }],
  hessian: [(o) => c.hessian(f, o)(x), { argnums: 0 }],
  vmap: [(o) => c.vmap(c.square, o)(x), { inAxes: 0, outAxes: 0, axisSize: 2 }],
  jit: [(o) => c.jit(f, o)(x), { donate: [], staticArgs: [], backend: "wasm" }],
  checkpoint: [(o) => c.checkpoint(f, o)(x), { policy: "contractions" }],
  scan: [(o) => c.scan((carry, y) => [carry, y], c.scalar(0), x, o), { length: 2, reverse: true }],
  customVjp: [
    (o) =>
      c.customVjp(
        f,
        (y: typeof x): readonly [Tensor<[]>, null] => [f(y), null],
        (_: null, ct: Tensor<[]>) => [c.mul(x, ct)],
        o,
      )(x),
    { nonDifferentiable: [0] },
  ],
  "random.uniform": [(o) => random.uniform(key, [1], o), { dtype: "float64", minval: 0, maxval: 2 }],
  "random.normal": [(o) => random.normal(key, [1], o), { dtype: "float64" }],
  "random.truncatedNormal": [(o) => random.truncatedNormal(key, -1, 1, [1], o), { dtype: "float64" }],
  "random.exponential": [(o) => random.exponential(key, [1], o), { dtype: "float64" }],
  "random.laplace": [(o) => random.laplace(key, [1], o), { dtype: "float64" }],
  "random.gumbel": [(o) => random.gumbel(key, [1], o), { dtype: "float64" }],
  "random.randint": [(o) => random.randint(key, [1], 0, 3, o), { dtype: "uint32" }],
  "random.categorical": [(o) => random.categorical(key, x, o), { axis: 0, shape: [2] }],
  "random.choice": [(o) => random.choice(key, row, [1], o), { replace: false, axis: 0, p: c.ones([2]) }],
  "random.permutation": [(o) => random.permutation(key, x, o), { axis: 0, independent: true }],
  "io.decode": [(o) => io.decode(t.number, o)(1), { operation: "read" }],
  "io.tensorJsonOf": [(o) => io.tensorJsonOf(o), { shape: [2], dtype: "int32" }],
  "testing.allClose": [(o) => testing.allClose(x, x, o), { rtol: 1, atol: 1, equalNan: true }],
  "testing.explainDifference": [
    (o) => testing.explainDifference(x, x, o),
    { rtol: 1, atol: 1, equalNan: true },
  ],
  "testing.checkGradients": [
    (o) => testing.checkGradients(f, [x], o),
    {
      order: 1,
      modes: ["reverse"],
      eps: 1e-2,
      rtol: 1e-5,
      atol: 1e-6,
      kinks: "skip",
      elements: 2,
    },
  ],
  "testing.laws": [(o) => testing.laws(c.sin, o), { name: "sine", backend: { name: "none", run: () => [] } }],
  "testing.laws check": [
    (o) => {
      testing.laws(c.sin)[0]?.check(o);
    },
    { numRuns: 1, seed: 2 },
  ],
  "testing.arbitraries.tensor": [
    (o) => testing.arbitraries.tensor(o),
    { shape: [2], dtype: "int32", unique: true, views: true, min: 0, max: 9, special: true },
  ],
  "testing.arbitraries.shape": [
    (o) => testing.arbitraries.shape(o),
    { minRank: 1, maxRank: 2, minLength: 1, maxLength: 2, maxSize: 4 },
  ],
  "testing.arbitraries.tree": [
    (o) => testing.arbitraries.tree(fc.nat(), o),
    { maxDepth: 1, maxChildren: 1, constants: true },
  ],
  "testing.arbitraries.programs": [
    (o) => testing.arbitraries.programs(o),
    { minSteps: 1, maxSteps: 2, maxSize: 3, kinds: ["unary"], nested: false },
  ],
};

/** They have an option that must be given. */
const required = new Set(["reduceWindow"]);

describe.each(Object.entries(calls))("%s", (name, [call, options]) => {
  it("takes no options, and all that it knows", () => {
    if (!required.has(name)) call(undefined as never);
    call(options as never);
  });

  it("refuses one that it does not know, and what is no object", () => {
    expect(() => call({ ...options, wrong: 0 } as never)).toThrow("there is no option wrong");
    for (const other of [null, []])
      expect(() => call(other as never)).toThrow("options are one object, and come last");
  });
});

describe("the message", () => {
  const messages: Readonly<Record<string, () => unknown>> = {
    "a name beside the right one": () => c.sum(x, { axes: 0 } as never),
    "a name in another case": () => c.sum(x, { keep_dims: true } as never),
    "a name that is like none": () => c.jit(f, { static_argnums: 0, device: "gpu" } as never),
    "a function without options": () => c.corrCoef(x, { correction: 0 } as never),
    "a number in their place": () => c.sum(x, 0 as never),
    "a tensor in their place": () => c.sum(x, x as never),
    "a list in their place": () => c.flip(x, [0] as never),
    "data that is decoded": () => c.orThrow(io.decode(io.closed("it", {}, { axis: t.number }))({ axes: 0 })),
  };
  it.each(Object.keys(messages))("%s", (name) => {
    expect(messages[name]).toThrowErrorMatchingSnapshot();
  });
});
