/** Tensors as the data writes them: `{ shape, dtype, data }`, flat and row-major. */

import { BadCase, asList, asNumber, asNumbers, isRecord, type Json } from "./json.js";

export const dtypes = ["float32", "float64", "int32", "uint32", "bool"] as const;
export type DType = (typeof dtypes)[number];

/** The elements of a tensor in row-major order as JavaScript numbers, `bool` as 0 and 1. */
export interface Flat {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: readonly number[];
}

export const isDType = (value: unknown): value is DType => dtypes.some((dtype) => dtype === value);

export const isTensorJson = (json: Json | undefined): boolean =>
  isRecord(json) && "shape" in json && "dtype" in json && "data" in json;

export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export const readTensor = (json: Json | undefined, what: string): Flat => {
  if (!isRecord(json)) throw new BadCase(`${what}: expected a tensor`);
  const dtype = json["dtype"];
  if (!isDType(dtype)) throw new BadCase(`${what}: unknown dtype`);
  const shape = asNumbers(json["shape"], `${what}.shape`);
  const data = asList(json["data"], `${what}.data`).map((element) =>
    typeof element === "boolean" ? Number(element) : asNumber(element, `${what}.data`),
  );
  if (data.length !== sizeOfShape(shape))
    throw new BadCase(`${what}: ${String(data.length)} elements in its data`);
  return { shape, dtype, data };
};

/** A list of tensors, with `null` for what is not differentiated. */
export const readTensors = (json: Json | undefined, what: string): readonly (Flat | null)[] =>
  asList(json, what).map((element, i) =>
    element === null ? null : readTensor(element, `${what}[${String(i)}]`),
  );

export const readEvery = (json: Json | undefined, what: string): readonly Flat[] =>
  asList(json, what).map((element, i) => readTensor(element, `${what}[${String(i)}]`));

/** The named tensors of a record, without those that are `null`. */
export const readNamed = (json: Json | undefined, what: string): { readonly [name: string]: Flat } => {
  if (!isRecord(json)) throw new BadCase(`${what}: expected named tensors`);
  const present = Object.entries(json).filter(([, value]) => value !== null);
  return Object.fromEntries(present.map(([name, value]) => [name, readTensor(value, `${what}.${name}`)]));
};

/** A list of plain numbers as a float64 vector. */
export const vector = (data: readonly number[]): Flat => ({ shape: [data.length], dtype: "float64", data });

/** The i-th row of a stack of tensors. */
export const rowOf = (stack: Flat, i: number): Flat => {
  const shape = stack.shape.slice(1);
  const size = sizeOfShape(shape);
  return { shape, dtype: stack.dtype, data: stack.data.slice(i * size, (i + 1) * size) };
};
