/** Running sums: along rows four elements at a time, along other axes columns side by side. Float32 is added up in float64. */

import type { CumulativeParams } from "../primitives/cumulative.js";
import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { DType } from "../types/tensor.js";
import { advance, forRange } from "../wasm/control.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { f32x4, f64x2, i32x4, shuffle32, v128 } from "../wasm/simd.js";
import type { ValueType } from "../wasm/value-type.js";
import { loadNumber, storeNumber } from "./access.js";
import type { CodeBlock } from "./code-block.js";
import { addressOf } from "./copy.js";
import { scalarType } from "./lanes.js";
import { ScalarLanes } from "./scalar-lanes.js";

type Vector = Expression<"v128">;

/** Where the next element, or the next ones, are read and written. */
interface Walk {
  readonly source: Local<"i32">;
  readonly target: Local<"i32">;
}

/** Elements side by side, each added to the total of its own column: how a step begins, and is made. */
interface Columns {
  readonly bytes: number;
  readonly begin: readonly Statement[];
  step(walk: Walk): readonly Statement[];
}

/** Writes the sums of the elements up to, or from, each place along an axis. */
export const writeCumulation = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const [x] = inputs as readonly [Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const { axis, reverse } = params as CumulativeParams; // of a running sum
  const { shape, dtype } = output;
  const [from, to] = [block.bufferOf(x), block.resultBuffer(output)];
  const [length, inner] = [shape[axis] ?? 1, sizeOfShape(shape.slice(axis + 1))];
  const size = bytesOf(dtype);
  const [whole, part, step] = [sizeOfShape(shape) * size, length * inner * size, inner * size];
  if (whole === 0) return;
  const walk: Walk = { source: local("i32"), target: local("i32") };
  const place = local("i32");
  const startAt = (offset: number): readonly Statement[] => [
    walk.source.set(i32.add(i32.add(addressOf(from), offset), place)),
    walk.target.set(i32.add(i32.add(addressOf(to), offset), place)),
  ];
  if (inner === 1 && dtype !== "float64") {
    const row = [...startAt(reverse ? part - 16 : 0), ...alongRow(walk, length, reverse, dtype)];
    block.statements.push(forRange(place, 0, whole, part, row));
    return;
  }
  const [first, count] = [local("i32"), local("i32")];
  const strips = stripsOf(step, dtype).map(({ from: begin, to: end, columns }) => {
    const body = [...columns.step(walk), ...moved(walk, reverse ? -step : step)];
    return forRange(place, i32.add(first, begin), i32.add(first, end), columns.bytes, [
      ...startAt(reverse ? part - step : 0),
      ...columns.begin,
      forRange(count, 0, length, 1, body),
    ]);
  });
  block.statements.push(forRange(first, 0, whole, part, strips));
};

const moved = ({ source, target }: Walk, by: number): readonly Statement[] => [
  advance(source, by),
  advance(target, by),
];

/** The columns of so many bytes: a line of the cache at a time, then a vector, then one element. */
const stripsOf = (bytes: number, dtype: DType) => {
  const [lines, vectors] = [64, 16].map((width) => Math.floor(bytes / width) * width) as [number, number];
  return [
    { from: 0, to: lines, columns: vectorColumns(4, dtype) },
    { from: lines, to: vectors, columns: vectorColumns(1, dtype) },
    { from: vectors, to: bytes, columns: oneColumn(dtype) },
  ].filter(({ from, to }) => from < to);
};

const oneColumn = (dtype: DType): Columns => {
  const { total, begin, add } = numberTotal(dtype);
  return {
    bytes: bytesOf(dtype),
    begin: [total.set(begin)],
    step: ({ source, target }) => add(source, target),
  };
};

/** The total of nothing is -0, which changes no sum. */
const numberTotal = (dtype: DType) => {
  const scalars = new ScalarLanes(new Map());
  const wide = dtype === "float32" ? "float64" : dtype;
  const total = local<ValueType>(scalarType(wide));
  const add = (source: Expression<"i32">, target: Expression<"i32">): readonly Statement[] => {
    scalars.sink = [];
    const x = scalars.convert({ dtype, value: loadNumber(source, 0, dtype) }, wide);
    const sum = scalars.add({ dtype: wide, value: total }, x);
    scalars.sink.push(total.set(sum.value));
    scalars.sink.push(storeNumber(target, 0, scalars.convert(sum, dtype)));
    return scalars.sink;
  };
  return { total, begin: scalars.constant(-0, wide).value, add };
};

const vectorColumns = (count: number, dtype: DType): Columns => {
  const totals = Array.from({ length: count }, () => vectorTotal(dtype));
  return {
    bytes: 16 * count,
    begin: totals.flatMap(({ begin }) => begin),
    step: ({ source, target }) =>
      totals.flatMap(({ add, value }, place) => [
        ...add(v128.load(source, 16 * place)),
        v128.store(target, value, 16 * place),
      ]),
  };
};

interface VectorTotal {
  readonly begin: readonly Statement[];
  readonly add: (elements: Vector) => readonly Statement[];
  readonly value: Vector;
}

const vectorTotal = (dtype: DType): VectorTotal => {
  const total = local("v128");
  if (dtype !== "float32") {
    const [nothing, { add }] = dtype === "float64" ? [none, f64x2] : [i32x4.const(0), i32x4];
    return { begin: [total.set(nothing)], add: (x) => [total.set(add(total, x))], value: total };
  }
  const [x, high] = [local("v128"), local("v128")];
  return {
    begin: [total.set(none), high.set(none)],
    add: (elements) => [
      x.set(elements),
      total.set(f64x2.add(total, f64x2.promoteLowF32x4(x))),
      high.set(f64x2.add(high, f64x2.promoteLowF32x4(upper(x)))),
    ],
    value: narrow(total, high),
  };
};

const none = /* @__PURE__ */ f64x2.const(-0);
const upper = (x: Vector): Vector => shuffle32(x, x, [2, 3, 2, 3]);
const narrow = (low: Vector, high: Vector): Vector =>
  shuffle32(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 1, 4, 5]);

/** Sums within a vector do not wait for the total of those before it: one addition a vector does. */
const alongRow = (walk: Walk, length: number, reverse: boolean, dtype: DType): readonly Statement[] => {
  const { source, target } = walk;
  const turned = (x: Vector): Vector => (reverse ? shuffle32(x, x, [3, 2, 1, 0]) : x);
  const [x, count] = [local("v128"), local("i32")];
  const { before, begin, step, value, first } = dtype === "float32" ? singles(x) : integers(x);
  const full = Math.floor(length / 4);
  const body = [x.set(turned(v128.load(source))), ...step, v128.store(target, turned(value))];
  const next = [before.set(first), ...moved(walk, reverse ? -16 : 16)];
  const { total, add } = numberTotal(dtype);
  const rest = Array.from({ length: length - 4 * full }, (_, k) => 4 * (reverse ? 3 - k : k));
  return [
    before.set(begin),
    forRange(count, 0, full, 1, [...body, ...next]),
    total.set((dtype === "float32" ? f64x2 : i32x4).extractLane(before, 0)),
    ...rest.flatMap((offset) => add(i32.add(source, offset), i32.add(target, offset))),
  ];
};

/** The sums of a vector, what was summed before it in all lanes, and what that is behind it. */
interface VectorSums {
  readonly before: Local<"v128">;
  readonly begin: Vector;
  readonly step: readonly Statement[];
  readonly value: Vector;
  readonly first: Vector;
}

const singles = (x: Vector): VectorSums => {
  const [before, low, high] = [local("v128"), local("v128"), local("v128")];
  const pairs = (half: Local<"v128">): Statement =>
    half.set(f64x2.add(half, shuffle32(none, half, [0, 1, 4, 5])));
  return {
    before,
    begin: none,
    step: [
      low.set(f64x2.promoteLowF32x4(x)),
      high.set(f64x2.promoteLowF32x4(upper(x))),
      pairs(low),
      pairs(high),
      high.set(f64x2.add(high, upper(low))),
    ],
    value: narrow(f64x2.add(before, low), f64x2.add(before, high)),
    first: f64x2.add(before, upper(high)),
  };
};

const integers = (x: Local<"v128">): VectorSums => {
  const before = local("v128");
  const zero = i32x4.const(0);
  return {
    before,
    begin: zero,
    step: [
      x.set(i32x4.add(x, shuffle32(zero, x, [0, 4, 5, 6]))),
      x.set(i32x4.add(x, shuffle32(zero, x, [0, 1, 4, 5]))),
    ],
    value: i32x4.add(before, x),
    first: i32x4.add(before, shuffle32(x, x, [3, 3, 3, 3])),
  };
};
