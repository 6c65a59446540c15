/** What a step of a random program may be: each takes what fits from the values so far, or nothing. */

import { add, negative, plus, sub } from "../../primitives/additive.js";
import { equal, less, logicalAnd, logicalNot } from "../../primitives/comparison.js";
import { joinAlong, reverse } from "../../primitives/concatenate-flip.js";
import { contract } from "../../primitives/contract.js";
import { convertTo } from "../../primitives/convert.js";
import { cumSumAlong } from "../../primitives/cumulative.js";
import { apply, fill } from "../../primitives/define.js";
import { exp, sigmoid } from "../../primitives/exponential.js";
import { maximum, minimum } from "../../primitives/extremum.js";
import { gather, scatterAdd } from "../../primitives/gather-scatter.js";
import { iota } from "../../primitives/iota.js";
import { times } from "../../primitives/multiplicative.js";
import { argMaxAlong, argSortLast } from "../../primitives/order.js";
import { sqrt } from "../../primitives/powers.js";
import { div, square } from "../../primitives/quotient.js";
import { reduceAll, reduceAny, reduceMax, reduceMin, reduceProd } from "../../primitives/reductions.js";
import { permutePrimitive, reshapePrimitive } from "../../primitives/reshape.js";
import { abs, floor, mod, sign } from "../../primitives/rounding.js";
import { choose } from "../../primitives/select.js";
import { pad, slicePrimitive } from "../../primitives/slice-pad.js";
import { broadcastPrimitive, sumPrimitive } from "../../primitives/sum-broadcast.js";
import { sin, tanh } from "../../primitives/trigonometry.js";
import { dtypes, isFloating } from "../../tensor/dtype.js";
import { sameAval, sizeOfShape, type Aval } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import { asTensor } from "../../trace/operands.js";
import { isNumeric, pick, type Make, type Step } from "./step.js";
import { convolved, windowed } from "./window-steps.js";

const isFloat = ({ dtype }: Value): boolean => isFloating(dtype);
const isBool = ({ dtype }: Value): boolean => dtype === "bool";
const hasAxis = ({ shape }: Value): boolean => shape.length > 0;
const sized = (value: Value): boolean => sizeOfShape(value.shape) > 0;

/** The operations are typed by phantom shapes, and give values. */
const value = (result: unknown): Value => asTensor("arbitraries.programs", result);

/** Constants that identities look for, and one that they do not. */
const floats = [0, 1, -1, -0, 2, 0.5, 3, NaN];
const integers = [0, 1, -1, 2, 3];
const constantLike = (like: Aval, amount: number): Value => {
  const elements = isFloating(like.dtype) ? floats : like.dtype === "bool" ? [0, 1] : integers;
  return fill(elements[amount % elements.length] ?? 0, like);
};

/** Another value of the same shape and dtype, or a constant. */
const partner = (of: Value, { picks, amount }: Step, values: readonly Value[]): Value =>
  (amount % 3 === 2 ? undefined : pick(values, picks[1], (other) => sameAval(other, of))) ??
  constantLike(of, amount);

const unary =
  (fits: (value: Value) => boolean, functions: readonly ((x: Value) => unknown)[]): Make =>
  ({ picks, amount }, values) => {
    const x = pick(values, picks[0], fits);
    const f = functions[amount % functions.length];
    return x === undefined || f === undefined ? undefined : value(f(x));
  };

const binary =
  (fits: (value: Value) => boolean, functions: readonly ((a: Value, b: Value) => unknown)[]): Make =>
  (step, values) => {
    const a = pick(values, step.picks[0], fits);
    const f = functions[step.picks[2] % functions.length];
    if (a === undefined || f === undefined) return undefined;
    const b = partner(a, step, values);
    return value(step.amount % 2 === 0 ? f(a, b) : f(b, a));
  };

/** Some axes of a shape: those whose bit is set. */
const someAxes = ({ shape }: Value, bits: number): readonly number[] =>
  shape.map((_, axis) => axis).filter((axis) => ((bits >> axis) & 1) === 1);

const reduction =
  (
    fits: (value: Value) => boolean,
    functions: readonly ((x: Value, axes: readonly number[]) => Value)[],
  ): Make =>
  ({ picks, amount }, values) => {
    const x = pick(values, picks[0], fits);
    const f = functions[amount % functions.length];
    return x === undefined || f === undefined ? undefined : f(x, someAxes(x, picks[1] + 1));
  };

const reshaped: Make = ({ picks, amount }, values) => {
  const x = pick(values, picks[0], () => true);
  if (x === undefined) return undefined;
  const withOne = [
    ...x.shape.slice(0, picks[1] % (x.shape.length + 1)),
    1,
    ...x.shape.slice(picks[1] % (x.shape.length + 1)),
  ];
  const shapes = [
    [sizeOfShape(x.shape)],
    withOne,
    x.shape.filter((length) => length !== 1),
    [...x.shape].reverse(),
    x.shape,
  ];
  return apply(reshapePrimitive, [x], { shape: shapes[amount % shapes.length] ?? x.shape });
};

const transposed: Make = ({ picks, amount }, values) => {
  const x = pick(values, picks[0], () => true);
  if (x === undefined) return undefined;
  const axes = x.shape.map((_, axis) => axis);
  const by = amount % Math.max(1, axes.length);
  const rotated = [...axes.slice(by), ...axes.slice(0, by)];
  return apply(permutePrimitive, [x], { permutation: picks[1] % 2 === 0 ? rotated.reverse() : rotated });
};

const broadcasted: Make = ({ picks, amount }, values) => {
  const x = pick(values, picks[0], ({ shape }) => shape.length < 3);
  if (x === undefined) return undefined;
  const place = picks[1] % (x.shape.length + 1);
  const length = amount % 4;
  const stretched = picks[2] % 2 === 1 && x.shape.includes(1);
  const shape = stretched
    ? x.shape.map((other) => (other === 1 ? length : other))
    : [...x.shape.slice(0, place), length, ...x.shape.slice(place)];
  return apply(broadcastPrimitive, [x], {
    shape,
    axes: x.shape.map((_, axis) => (stretched || axis < place ? axis : axis + 1)),
  });
};

const sliced: Make = ({ picks, amount }, values) => {
  const x = pick(values, picks[0], () => true);
  if (x === undefined) return undefined;
  const starts = x.shape.map((length) => (length === 0 ? 0 : picks[1] % length));
  return apply(slicePrimitive, [x], {
    starts,
    stops: x.shape,
    steps: x.shape.map((_, axis) => 1 + ((amount + axis) % 2)),
  });
};

const padded: Make = ({ picks, amount }, values) => {
  const x = pick(
    values,
    picks[0],
    ({ dtype, shape }) => dtype !== "bool" && shape.length > 0 && shape.length < 3,
  );
  if (x === undefined) return undefined;
  return pad(
    x,
    x.shape.map((length) => ({
      low: picks[1] % 2,
      high: length === 0 ? 0 : (picks[2] % 3) - 1,
      interior: amount % 2,
    })),
    amount % 3,
  );
};

/** Two values with an axis of one length: contracted; another is a batch axis now and then, or contracted too. */
const contracted: Make = ({ picks, amount }, values) => {
  const x = pick(values, picks[0], (one) => isNumeric(one) && hasAxis(one));
  if (x === undefined) return undefined;
  const i = picks[2] % x.shape.length;
  const y =
    pick(values, picks[1], (other) => other.dtype === x.dtype && other.shape.includes(x.shape[i] ?? -1)) ?? x;
  const j = y.shape.indexOf(x.shape[i] ?? -1);
  const k = x.shape.findIndex(
    (length, axis) => axis !== i && y.shape.some((other, place) => place !== j && other === length),
  );
  const m = y.shape.findIndex((length, axis) => axis !== j && length === x.shape[k]);
  const isPair = k >= 0 && m >= 0;
  const batch = isPair && amount % 3 === 1 ? ([[k], [m]] as const) : ([[], []] as const);
  return contract(x, y, {
    contracted:
      isPair && amount % 3 === 2
        ? [
            [i, k],
            [j, m],
          ]
        : [[i], [j]],
    batch,
  });
};

/** Indices in range of an axis of a length. */
const indices = (length: number, { picks }: Step, values: readonly Value[]): Value | undefined => {
  const found = pick(values, picks[1], ({ dtype, shape }) => dtype === "int32" && shape.length < 3);
  return found === undefined || length === 0 ? undefined : value(mod(found, fill(length, found)));
};

const gathered: Make = (step, values) => {
  const x = pick(values, step.picks[0], hasAxis);
  const places = indices(x?.shape[0] ?? 0, step, values);
  return x === undefined || places === undefined ? undefined : gather(x, places, 0);
};

const scattered: Make = (step, values) => {
  const x = pick(values, step.picks[0], (one) => hasAxis(one) && isNumeric(one));
  const places = indices(x?.shape[0] ?? 0, step, values);
  if (x === undefined || places === undefined) return undefined;
  return scatterAdd(
    x,
    places,
    constantLike({ shape: [...places.shape, ...x.shape.slice(1)], dtype: x.dtype }, step.amount),
    0,
  );
};

const converted: Make = ({ picks, amount }, values) => {
  const x = pick(values, picks[0], () => true);
  return x === undefined ? undefined : convertTo(x, dtypes[amount % dtypes.length] ?? "float32");
};

const selected: Make = (step, values) => {
  const condition = pick(values, step.picks[0], isBool);
  const a =
    condition === undefined
      ? undefined
      : pick(
          values,
          step.picks[2],
          ({ shape }) =>
            shape.length === condition.shape.length &&
            shape.every((length, axis) => length === condition.shape[axis]),
        );
  if (condition === undefined || a === undefined) return undefined;
  return choose(
    step.amount % 4 === 3 ? constantLike(condition, step.amount) : condition,
    a,
    partner(a, step, values),
  );
};

const joined: Make = (step, values) => {
  const x = pick(values, step.picks[0], hasAxis);
  return x === undefined
    ? undefined
    : joinAlong([x, partner(x, step, values)], step.picks[2] % x.shape.length);
};

const counted: Make = ({ amount }) => iota(amount % 4, amount % 2 === 0 ? "float32" : "int32");

const sum = (x: Value, axes: readonly number[]): Value => apply(sumPrimitive, [x], { axes });

const all = {
  negate: unary(isNumeric, [negative, square, abs, sign]),
  arithmetic: binary(isNumeric, [plus, sub, times, maximum, minimum, add]),
  elementary: unary(isFloat, [sin, exp, tanh, sqrt, floor, sigmoid]),
  quotient: binary(isFloat, [div, sub, times, plus]),
  compare: binary(isNumeric, [less, equal]),
  not: unary(isBool, [logicalNot]),
  logic: binary(isBool, [logicalAnd, equal]),
  sum: reduction(isNumeric, [sum]),
  extremum: reduction((x) => isNumeric(x) && sized(x), [reduceMax, reduceMin, reduceProd]),
  allAny: reduction(isBool, [reduceAll, reduceAny]),
  reshape: reshaped,
  transpose: transposed,
  broadcast: broadcasted,
  slice: sliced,
  pad: padded,
  contract: contracted,
  gather: gathered,
  scatter: scattered,
  convert: converted,
  select: selected,
  join: joined,
  iota: counted,
  reverse: unary(hasAxis, [(x) => reverse(x, [0])]),
  order: unary(
    (x) => hasAxis(x) && isNumeric(x),
    [(x) => cumSumAlong(x, 0, false), (x) => argSortLast(x, false)],
  ),
  convolve: convolved,
  window: windowed,
  argument: unary((x) => hasAxis(x) && isNumeric(x) && sized(x), [(x) => argMaxAlong(x, 0)]),
};

/** The kinds of steps. */
export type StepKind = keyof typeof all;

/** All kinds, the plainest first, to which programs shrink. */
export const steps: Readonly<Record<StepKind, Make>> = all;
export const stepKinds = Object.keys(all) as readonly StepKind[]; // its own keys
