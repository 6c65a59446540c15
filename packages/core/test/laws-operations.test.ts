/** The laws on composed operations: shapes, derivatives, vmap and programs of what is built from primitives. */

import {
  broadcastTo,
  clip,
  concatenate,
  corrCoef,
  cov,
  cumSum,
  dot,
  einsum,
  expandDims,
  flip,
  greater,
  hStack,
  inner,
  kron,
  log,
  logSumExp,
  matmul,
  max,
  mean,
  median,
  min,
  moveAxis,
  nanMax,
  nanMean,
  nanSum,
  nanToNum,
  outer,
  pad,
  prod,
  quantile,
  ravel,
  repeat,
  roll,
  rot90,
  safeWhere,
  select,
  slice,
  sort,
  split,
  squeeze,
  stack,
  std,
  sum,
  swapAxes,
  take,
  takeAlongAxis,
  tensor,
  tensorDot,
  tile,
  transpose,
  variance,
  vdot,
  vStack,
} from "../src/index.js";
import type { Shape, Tensor, Untyped } from "../src/index.js";
import type { Domain, Samples } from "../src/testing/index.js";
import { testLaws } from "../src/testing/vitest.js";

const numRuns = process.env["COTANGENT_LONG"] === "1" ? 100 : 4;

type Any = Tensor<Untyped, "float64">;
type Operation = (...operands: readonly [Any, Any, Any]) => unknown;

const floats: Samples<undefined>["dtypes"] = [["float32"], ["float64"]];
const ints = (...elements: number[]): Tensor<Untyped, "int32"> => tensor(elements, { dtype: "int32" });

/** An operation with the shapes of its operands, one list a case. */
const law = (
  name: string,
  operation: Operation,
  cases: readonly (readonly Shape[])[],
  domain: Domain = { min: -3, max: 3 },
  apart = 0,
): void => {
  const samples: Samples<undefined> = {
    operands: [domain],
    dtypes: floats,
    cases: cases.map((shapes) => ({ shapes, params: undefined })),
    apart,
  };
  testLaws(operation, { name, numRuns, samples });
};

const vectors: readonly (readonly Shape[])[] = [[[3]], [[1]]];
const tables: readonly (readonly Shape[])[] = [[[2, 3]], [[3, 1]]];
const away = 0.06;

law("sum over the last axis", (x) => sum(x, { axis: -1 }), [...tables, [[0, 2]], [[2, 0]]]);
law("sum that keeps its axes", (x) => sum(x, { axis: [0, 1], keepDims: true }), tables);
law("mean", (x) => mean(x, { axis: 0 }), tables);
law("prod", (x) => prod(x, { axis: 1 }), tables);
law("max", (x) => max(x, { axis: 1, keepDims: true }), tables, undefined, away);
law("min", (x) => min(x), tables, undefined, away);
law("variance", (x) => variance(x, { axis: 1, correction: 0 }), [[[2, 3]]]);
law("variance with a correction", (x) => variance(x, { correction: 1 }), [[[4]]]);
law("std", (x) => std(x), [[[4]]], { min: -3, max: 3 }, 0.5);
law("logSumExp", (x) => logSumExp(x, { axis: 0 }), tables);
law("median", (x) => median(x), [[[3]], [[4]]], undefined, away);
law("quantile", (x) => quantile(x, 0.3, { axis: 1 }), [[[2, 4]]], undefined, away);
law("nanSum", (x) => nanSum(x, { axis: 0 }), tables);
law("nanMean", (x) => nanMean(x), vectors);
law("nanMax", (x) => nanMax(x, { axis: 1 }), tables, undefined, away);
law("nanToNum", (x) => nanToNum(x), vectors);
law("cov", (x) => cov(x), [[[2, 3]], [[4]]]);
law("corrCoef", (x) => corrCoef(x), [[[2, 4]]], { min: -3, max: 3 }, 0.4);
law("cumSum", (x) => cumSum(x, { axis: 0 }), tables);

law("matmul", (a, b) => matmul(a, b), [
  [
    [2, 3],
    [3, 2],
  ],
  [[3], [3]],
  [[2, 3], [3]],
  [
    [2, 1, 2],
    [2, 3],
  ],
  [[2], [3, 2, 2]],
]);
law("dot", (a, b) => dot(a, b), [
  [[3], [3]],
  [[2, 3], [3]],
  [
    [2, 2],
    [2, 3],
  ],
]);
law("vdot", (a, b) => vdot(a, b), [
  [
    [2, 2],
    [2, 2],
  ],
]);
law("inner", (a, b) => inner(a, b), [
  [
    [2, 3],
    [2, 3],
  ],
]);
law("outer", (a, b) => outer(a, b), [[[2], [3]]]);
law("kron", (a, b) => kron(a, b), [
  [
    [2, 1],
    [2, 2],
  ],
]);
law(
  "tensorDot",
  (a, b) =>
    tensorDot(a, b, {
      axes: [
        [0, 1],
        [1, 0],
      ],
    }),
  [
    [
      [2, 3],
      [3, 2],
    ],
  ],
);
law("einsum of two", (a, b) => einsum("ij,kj->ki", a, b), [
  [
    [2, 3],
    [2, 3],
  ],
]);
law("einsum of three", (a, b, c) => einsum("i,ij,j", a, b, c), [[[2], [2, 3], [3]]]);
law("einsum with a diagonal", (a) => einsum("iij->ij", a), [[[2, 2, 3]]]);
law("einsum with unnamed axes", (a, b) => einsum("...ij,...j->...i", a, b), [[[2, 2, 3], [3]]]);

law("sort", (x) => sort(x), [[[4]], [[2, 3]]], undefined, away);
law(
  "sort of rows, the largest first",
  (x) => sort(x, { axis: 0, descending: true }),
  [[[3, 2]]],
  undefined,
  away,
);
law("take", (x) => take(x, ints(1, 0, 1), { axis: 1 }), [[[2, 2]], [[3, 2, 2]]]);
law("take of the flattened tensor", (x) => take(x, [0, -1, 2]), [[[2, 2]]]);
law("takeAlongAxis", (x) => takeAlongAxis(x, expandDims(ints(1, 0), 1), { axis: 1 }), [[[2, 3]]]);
law("slice", (x) => slice(x, [0, 1], [2, 4], [1, 2]), [[[2, 4]]]);

law("transpose", (x) => transpose(x, [2, 0, 1]), [[[2, 1, 3]]]);
law("swapAxes", (x) => swapAxes(x, 0, -1), [[[2, 1, 3]]]);
law("moveAxis", (x) => moveAxis(x, 0, -1), [[[2, 1, 3]]]);
law("ravel", (x) => ravel(x), tables);
law("expandDims and squeeze", (x) => squeeze(expandDims(x, [0, 2])), [[[2, 3]]]);
law("broadcastTo", (x) => broadcastTo(x, [2, 2, 3]), [[[2, 1]], [[3]]]);
law("flip", (x) => flip(x, { axis: 1 }), tables);
law("roll", (x) => roll(x, 2, { axis: 1 }), tables);
law("rot90", (x) => rot90(x), tables);
law("tile", (x) => tile(x, [2, 1, 2]), [[[2, 2]]]);
law("repeat", (x) => repeat(x, [2, 0, 1], { axis: 1 }), [[[2, 3]]]);
law(
  "pad with a constant",
  (x) =>
    pad(
      x,
      [
        [1, 0],
        [0, 2],
      ],
      { value: 2 },
    ),
  [[[2, 2]]],
);
law(
  "pad with the edge",
  (x) =>
    pad(
      x,
      [
        [1, 2],
        [0, 1],
      ],
      { mode: "edge" },
    ),
  [[[2, 2]]],
);
law("pad by reflection", (x) => pad(x, [[2, 3]], { mode: "reflect" }), [[[3]]]);
law("concatenate", (a, b) => concatenate([a, b, a], { axis: 1 }), [
  [
    [2, 1],
    [2, 2],
  ],
]);
law("stack", (a, b) => stack([a, b], { axis: 1 }), [
  [
    [2, 2],
    [2, 2],
  ],
]);
law("hStack", (a, b) => hStack([a, b]), [
  [
    [2, 1],
    [2, 2],
  ],
]);
law("vStack", (a, b) => vStack([a, b]), [[[2], [2]]]);
law("split", (x) => split(x, [1, 3], { axis: 1 }), [[[2, 4]]]);

law("clip", (x) => clip(x, { min: -1, max: 1 }), vectors, { min: -3, max: 3, kinks: [-1, 1] });
law("select", (x) => select([greater(x, 1), greater(x, -1)], [log(clip(x, { min: 0.5 })), x], 3), vectors, {
  min: -3,
  max: 3,
  kinks: [-1, 0.5, 1],
});
law("safeWhere", (x) => safeWhere(greater(x, 0), log, x, -1), vectors, {
  min: -3,
  max: 3,
  kinks: [0],
  points: [0],
});
