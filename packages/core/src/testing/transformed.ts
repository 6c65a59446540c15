/** The transformations as this folder uses them: over lists of values, with tangents for some of the operands. */

import { isFloating } from "../tensor/dtype.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import type { Value } from "../tensor/value.js";
import { jvp } from "../transforms/jvp.js";
import { vjp } from "../transforms/linearize.js";
import { elementsOf } from "./elements-of.js";
import { tensorError } from "../errors/tensor-error.js";

/** A function of lists of values. */
export type ListFunction = (operands: readonly Value[]) => readonly Value[];

/** The places of the floating values. */
export const floatingPlaces = (values: readonly Value[]): readonly number[] =>
  values.flatMap(({ dtype }, index) => (isFloating(dtype) ? [index] : []));

/** The function of some operands alone, the others being held. */
export const restrictTo = (
  f: ListFunction,
  operands: readonly Value[],
  places: readonly number[],
): ListFunction => {
  return (chosen) => f(operands.map((operand, index) => chosen[places.indexOf(index)] ?? operand));
};

/** Results and the tangents of those that are floating; `null` for the others. */
export interface Pushed {
  readonly outputs: readonly Value[];
  readonly tangents: readonly (Value | null)[];
}

/** Forward mode in all operands of `f`. */
export const push = (f: ListFunction, operands: readonly Value[], tangents: readonly Value[]): Pushed => {
  const pair: unknown = jvp((...xs: readonly Value[]) => f(xs), [...operands], [...tangents]);
  const [outputs, pushed] = pair as readonly [readonly Value[], readonly (Value | null)[]]; // the trees of a list of values
  return { outputs, tangents: pushed };
};

/** Reverse mode in all operands of `f`: its outputs, and the cotangents of the operands for those of the floating outputs. */
export const pull = (
  f: ListFunction,
  operands: readonly Value[],
): {
  readonly outputs: readonly Value[];
  readonly back: (cotangents: readonly Value[]) => readonly (Value | null)[];
} => {
  const pair: unknown = vjp((...xs: readonly Value[]) => f(xs), [...operands]);
  const [outputs, pullback] = pair as readonly [
    readonly Value[],
    (cotangents: readonly (Value | null)[]) => readonly (Value | null)[],
  ];
  const places = floatingPlaces(outputs);
  return {
    outputs,
    back: (cotangents) => pullback(outputs.map((_, index) => cotangents[places.indexOf(index)] ?? null)),
  };
};

/** The values without what has no tangent. */
export const present = (values: readonly (Value | null)[]): readonly Value[] =>
  values.filter((value) => value !== null);

/** Values as the tensors that they are outside of every transformation. */
export const concrete = (values: readonly Value[]): readonly ArrayTensor[] =>
  values.map((value) => {
    if (value instanceof ArrayTensor) return value;
    throw tensorError({
      kind: "HostRead",
      operation: "testing",
      problem: "the elements are not known here",
      fix: "call it outside of every transformation",
    });
  });

/** All lists of some of the entries, in order, without the empty one. */
export const subsets = <A>(list: readonly A[]): readonly (readonly A[])[] =>
  list
    .reduce<readonly (readonly A[])[]>(
      (found, entry) => [...found, ...found.map((some) => [...some, entry])],
      [[]],
    )
    .filter(({ length }) => length > 0);

/** The sum of products of two lists of tensors, and the sum of their magnitudes. */
export const innerProduct = (
  a: readonly ArrayTensor[],
  b: readonly ArrayTensor[],
): { readonly sum: number; readonly magnitude: number } => {
  let sum = 0;
  let magnitude = 0;
  a.forEach((x, index) => {
    const left = elementsOf(x);
    const right = elementsOf(b[index] ?? x);
    left.forEach((element, place) => {
      const product = element * (right[place] ?? NaN);
      sum += product;
      magnitude += Math.abs(product);
    });
  });
  return { sum, magnitude };
};
