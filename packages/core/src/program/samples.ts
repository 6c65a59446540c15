/** The domain of a primitive as plain data: what its laws draw from. */

import type { DType, Shape } from "../types/tensor.js";

/** Where the elements of one operand come from. */
export interface Domain {
  readonly min: number;
  readonly max: number;
  /** Points without a derivative: the derivative laws keep a distance from them, the others visit them. */
  readonly kinks?: readonly number[];
  /** Whole numbers alone (indices, shift counts, integer operands). */
  readonly whole?: boolean;
  /** Further points that every law visits: zeros, ties, ends of the domain. */
  readonly points?: readonly number[];
}

/** One way to call it. */
export interface SampleCase<P> {
  readonly shapes: readonly Shape[];
  readonly params: P;
  /** Domains of this case alone, in place of the primitive's. */
  readonly operands?: readonly Domain[];
}

/** For each kind of call, the dtypes of the operands; the last one repeats. */
export type DTypes = readonly (readonly DType[])[];

/** What the laws of an operation draw from: kinds of calls, their dtypes, and where elements come from. */
export interface Samples<P> {
  /** One an operand; the last one repeats. */
  readonly operands: readonly Domain[];
  readonly cases: readonly SampleCase<P>[];
  readonly dtypes: DTypes;
  /** Elements of one operand are pairwise different by at least this (so that ties are not met by finite differences). */
  readonly apart?: number;
}

/** The floating dtypes. */
export const floating: DTypes = [["float32"], ["float64"]];
/** All dtypes of numbers. */
export const numeric: DTypes = [["float32"], ["float64"], ["int32"], ["uint32"]];
/** All dtypes. */
export const anyDType: DTypes = [...numeric, ["bool"]];
/** The dtypes of whole numbers. */
export const integers: DTypes = [["int32"], ["uint32"]];

/** Shapes that every elementwise primitive is tried with: scalar, vector, matrix, empty, length-1 axes. */
export const elementwiseShapes: readonly Shape[] = [[], [4], [2, 3], [0], [1, 1, 2]];
