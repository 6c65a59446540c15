/** Small values, one element a variable: loops are written out, and moving elements costs nothing. */

import type { ContractParams } from "../primitives/contract.js";
import type { Affine, FoldName, Lowering } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import type { Operation } from "./expression-graph.js";
import { inPairs, startOf, step } from "./folds.js";
import { hasVectorFunction, laneOf, packed, type Lane } from "./lanes.js";
import type { ScalarLanes } from "./scalar-lanes.js";
import type { VectorLanes } from "./vector-lanes.js";

/** Stencils that cost more than this are computed four elements at a time. */
const costly = 6;

/** The elements of an equation's result from those of its operands. */
export const laneResults = (
  equation: Equation,
  operands: readonly (readonly Lane[])[],
  scalars: ScalarLanes,
  vectors: VectorLanes,
): readonly Lane[] => {
  const { primitive, inputs, outputs, params } = equation;
  const output = outputs[0] as Aval; // what is written so gives one value
  const { lower } = primitive;
  const first = operands[0] ?? [];
  switch (lower.kind) {
    case "elementwise":
      return elementwise(primitive.name, lower, params, output, operands, scalars, vectors);
    case "stencil":
      return stencil(lower, params, output, inputs, operands, scalars, vectors);
    case "view": {
      const [input] = inputs as readonly [Value];
      const strides = rowMajorStrides(input.shape);
      const indices = lower.index(input, params, output);
      return eachIndex(output.shape).map((index) => {
        const place = placeIn(
          strides,
          indices.map((at) => numberAt(at, index)),
        );
        return first[place] as Lane; // an index inside the operand
      });
    }
    case "reshape":
      return first;
    case "iota":
      return Array.from({ length: sizeOfShape(output.shape) }, (_, index) =>
        scalars.constant(index, output.dtype),
      );
    case "reduce":
      return reduced(lower.fold, (inputs[0] as Aval).shape, lower.axes(params), first, output, scalars);
    case "parts":
      return joined(lower.parts(inputs, params, output), output, operands, inputs, scalars);
    case "contract":
      return contracted(
        inputs as readonly [Value, Value],
        params as ContractParams,
        output,
        operands,
        scalars,
      );
    default:
      throw new TypeError(`${primitive.name} is not written element by element`);
  }
};

const eachIndex = (shape: Shape): readonly (readonly number[])[] =>
  shape.reduce<readonly (readonly number[])[]>(
    (list, length) => list.flatMap((index) => Array.from({ length }, (_, k) => [...index, k])),
    [[]],
  );

const placeIn = (strides: readonly number[], index: readonly number[]): number =>
  index.reduce((sum, k, axis) => sum + k * (strides[axis] ?? 0), 0);

const numberAt = ({ start, steps }: Affine, index: readonly number[]): number =>
  steps.reduce((sum, by, k) => sum + by * (index[k] ?? 0), start);

type Emitter = Operation["lower"];

const stencil = (
  lower: Extract<Lowering<unknown>, { kind: "stencil" }>,
  params: unknown,
  output: Aval,
  inputs: readonly Aval[],
  operands: readonly (readonly Lane[])[],
  scalars: ScalarLanes,
  vectors: VectorLanes,
): readonly Lane[] => {
  const strides = inputs.map(({ shape }) => rowMajorStrides(shape));
  const indices = eachIndex(output.shape);
  const read = lower.reads(inputs, params, output).map((reading) =>
    indices.map((index): Lane => {
      if ("number" in reading) return scalars.constant(numberAt(reading.number, index), "uint32");
      const { operand, at } = reading;
      const place = placeIn(
        strides[operand] ?? [],
        at.map((each) => numberAt(each, index)),
      );
      return operands[operand]?.[place] as Lane; // an index inside the operand
    }),
  );
  const isWide = [output, ...inputs].some(({ dtype }) => dtype === "float64");
  return lower.cost > costly && indices.length > 1 && !isWide
    ? sideBySide(lower, params, output, read, scalars, vectors)
    : oneByOne(lower, params, output, read, scalars);
};

const elementwise = (
  name: string,
  lower: Extract<Lowering<unknown>, { kind: "elementwise" }>,
  params: unknown,
  output: Aval,
  operands: readonly (readonly Lane[])[],
  scalars: ScalarLanes,
  vectors: VectorLanes,
): readonly Lane[] => {
  const size = sizeOfShape(output.shape);
  const dtypes = operands.map(([lane]) => lane?.dtype);
  return size < 2 || !hasVectorFunction(name, dtypes, output.dtype)
    ? oneByOne(lower, params, output, operands, scalars)
    : sideBySide(lower, params, output, operands, scalars, vectors);
};

const oneByOne = (
  lower: Emitter,
  params: unknown,
  output: Aval,
  operands: readonly (readonly Lane[])[],
  scalars: ScalarLanes,
): readonly Lane[] =>
  Array.from({ length: sizeOfShape(output.shape) }, (_, k) =>
    lower.emit<Lane>(
      scalars,
      operands.map((lanes) => lanes[k] as Lane),
      params,
      output,
    ),
  );

/** What is long costs the same for four elements as for one. */
const sideBySide = (
  lower: Emitter,
  params: unknown,
  output: Aval,
  operands: readonly (readonly Lane[])[],
  scalars: ScalarLanes,
  vectors: VectorLanes,
): readonly Lane[] => {
  const size = sizeOfShape(output.shape);
  const lanes: Lane[] = [];
  for (let start = 0; start < size; start += 4) {
    const count = Math.min(4, size - start);
    const sides = operands.map((all): Lane => {
      const some = all.slice(start, start + count);
      const { dtype } = some[0] as Lane; // one at least
      return {
        dtype,
        value: packed(
          some.map(({ value }) => value),
          dtype,
        ),
      };
    });
    const result = lower.emit<Lane>(vectors, sides, params, output);
    for (let lane = 0; lane < count; lane++) lanes.push(scalars.named(laneOf(result, lane)));
  }
  return lanes;
};

/** Folded in pairs. */
const foldAll = (fold: FoldName, lanes: readonly Lane[], output: Aval, scalars: ScalarLanes): Lane => {
  const logical = fold === "all" || fold === "any";
  const [first, ...others] = logical ? lanes.map((lane) => scalars.convert(lane, "bool")) : lanes;
  if (first === undefined) return scalars.constant(startOf(fold, output.dtype), output.dtype);
  return inPairs((a, b) => step(scalars, fold, a, b), [first, ...others]);
};

const reduced = (
  fold: FoldName,
  shape: Shape,
  axes: readonly number[],
  lanes: readonly Lane[],
  output: Aval,
  scalars: ScalarLanes,
): readonly Lane[] => {
  const strides = rowMajorStrides(output.shape);
  const groups = Array.from({ length: sizeOfShape(output.shape) }, (): Lane[] => []);
  eachIndex(shape).forEach((index, place) => {
    const kept = index.filter((_, axis) => !axes.includes(axis));
    groups[placeIn(strides, kept)]?.push(lanes[place] as Lane);
  });
  return groups.map((group) => foldAll(fold, group, output, scalars));
};

const joined = (
  { value, operands: parts }: ReturnType<Extract<Lowering<unknown>, { kind: "parts" }>["parts"]>,
  output: Aval,
  operands: readonly (readonly Lane[])[],
  inputs: readonly Aval[],
  scalars: ScalarLanes,
): readonly Lane[] => {
  const strides = rowMajorStrides(output.shape);
  const lanes = Array.from({ length: sizeOfShape(output.shape) }, () =>
    scalars.constant(value, output.dtype),
  );
  parts.forEach((axes, number) => {
    const from = rowMajorStrides(inputs[number]?.shape ?? []);
    for (const index of eachIndex(axes.map(({ length }) => length))) {
      const source = index.map((k, axis) => k + (axes[axis]?.from ?? 0));
      const target = index.map((k, axis) => (axes[axis]?.to ?? 0) + k * (axes[axis]?.step ?? 1));
      lanes[placeIn(strides, target)] = operands[number]?.[placeIn(from, source)] as Lane; // both inside
    }
  });
  return lanes;
};

const contracted = (
  [x, y]: readonly [Aval, Aval],
  { contracted: [i, j], batch: [p, q] }: ContractParams,
  output: Aval,
  operands: readonly (readonly Lane[])[],
  scalars: ScalarLanes,
): readonly Lane[] => {
  const free = (shape: Shape, taken: readonly number[]): readonly number[] =>
    shape.map((_, axis) => axis).filter((axis) => !taken.includes(axis));
  const lefts = free(x.shape, [...i, ...p]);
  const rights = free(y.shape, [...j, ...q]);
  const [s, t] = [rowMajorStrides(x.shape), rowMajorStrides(y.shape)];
  const depths = eachIndex(i.map((axis) => x.shape[axis] ?? 1));
  return eachIndex(output.shape).map((index) => {
    const at = (axes: readonly number[], strides: readonly number[], from: number): number =>
      axes.reduce((sum, axis, k) => sum + (index[from + k] ?? 0) * (strides[axis] ?? 0), 0);
    const left = at(p, s, 0) + at(lefts, s, p.length);
    const right = at(q, t, 0) + at(rights, t, p.length + lefts.length);
    const products = depths.map((depth) => {
      const a = depth.reduce((sum, k, n) => sum + k * (s[i[n] ?? 0] ?? 0), left);
      const b = depth.reduce((sum, k, n) => sum + k * (t[j[n] ?? 0] ?? 0), right);
      return scalars.mul(operands[0]?.[a] as Lane, operands[1]?.[b] as Lane); // both inside
    });
    return foldAll("sum", products, output, scalars);
  });
};
