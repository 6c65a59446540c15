/** Transposes and broadcasts that a contraction reads, or that read it, absorbed by its axes. */

import { contract, contractPrimitive, freeAxes, type ContractParams } from "../../primitives/contract.js";
import { permute, permutePrimitive } from "../../primitives/reshape.js";
import { broadcast, broadcastPrimitive } from "../../primitives/sum-broadcast.js";
import type { Value } from "../../tensor/value.js";
import { identity, type Identity, type Surroundings } from "../rewrite.js";

type Sides<A> = readonly [A, A];
type Axes = readonly number[];

const isIncreasing = (axes: Axes): boolean =>
  axes.every((axis, index) => index === 0 || axis > (axes[index - 1] ?? -1));

const replace = <A>(pair: Sides<A>, side: 0 | 1, value: A): Sides<A> =>
  side === 0 ? [value, pair[1]] : [pair[0], value];

const swap = <A>([a, b]: Sides<A>): Sides<A> => [b, a];

/** The contraction with the operand of a transpose: axes have other names, and free ones stay in their order. */
const beforeTranspose = (
  operands: Sides<Value>,
  { contracted, batch }: ContractParams,
  side: 0 | 1,
  around: Surroundings,
): Value | undefined => {
  const given = around.givenBy(permutePrimitive, operands[side]);
  const [source] = given?.inputs ?? [];
  if (given === undefined || source === undefined) return undefined;
  const { permutation } = given.params;
  const before = (axes: Axes): Axes => axes.map((axis) => permutation[axis] ?? axis);
  if (!isIncreasing(before(freeAxes(permutation.length, contracted[side], batch[side])))) return undefined;
  const [x, y] = replace(operands, side, source);
  return contract(x, y, {
    contracted: replace(contracted, side, before(contracted[side])),
    batch: replace(batch, side, before(batch[side])),
  });
};

/**
 * The contraction with what is repeated: a free axis that repeats is one of the result, a batch axis that repeats is a free one
 * of the other operand. The products are other matrices, for which a kernel may round otherwise.
 */
const beforeBroadcast = (
  operands: Sides<Value>,
  params: ContractParams,
  side: 0 | 1,
  around: Surroundings,
  output: Axes,
): Value | undefined => {
  const given = around.givenBy(broadcastPrimitive, operands[side]);
  const [source] = given?.inputs ?? [];
  if (given === undefined || source === undefined || !around.isReadOnce(operands[side])) return undefined;
  const { contracted, batch } = params;
  const { shape, axes } = given.params;
  const added = shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  // What is added is either free throughout, or batch throughout; lengths of what stays do not change.
  if (added.length === 0 || axes.some((axis, index) => source.shape[index] !== shape[axis])) return undefined;
  const before = (list: Axes): Axes =>
    list.flatMap((axis) => (added.includes(axis) ? [] : [axes.indexOf(axis)]));
  const free = freeAxes(shape.length, contracted[side], batch[side]);
  const other = side === 0 ? 1 : 0;
  const otherFree = freeAxes(operands[other].shape.length, contracted[other], batch[other]);
  const [x, y] = replace(operands, side, source);
  if (added.every((axis) => free.includes(axis))) {
    const product = contract(x, y, {
      contracted: replace(contracted, side, before(contracted[side])),
      batch: replace(batch, side, before(batch[side])),
    });
    const first = batch[0].length + (side === 0 ? 0 : otherFree.length);
    const repeated = added.map((axis) => first + free.indexOf(axis));
    return broadcast(
      product,
      output,
      output.flatMap((_, axis) => (repeated.includes(axis) ? [] : [axis])),
    );
  }
  if (!added.every((axis) => batch[side].includes(axis))) return undefined;
  const kept = batch[side].flatMap((axis, place) => (added.includes(axis) ? [] : [place]));
  const rest = batch[other].filter((_, place) => !kept.includes(place));
  const at = (list: Axes): Axes => kept.map((place) => list[place] ?? 0);
  const product = contract(x, y, {
    contracted: replace(contracted, side, before(contracted[side])),
    batch: replace(replace(batch, side, before(at(batch[side]))), other, at(batch[other])),
  });
  // Now: the batch axes that are kept, the free axes of x, those of y; the other operand's hold the batch axes that are gone.
  const freeNow = freeAxes(operands[other].shape.length, contracted[other], at(batch[other]));
  const ownCount = free.length;
  const otherStart = kept.length + (side === 0 ? ownCount : 0);
  const ownStart = kept.length + (side === 0 ? 0 : freeNow.length);
  const placeOf = (axis: number): number => otherStart + freeNow.indexOf(axis);
  const batches = batch[other].map((axis, place) =>
    rest.includes(axis) ? placeOf(axis) : kept.indexOf(place),
  );
  const own = free.map((_, index) => ownStart + index);
  const others = otherFree.map(placeOf);
  return permute(product, [...batches, ...(side === 0 ? [...own, ...others] : [...others, ...own])]);
};

export const contraction = (): readonly Identity[] => [
  identity(contractPrimitive, ([x, y], params, around) => {
    if (x === undefined || y === undefined) return undefined;
    const operands = [x, y] as const;
    const { contracted, batch } = params;
    const length = (side: 0 | 1, axis: number): number => operands[side].shape[axis] ?? 1;
    const output = [
      ...batch[0].map((axis) => length(0, axis)),
      ...freeAxes(x.shape.length, contracted[0], batch[0]).map((axis) => length(0, axis)),
      ...freeAxes(y.shape.length, contracted[1], batch[1]).map((axis) => length(1, axis)),
    ];
    return (
      beforeTranspose(operands, params, 0, around) ??
      beforeTranspose(operands, params, 1, around) ??
      beforeBroadcast(operands, params, 0, around, output) ??
      beforeBroadcast(operands, params, 1, around, output)
    );
  }),
  // A transpose that puts the free axes of the right operand before those of the left one: the operands change places.
  identity(permutePrimitive, ([z], { permutation }, around) => {
    const given = around.givenBy(contractPrimitive, z);
    const [x, y] = given?.inputs ?? [];
    if (given === undefined || x === undefined || y === undefined || z === undefined || !around.isReadOnce(z))
      return undefined;
    const { contracted, batch } = given.params;
    const batches = batch[0].length;
    const left = freeAxes(x.shape.length, contracted[0], batch[0]).length;
    const right = z.shape.length - batches - left;
    const swapped = z.shape.map((_, axis) =>
      axis < batches ? axis : axis < batches + right ? axis + left : axis - right,
    );
    return permutation.every((axis, index) => axis === swapped[index])
      ? contract(y, x, { contracted: swap(contracted), batch: swap(batch) })
      : undefined;
  }),
];
