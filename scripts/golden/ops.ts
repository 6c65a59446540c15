/** ops/*.json: one operation, its outputs, its gradients and tangents. */

import { callOf, entryOfOp, makers } from "./calls.js";
import type { Closeness } from "./compare.js";
import { sharedFields, type Context, type RunCase } from "./context.js";
import {
  checkDifferentiated,
  differentiatedFields,
  readDifferentiated,
  type TensorFunction,
} from "./derivatives.js";
import { expectThrow } from "./expect-throw.js";
import { asRecord, asString, checkFields, withNumbers, type Json, type JsonRecord } from "./json.js";
import { functionOf } from "./names.js";
import { toleranceOf } from "./own-tolerance.js";
import { flatIn, optionsIn } from "./precision.js";
import { alignmentOf } from "./signs.js";
import { checkSingle } from "./single.js";
import { readEvery, readTensor, sizeOfShape, type Flat } from "./tensor-json.js";
import { asTensor, asValues, toTensor } from "./values.js";

const fields = [...sharedFields, ...differentiatedFields, "op", "params", "throws", "policy", "jax"];

export const runOp: RunCase = (record, context) => {
  checkFields(record, fields);
  const op = asString(record["op"], "op");
  const inputs = readEvery(record["inputs"], "inputs").map((flat) => flatIn(flat, context.precision));
  const params = paramsOf(op, record, inputs, context);
  const call = callOf(op, params);
  const operation = functionOf(context.library, entryOfOp(op), op);
  const decode = (json: Json): unknown => toTensor(context.library, readTensor(json, "a tensor of params"));
  const f: TensorFunction = (tensors) => asValues(call(operation, tensors, params, decode)).map(asTensor);

  if (record["throws"] === true) {
    expectThrow(() => f(inputs.map((flat) => toTensor(context.library, flat))));
    return;
  }
  const closeness = closenessOf(op, record, inputs, context);
  if (context.precision === "float32") checkSingle(op, record, closeness.tolerance);
  checkDifferentiated(f, readDifferentiated(record, context), context, closeness, alignmentOf(op));
};

/** Makers of a float64 from no float64 are told so. */
const paramsOf = (
  op: string,
  record: JsonRecord,
  inputs: readonly Flat[],
  { precision }: Context,
): JsonRecord => {
  const params = asRecord(optionsIn(withNumbers(asRecord(record["params"], "params")), precision), "params");
  const tellsDtype =
    makers.includes(op) &&
    record["throws"] !== true &&
    inputs.every(({ dtype }) => dtype !== precision) &&
    readEvery(record["outputs"], "outputs").some(({ dtype }) => dtype === "float64");
  return tellsDtype ? { ...params, dtype: precision } : params;
};

const signedZeros = ["neg", "copySign", "reciprocal", "atan2"];

const closenessOf = (
  op: string,
  record: JsonRecord,
  inputs: readonly Flat[],
  context: Context,
): Closeness => {
  const isLinalg = context.path === "ops/linalg.json";
  const double = isLinalg ? 1e-8 : 1e-10;
  const single = isLinalg || isLongSum(op, inputs) ? 1e-4 : 1e-5;
  const closeness = toleranceOf(record, context.precision, { float64: double, float32: single });
  return { ...closeness, signedZero: signedZeros.includes(op) };
};

const sums = (
  "sum mean variance std prod logSumExp cumSum cumProd cumLogSumExp cov corrCoef matmul dot vdot inner tensorDot " +
  "einsum kron convolve conv convTranspose reduceWindow segmentSum rfft irfft"
).split(" ");

/** Many terms in one element: float32 may lose more of them. */
const isLongSum = (op: string, inputs: readonly Flat[]): boolean =>
  sums.includes(op) && inputs.some(({ shape }) => sizeOfShape(shape) > 8);
