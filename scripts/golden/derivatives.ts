/** A function of tensors against its outputs, its gradients (vjp) and its tangents (jvp). */

import { Mismatch, expectClose, type Closeness } from "./compare.js";
import type { Context } from "./context.js";
import { asList, type JsonRecord } from "./json.js";
import { flatIn } from "./precision.js";
import type { Tensor } from "./signatures.js";
import { readEvery, readTensors, type Flat } from "./tensor-json.js";
import { asTensor, asTuple, fromTensor, toTensor } from "./values.js";

type Maybe = Flat | null;

/** The fields of ops/, control.json and nn-jax.json. `null` is what is not differentiated. */
export interface Differentiated {
  readonly inputs: readonly Flat[];
  readonly outputs: readonly Flat[];
  readonly cotangents?: readonly Maybe[];
  readonly gradients?: readonly Maybe[];
  readonly tangents?: readonly Maybe[];
  readonly outputTangents?: readonly Maybe[];
}

export const differentiatedFields = [
  "inputs",
  "outputs",
  "cotangents",
  "gradients",
  "tangents",
  "outputTangents",
] as const;

export const readDifferentiated = (record: JsonRecord, { precision }: Context): Differentiated => {
  const inPrecision = (flat: Flat): Flat => flatIn(flat, precision);
  const lists = (["cotangents", "gradients", "tangents", "outputTangents"] as const)
    .filter((field) => field in record)
    .map((field) => {
      const tensors = readTensors(record[field], field);
      return [field, tensors.map((flat) => (flat === null ? null : inPrecision(flat)))] as const;
    });
  return {
    inputs: readEvery(record["inputs"], "inputs").map(inPrecision),
    outputs: readEvery(asList(record["outputs"], "outputs"), "outputs").map(inPrecision),
    ...Object.fromEntries(lists),
  };
};

/** The function of a case: its tensors in, a list of tensors out. */
export type TensorFunction = (inputs: readonly Tensor[]) => readonly Tensor[];

/** What the results are multiplied by before they are compared, since they are unique up to signs. */
export type Align = (expected: readonly Flat[], actual: readonly Flat[]) => readonly (readonly number[])[];

export const checkDifferentiated = (
  f: TensorFunction,
  expected: Differentiated,
  context: Context,
  closeness: Closeness,
  align?: Align,
): void => {
  const inputs = expected.inputs.map((flat) => toTensor(context.library, flat));
  const outputs = readOutputs(context, f(inputs), expected.outputs.length, "outputs");
  const signs = align?.(expected.outputs, outputs);
  outputs.forEach((output, i) => {
    const [what, wanted] = [`outputs[${String(i)}]`, expected.outputs[i]];
    if (wanted !== undefined) expectClose(what, wanted, times(output, signs?.[i]), closeness);
  });
  const derivative: Derivative = {
    f,
    inputs,
    expected,
    context,
    closeness: { ...closeness, signedZero: false },
    signs,
  };
  if (expected.gradients !== undefined) checkGradients(derivative);
  if (expected.outputTangents !== undefined) checkTangents(derivative);
};

interface Derivative {
  readonly f: TensorFunction;
  readonly inputs: readonly Tensor[];
  readonly expected: Differentiated;
  readonly context: Context;
  readonly closeness: Closeness;
  readonly signs: readonly (readonly number[])[] | undefined;
}

const checkGradients = ({ f, inputs, expected, context, closeness, signs }: Derivative): void => {
  const wanted = present(expected.gradients ?? []);
  const cotangents = present(expected.cotangents ?? []);
  if (wanted.length === 0 || cotangents.length === 0) return;
  const places = wanted.map(([i]) => i);
  const kept = cotangents.map(([i]) => i);
  const primals = places.map((i) => tensorAt(inputs, i));
  const [value, pullback] = context.core.vjp(restricted(f, inputs, places, kept), primals);
  checkPrimal("vjp's output", value, kept, { expected, context, closeness, signs });
  const handed = cotangents.map(([i, flat]) => toTensor(context.library, times(flat, signs?.[i])));
  const gradients = asTuple(pullback(oneOrAll(handed)), primals.length, "pullback's result");
  wanted.forEach(([i, flat], n) => {
    const what = `gradients[${String(i)}]`;
    expectClose(what, flat, fromTensor(context.library, gradients[n], what), closeness);
  });
};

const checkTangents = ({ f, inputs, expected, context, closeness, signs }: Derivative): void => {
  const tangents = present(expected.tangents ?? []);
  const wanted = present(expected.outputTangents ?? []);
  if (wanted.length === 0 || tangents.length === 0) return;
  const places = tangents.map(([i]) => i);
  const kept = wanted.map(([i]) => i);
  const primals = places.map((i) => tensorAt(inputs, i));
  const directions = tangents.map(([, flat]) => toTensor(context.library, flat));
  const [value, pushed] = context.core.jvp(restricted(f, inputs, places, kept), primals, directions);
  checkPrimal("jvp's output", value, kept, { expected, context, closeness, signs });
  const pushedTangents = readOutputs(context, many(pushed), wanted.length, "outputTangents");
  wanted.forEach(([i, flat], n) => {
    const tangent = pushedTangents[n];
    if (tangent !== undefined)
      expectClose(`outputTangents[${String(i)}]`, flat, times(tangent, signs?.[i]), closeness);
  });
};

/** The function of the inputs at `places`, the others fixed, to the outputs at `kept`: one, or a tuple. */
const restricted =
  (f: TensorFunction, inputs: readonly Tensor[], places: readonly number[], kept: readonly number[]) =>
  (...moving: readonly Tensor[]): unknown => {
    const outputs = f(inputs.map((input, i) => moving[places.indexOf(i)] ?? input));
    return oneOrAll(kept.map((i) => tensorAt(outputs, i)));
  };

const checkPrimal = (
  what: string,
  value: unknown,
  kept: readonly number[],
  { expected, context, closeness, signs }: Omit<Derivative, "f" | "inputs">,
): void => {
  readOutputs(context, many(value), kept.length, what).forEach((output, n) => {
    const i = kept[n] ?? 0;
    const wanted = expected.outputs[i];
    if (wanted !== undefined) expectClose(what, wanted, times(output, signs?.[i]), closeness);
  });
};

const readOutputs = (
  context: Context,
  values: readonly unknown[],
  count: number,
  what: string,
): readonly Flat[] => {
  if (values.length !== count)
    throw new Mismatch(`${what}: expected ${String(count)} tensors, got ${String(values.length)}`);
  return values.map((value, i) => fromTensor(context.library, value, `${what}[${String(i)}]`));
};

const tensorAt = (tensors: readonly Tensor[], i: number): Tensor => {
  const tensor = tensors[i];
  if (tensor === undefined)
    throw new Mismatch(`expected a tensor at ${String(i)} of ${String(tensors.length)}`);
  return tensor;
};

const oneOrAll = <T>(list: readonly T[]): T | readonly T[] =>
  list.length === 1 && list[0] !== undefined ? list[0] : list;
const many = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.map(asTensor) : [value]);

const present = (list: readonly Maybe[]): readonly (readonly [number, Flat])[] =>
  list.flatMap((flat, i) => (flat === null ? [] : [[i, flat] as const]));

const times = (flat: Flat, signs: readonly number[] | undefined): Flat =>
  signs === undefined ? flat : { ...flat, data: flat.data.map((x, i) => x * (signs[i] ?? 1)) };
