/** Which cases of ops/ mean nothing in float32. */

import { NotRun } from "./context.js";
import { sameShape } from "./compare.js";
import type { JsonRecord } from "./json.js";
import { readEvery, readTensors, type Flat } from "./tensor-json.js";

/** @throws NotRun where float32 cannot hold the inputs, or their rounding alone moves the result too far. */
export const checkSingle = (op: string, record: JsonRecord, tolerance: number): void => {
  const inputs = readEvery(record["inputs"], "inputs").filter(({ dtype }) => dtype === "float64");
  if (op === "nextAfter") throw new NotRun("the next number is another one in float32");
  if (inputs.some(({ data }) => data.some(isLost))) throw new NotRun("an input is out of float32's range");
  if (isIllConditioned(record, inputs, tolerance))
    throw new NotRun("rounding the input moves the result too far");
};

const isLost = (x: number): boolean => {
  const single = Math.fround(x);
  return Number.isFinite(x) && (!Number.isFinite(single) || (single === 0 && x !== 0));
};

/** For one tensor in and one of its shape out, as elementwise functions are: |x| 2^-24 |dy/dx| against the tolerance. */
const isIllConditioned = (record: JsonRecord, inputs: readonly Flat[], tolerance: number): boolean => {
  const [x] = inputs;
  if (x === undefined || inputs.length > 1 || !("cotangents" in record)) return false;
  const [[y], [cotangent], [gradient]] = [
    readEvery(record["outputs"], "outputs"),
    readTensors(record["cotangents"], "cotangents"),
    readTensors(record["gradients"], "gradients"),
  ];
  if (y === undefined || !cotangent || !gradient || !sameShape(x.shape, y.shape)) return false;
  return x.data.some((element, i) => {
    const slope = (gradient.data[i] ?? NaN) / (cotangent.data[i] ?? NaN);
    const moved = Math.abs(element * slope) * 2 ** -24;
    return moved > (tolerance / 4) * Math.max(1, Math.abs(y.data[i] ?? NaN));
  });
};
