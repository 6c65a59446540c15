/** How the compiler emits a primitive: what a record says of it, in terms that no engine knows. */

import type { DType } from "../types/tensor.js";
import type { Aval } from "../tensor/shape.js";

/** One element, or several side by side, in the middle of a compiled loop. */
export interface Element {
  readonly dtype: DType;
}

/** The operations that compiled loops are made of. Operands of an operation have one dtype. */
export interface Emit<E extends Element = Element> {
  constant(value: number, dtype: DType): E;
  add(a: E, b: E): E;
  sub(a: E, b: E): E;
  mul(a: E, b: E): E;
  /** Of floats. */
  div(a: E, b: E): E;
  /** Of integers, rounded down; by 0, 0. */
  quotient(a: E, b: E): E;
  neg(x: E): E;
  abs(x: E): E;
  /** NaN wins. */
  min(a: E, b: E): E;
  max(a: E, b: E): E;
  /** Of floats. */
  sqrt(x: E): E;
  floor(x: E): E;
  ceil(x: E): E;
  trunc(x: E): E;
  /** Halves to the even one. */
  nearest(x: E): E;
  /** Comparisons give bools. */
  equal(a: E, b: E): E;
  less(a: E, b: E): E;
  lessEqual(a: E, b: E): E;
  /** Bits of integers; logic of bools. */
  and(a: E, b: E): E;
  or(a: E, b: E): E;
  xor(a: E, b: E): E;
  not(x: E): E;
  /** Of integers: by fewer than 0 or more than 31 bits, all are gone. To the right, the sign of an int32 fills. */
  shiftLeft(x: E, bits: E): E;
  shiftRight(x: E, bits: E): E;
  /** `condition ? a : b` */
  select(condition: E, a: E, b: E): E;
  /** By value, as `convert` does. */
  convert(x: E, dtype: DType): E;
  /** By bits, between dtypes of 32 bits. */
  bitcast(x: E, dtype: DType): E;
  /** Half of the bits of a float64, as uint32; and both as a float64. */
  half(x: E, which: "low" | "high"): E;
  joined(low: E, high: E): E;
  /** A function by its name, where the engine has code for it, else by its kernel on numbers. */
  apply(name: string, kernel: (...values: number[]) => number, operands: readonly E[], dtype: DType): E;
}

/** An index as a sum of loop indices, each times a step. */
export interface Affine {
  readonly start: number;
  readonly steps: readonly number[];
}

/** What a stencil reads: the element of an operand at an index for each of its axes, or a number, as uint32. */
export type Reading =
  { readonly operand: number; readonly at: readonly Affine[] } | { readonly number: Affine };

/** How the elements of a result become a total along the reduced axes. */
export type FoldName = "sum" | "prod" | "max" | "min" | "all" | "any";

/** How a primitive becomes code: by its elements, by the places that it reads, or by the name of code of its own. */
export type Lowering<P> =
  /** Each element from the elements of the operands in the same place. */
  | {
      readonly kind: "elementwise";
      emit<E extends Element>(emit: Emit<E>, operands: readonly E[], params: P, output: Aval): E;
    }
  /** Each element from elements of the operands in other places, and from numbers: the result's indices say which. */
  | {
      readonly kind: "stencil";
      /** About how much there is to compute, beside 1 for an addition. */
      readonly cost: number;
      reads(inputs: readonly Aval[], params: P, output: Aval): readonly Reading[];
      emit<E extends Element>(emit: Emit<E>, elements: readonly E[], params: P, output: Aval): E;
    }
  /** Each element is one of the operand's: for each axis of the operand, its index from the result's indices. */
  | { readonly kind: "view"; index(input: Aval, params: P, output: Aval): readonly Affine[] }
  /** The same elements in row-major order. */
  | { readonly kind: "reshape" }
  /** The operands stand in parts of the result, `value` everywhere else. */
  | { readonly kind: "parts"; parts(inputs: readonly Aval[], params: P, output: Aval): Parts }
  /** Over `params.axes`. */
  | { readonly kind: "reduce"; readonly fold: FoldName; axes(params: P): readonly number[] }
  /** The index along the one axis. */
  | { readonly kind: "iota" }
  /** Structures with code of their own in the compiler. */
  | {
      readonly kind:
        | "contract"
        | "convolve"
        | "gather"
        | "scatterAdd"
        | "cumulate"
        | "argSort"
        | "scan"
        | "while"
        | "cond"
        | "call";
    }
  /** Totals under a window, or what the gradients of its extrema are made of. */
  | { readonly kind: "window"; readonly of: "sum" | "extremum" | "mean" | "share" }
  /** The place of the first extremum along `params.axis`; a NaN beats everything. */
  | { readonly kind: "argExtremum"; readonly reducer: "max" | "min" }
  /** By its kernel, outside of the module. */
  | { readonly kind: "host" };

/** What stands where in a result that is put together. */
export interface Parts {
  readonly value: number;
  /** For each operand the part of it that is used, and its place: for each axis, first index, number of indices, first place, step between places. */
  readonly operands: readonly (readonly PartAxis[])[];
}

/** Along one axis, which part of an operand is used, and where it stands in the result. */
export interface PartAxis {
  readonly from: number;
  readonly length: number;
  readonly to: number;
  readonly step: number;
}

/** The axis of a result, as the index of an operand. */
export const axisIndex = (rank: number, axis: number, start = 0, step = 1): Affine => ({
  start,
  steps: Array.from({ length: rank }, (_, k) => (k === axis ? step : 0)),
});

/** An index that is the same everywhere. */
export const fixedIndex = (rank: number, start: number): Affine => ({
  start,
  steps: new Array<number>(rank).fill(0),
});

/** Where nothing else is said: the kernel of the record runs. */
export const onHost = { kind: "host" } as const;

/** A lowering of an elementwise primitive without params. */
export const elementByElement = /* @__NO_SIDE_EFFECTS__ */ <P>(
  emit: <E extends Element>(emit: Emit<E>, operands: readonly [E, E, E]) => E,
): Extract<Lowering<P>, { kind: "elementwise" }> => ({
  kind: "elementwise",
  // As many as the primitive has.
  emit: (emitter, operands) => emit(emitter, operands as unknown as readonly [never, never, never]),
});
