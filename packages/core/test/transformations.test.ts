/**
 * Every pair and triple of transformations, in every order, on functions of many kinds: the last one against central
 * differences of what the ones before it give, which the shorter sequences have checked; vmap against the loop.
 */

import { describe, expect, it } from "vitest";
import {
  add,
  grad,
  hessian,
  jacfwd,
  jacrev,
  jvp,
  matmul,
  mul,
  reshape,
  shapeOf,
  sizeOf,
  stack,
  sum,
  tensor,
} from "../src/index.js";
import { contiguousTensor } from "../src/tensor/array-tensor.js";
import { concrete } from "../src/ops/read.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { explainDifference } from "../src/testing/all-close.js";
import { centralDerivative } from "../src/testing/numeric-derivative.js";
import {
  functions,
  programs,
  mapRows,
  start,
  type Vector,
  type VectorFunction,
} from "./transformation-functions.js";

const direction: Vector = tensor([0.5, -1], { dtype: "float64" });

/** ⟨c, y⟩ for fixed weights: a scalar, for what wants one. */
const weigh = (y: Vector): Vector => {
  const weights: Vector = tensor(
    Array.from({ length: sizeOf(y) }, (_, index) => ((3 * index) % 7) / 4 - 0.5),
    { dtype: "float64" },
  );
  return sum(mul(reshape(weights, shapeOf(y)), y));
};

/** Each of them as a map of functions of the vector. */
const transformations: Readonly<Record<string, (f: VectorFunction) => VectorFunction>> = {
  grad: (f) => (x) => grad((z: Vector) => weigh(f(z)))(x),
  jvp: (f) => (x) => jvp(f, [x], [direction])[1],
  vmap: (f) => (x) => mapRows(f)(stack([x, add(mul(x, 0.9), 0.05)])),
  jacfwd: (f) => (x) => jacfwd(f)(x),
  jacrev: (f) => (x) => jacrev(f)(x),
  hessian: (f) => (x) => hessian((z: Vector) => weigh(f(z)))(x),
};
const names = Object.keys(transformations);

const transform = (name: string, f: VectorFunction): VectorFunction => transformations[name]?.(f) ?? f;

/** The derivative of f at the start along the direction, by central differences. */
const numeric = (f: VectorFunction): Vector => {
  const along = (t: number): Vector => add(start, mul(t, direction));
  const { value } = centralDerivative((t) => elementsOf(concrete("test", f(along(t)))), 1 / 64, 4);
  return contiguousTensor(value, shapeOf(f(start)), "float64");
};

const expectClose = (sequence: readonly string[], actual: Vector, expected: Vector, scale: number): void => {
  const difference = explainDifference(actual, expected, { rtol: 1e-7, atol: 1e-8 * scale });
  if (difference !== undefined) expect.fail(`${sequence.join(" of ")}: ${difference}`);
};

/** The last of a sequence against differences (or the loop) of the others. */
const check = (before: readonly string[], f: VectorFunction): void => {
  const g = before.reduceRight((inner, name) => transform(name, inner), f);
  const slope = numeric(g);
  const size = Math.max(1, ...elementsOf(concrete("test", slope)).map(Math.abs));
  const at = (name: string): Vector => transform(name, g)(start);
  expectClose(["jvp", ...before], at("jvp"), slope, size);
  expectClose(["jacfwd", ...before], matmul(at("jacfwd"), direction), slope, size);
  expectClose(["jacrev", ...before], matmul(at("jacrev"), direction), slope, size);
  expectClose(["grad", ...before], matmul(at("grad"), direction), weigh(slope), size);
  const bend = numeric(transform("grad", g));
  expectClose(
    ["hessian", ...before],
    matmul(at("hessian"), direction),
    bend,
    Math.max(1, ...elementsOf(concrete("test", bend)).map(Math.abs)),
  );
  expectClose(["vmap", ...before], at("vmap"), stack([g(start), g(add(mul(start, 0.9), 0.05))]), 1e-4);
};

const pairs = names.flatMap((outer) => names.map((inner) => [outer, inner] as const));

describe.each(Object.entries({ ...functions, ...programs }))("of %s", (name, f) => {
  it("every transformation", () => {
    check([], f);
  });

  it.each(names)("every transformation of %s", (inner) => {
    check([inner], f);
  });

  // Programs are slow to transform: three at once with COTANGENT_LONG=1.
  const deep = name in functions || process.env["COTANGENT_LONG"] === "1";
  it.each(deep ? pairs : pairs.slice(0, 1))("every transformation of %s of %s", (outer, inner) => {
    check([outer, inner], f);
  });
});
