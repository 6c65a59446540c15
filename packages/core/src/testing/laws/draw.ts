/** What a law is tried with, drawn by fast-check: operands of a kind of call, tangents, cotangents, layouts. */

import * as fc from "fast-check";
import type { ArrayTensor } from "../../tensor/array-tensor.js";
import { contiguousTensor } from "../../tensor/array-tensor.js";
import { allocate, isFloating } from "../../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../../tensor/shape.js";
import { isSmooth, pointsOf, rangeOf, type Kind, type OperandKind } from "./kind.js";

/** One trial of a law, also the argument of `law.at`. */
export interface Trial {
  readonly operands: readonly ArrayTensor[];
  readonly params: unknown;
  /** Other operands of the same kind: what they are for, the law says. */
  readonly others: readonly ArrayTensor[];
  /** One for each floating operand. */
  readonly tangents: readonly ArrayTensor[];
  /** One for each floating output. */
  readonly cotangents: readonly ArrayTensor[];
}

/** Which trials a law wants. */
export interface Wants {
  /** Away from kinks and ties. */
  readonly smooth?: boolean;
  /** Other operands. */
  readonly others?: boolean;
}

const tensorOf = ({ shape, dtype }: Aval, elements: readonly number[]): ArrayTensor => {
  const data = allocate(dtype, elements.length);
  data.set(elements);
  return contiguousTensor(data, shape, dtype);
};

const elements = (operand: OperandKind, smooth: boolean, apart: number): fc.Arbitrary<readonly number[]> => {
  const size = sizeOfShape(operand.shape);
  const length = { minLength: size, maxLength: size };
  const { step, first, last } = rangeOf(operand, apart);
  const place = fc.integer({ min: first, max: last });
  const keep = (x: number): boolean => !smooth || isSmooth(operand.domain, x);
  if (apart > 0) {
    return fc
      .uniqueArray(
        place.filter((index) => keep(index * step)),
        length,
      )
      .map((places) => places.map((index) => index * step));
  }
  const points = pointsOf(operand, smooth);
  const inside = place.map((index) => index * step).filter(keep);
  const element =
    points.length === 0
      ? inside
      : fc.oneof(
          { withCrossShrink: true },
          { arbitrary: inside, weight: 4 },
          { arbitrary: fc.constantFrom(...points), weight: 1 },
        );
  return fc.array(element, length);
};

const operandsOf = ({ operands, apart }: Kind, smooth: boolean): fc.Arbitrary<readonly ArrayTensor[]> =>
  fc.tuple(
    ...operands.map((operand) =>
      elements(operand, smooth, smooth && isFloating(operand.dtype) ? apart : 0).map((list) =>
        tensorOf(operand, list),
      ),
    ),
  );

/** Multiples of an eighth between -1 and 1. */
const directions = (avals: readonly Aval[]): fc.Arbitrary<readonly ArrayTensor[]> =>
  fc.tuple(
    ...avals
      .filter(({ dtype }) => isFloating(dtype))
      .map((aval) => {
        const size = sizeOfShape(aval.shape);
        return fc
          .array(fc.integer({ min: -8, max: 8 }), { minLength: size, maxLength: size })
          .map((eighths) =>
            tensorOf(
              aval,
              eighths.map((n) => n / 8),
            ),
          );
      }),
  );

/** Trials of a kind of call whose outputs are known. */
export const trials = (
  kind: Kind,
  outputs: readonly Aval[],
  { smooth = false, others = false }: Wants,
): fc.Arbitrary<Trial> =>
  fc.record({
    operands: operandsOf(kind, smooth),
    params: fc.constant(kind.params),
    others: others ? operandsOf(kind, smooth) : fc.constant([]),
    tangents: directions(kind.operands),
    cotangents: directions(outputs),
  });

/** Trials that visit the points of the domain: each operand runs through its own, the next one begins at another. */
export const visits = (
  kind: Kind,
  outputs: readonly Aval[],
  { smooth = false, others = false }: Wants,
): readonly Trial[] => {
  const points = kind.operands.map((operand) => pointsOf(operand, smooth));
  if ((smooth && kind.apart > 0) || points.some((list) => list.length === 0)) return [];
  const rounds = Math.max(1, ...points.map((list) => list.length));
  const from = (round: number): readonly ArrayTensor[] =>
    kind.operands.map((operand, place) => {
      const list = points[place] ?? [];
      const start = round * (place + 1);
      return tensorOf(
        operand,
        Array.from(
          { length: sizeOfShape(operand.shape) },
          (_, index) => list[(start + index) % list.length] ?? 0,
        ),
      );
    });
  const ones = (avals: readonly Aval[]): readonly ArrayTensor[] =>
    avals
      .filter(({ dtype }) => isFloating(dtype))
      .map((aval, place) =>
        tensorOf(
          aval,
          Array.from({ length: sizeOfShape(aval.shape) }, (_, index) => ((index + place) % 3) / 2 - 0.5),
        ),
      );
  return Array.from({ length: Math.min(rounds, mostVisits) }, (_, round) => ({
    operands: from(round),
    params: kind.params,
    others: others ? from(round + 1) : [],
    tangents: ones(kind.operands),
    cotangents: ones(outputs),
  }));
};

/** Samples with more points than this still visit each, in tensors of more than one element. */
const mostVisits = 6;
