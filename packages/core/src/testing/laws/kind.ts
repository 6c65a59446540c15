/** The kinds of call that samples describe: each case with each choice of dtypes, and the numbers that an operand may hold. */

import type { Domain, SampleCase, Samples } from "../../program/samples.js";
import { isFloating } from "../../tensor/dtype.js";
import { showAval } from "../../tensor/shape.js";
import type { DType, Shape } from "../../types/tensor.js";

/** One operand of a kind of call. */
export interface OperandKind {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly domain: Domain;
}

/** One case with one choice of dtypes. */
export interface Kind {
  readonly operands: readonly OperandKind[];
  readonly params: unknown;
  /** The least difference between elements of one operand, where differences are taken. */
  readonly apart: number;
}

/** `gather(float64[2, 3], int32[2])`. */
export const showKind = (name: string, { operands }: Kind): string =>
  `${name}(${operands.map(showAval).join(", ")})`;

/** The entry at a place of a list whose last one repeats. */
const at = <A>(list: readonly A[], index: number): A | undefined => list[Math.min(index, list.length - 1)];

const unbounded: Domain = { min: -1, max: 1 };

const kindOf = (samples: Samples<unknown>, sample: SampleCase<unknown>, dtypes: readonly DType[]): Kind => ({
  operands: sample.shapes.map((shape, index) => ({
    shape,
    dtype: at(dtypes, index) ?? "float64",
    domain: at(sample.operands ?? samples.operands, index) ?? unbounded,
  })),
  params: sample.params,
  apart: samples.apart ?? 0,
});

/** Every kind of call whose operands exist: a domain of negative numbers has no uint32. */
export const kindsOf = (samples: Samples<unknown>): readonly Kind[] =>
  samples.cases.flatMap((sample) =>
    samples.dtypes
      .map((dtypes) => kindOf(samples, sample, dtypes))
      .filter(({ operands }) => operands.every(hasMembers)),
  );

/** Operands with a float64 among them, and no other floating dtype: where derivatives are checked. */
export const isDifferentiable = ({ operands }: Kind): boolean => {
  const dtypes = operands.map(({ dtype }) => dtype).filter(isFloating);
  return dtypes.length > 0 && dtypes.every((dtype) => dtype === "float64");
};

/** The same kind of call in float64. */
export const widened = (kind: Kind): Kind => ({
  ...kind,
  operands: kind.operands.map((operand) =>
    operand.dtype === "float32" ? { ...operand, dtype: "float64" } : operand,
  ),
});

/** Whether samples hold a kind of call. */
export const includesKind = (kinds: readonly Kind[], kind: Kind): boolean =>
  kinds.some(
    ({ operands, params }) =>
      params === kind.params &&
      operands.length === kind.operands.length &&
      operands.every(
        ({ shape, dtype }, index) =>
          shape === kind.operands[index]?.shape && dtype === kind.operands[index].dtype,
      ),
  );

/** Numbers are drawn on a grid of this step: they are exact in float32, and short when printed. */
export const grid = 1 / 1024;

/** Derivatives are taken at least this far from a kink. */
export const distance = 1 / 16;

/** The least and the greatest place on the grid (of the whole numbers, where there is no other) that a domain holds. */
export interface Range {
  readonly step: number;
  readonly first: number;
  readonly last: number;
}

const limits = (dtype: DType): readonly [number, number] =>
  dtype === "int32"
    ? [-(2 ** 31), 2 ** 31 - 1]
    : dtype === "uint32"
      ? [0, 2 ** 32 - 1]
      : dtype === "bool"
        ? [0, 1]
        : [-Infinity, Infinity];

/** Where the numbers of an operand stand. */
export const rangeOf = ({ dtype, domain }: OperandKind, apart = 0): Range => {
  const whole = domain.whole === true || !isFloating(dtype);
  const step = whole ? Math.max(1, Math.ceil(apart)) : grid * Math.max(1, Math.ceil(apart / grid));
  const [least, greatest] = limits(dtype);
  return {
    step,
    first: Math.ceil(Math.max(domain.min, least) / step),
    last: Math.floor(Math.min(domain.max, greatest) / step),
  };
};

const hasMembers = (operand: OperandKind): boolean => {
  const { first, last } = rangeOf(operand);
  return first <= last;
};

/** Whether a number is no kink, and far enough from all of them. */
export const isSmooth = ({ kinks = [] }: Domain, x: number): boolean =>
  Number.isFinite(x) && kinks.every((kink) => Math.abs(x - kink) >= distance);

/** The numbers that are visited in any case: the points, and the ends of the domain. */
export const pointsOf = ({ dtype, domain }: OperandKind, smooth: boolean): readonly number[] => {
  const [least, greatest] = limits(dtype);
  const whole = domain.whole === true || !isFloating(dtype);
  const holds = (x: number): boolean =>
    Number.isFinite(x) ? x >= least && x <= greatest && (!whole || Number.isInteger(x)) : isFloating(dtype);
  return [...(domain.points ?? []), domain.min, domain.max].filter(
    (x) => holds(x) && (!smooth || isSmooth(domain, x)),
  );
};
