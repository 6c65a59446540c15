/** Functions of 1,048,576 elements: the share of the machine's bandwidth, which no function of one pass exceeds. */
import * as core from "@cotangent/core";
import { noise } from "../../harness/noise.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluateKernel } from "./evaluate.mjs";
import { elements } from "./machine.mjs";

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** Each function of one operand, and its definition; the operand is within ±4. */
const ofAny = {
  neg: (x) => -x,
  abs: Math.abs,
  square: (x) => x * x,
  exp: Math.exp,
  expm1: Math.expm1,
  sin: Math.sin,
  cos: Math.cos,
  atan: Math.atan,
  tanh: Math.tanh,
  sigmoid,
  floor: Math.floor,
};

/** The same of positive operands, from 1/2 to 4.5. */
const ofPositive = {
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  log: Math.log,
  log1p: Math.log1p,
};

/** Of two operands, the second positive. */
const ofTwo = {
  add: (x, y) => x + y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  maximum: Math.max,
  atan2: Math.atan2,
};

const any = noise(elements, 200, 4);
const positive = noise(elements, 201, 2, 2.5);
const tensors = [any, positive].map((values) => core.fromTypedArray(values, [elements]));

for (const [table, x, values] of [
  [ofAny, tensors[0], any],
  [ofPositive, tensors[1], positive],
]) {
  for (const [name, definition] of Object.entries(table)) {
    if (!wants(`kernel-${name}`)) continue;
    evaluateKernel(`kernel-${name}`, core[name], [x], {
      peak: "copy",
      operations: 8 * elements,
      expected: (place) => definition(values[place]),
    });
  }
}

for (const [name, definition] of Object.entries(ofTwo)) {
  if (!wants(`kernel-${name}`)) continue;
  evaluateKernel(`kernel-${name}`, core[name], tensors, {
    peak: "triad",
    operations: 12 * elements,
    expected: (place) => definition(any[place], positive[place]),
  });
}
