/**
 * The order of rows: a merge sort from runs of one element on, without branches where two elements are compared. What is merged is
 * a whole number that is ordered as the elements are, with the element's place behind it, so that equal elements keep their order.
 */

import type { Equation } from "../program/program.js";
import type { SortParams } from "../primitives/order.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { DType } from "../types/tensor.js";
import { advance, branchIf, forRange, loop, select, when } from "../wasm/control.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { f32, f64 } from "../wasm/float.js";
import { i32, i64 } from "../wasm/integer.js";
import { v128 } from "../wasm/simd.js";
import type { CodeBlock } from "./code-block.js";
import { addressOf } from "./copy.js";

type Address = Expression<"i32">;

/** Writes, for each row of the last axis, the places of its elements in their order. */
export const writeArgSort = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const [x] = inputs as readonly [Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const { descending } = params as SortParams; // of an order
  const { dtype } = x;
  const [from, to] = [block.bufferOf(x), block.resultBuffer(output)];
  const length = output.shape.at(-1) ?? 1;
  const rows = sizeOfShape(output.shape) / length;
  if (!(rows > 0)) return;
  const records: Records = dtype === "float64" ? wideRecords : narrowRecords;
  const bytes = records.bytes * length;
  // One more, since the record behind a run is read.
  const room = { shape: [bytes / 8 + 2], dtype: "float64" } as const;
  const [here, there] = [block.allocate(room), block.allocate(room)];
  const [source, target, row, k] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const [sorted, other, record] = [local("i32"), local("i32"), local("i32")];
  const eachRecord = (body: readonly Statement[]): Statement =>
    forRange(k, 0, length, 1, [record.set(i32.add(sorted, i32.mul(k, records.bytes))), ...body]);
  block.statements.push(
    source.set(addressOf(from)),
    target.set(addressOf(to)),
    forRange(row, 0, rows, 1, [
      sorted.set(addressOf(here)),
      other.set(addressOf(there)),
      eachRecord([
        ...records.write(record, keyOf(source, dtype, descending), k),
        advance(source, bytesOf(dtype)),
      ]),
      ...mergeSort(sorted, other, bytes, records),
      eachRecord([i32.store(target, records.placeAt(record)), advance(target, 4)]),
    ]),
  );
  block.giveBack(here);
  block.giveBack(there);
};

/** Sorts records, between two places; the first holds them, before and after. */
const mergeSort = (
  sorted: Local<"i32">,
  other: Local<"i32">,
  bytes: number,
  records: Records,
): readonly Statement[] => {
  const [width, run, end, middle] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const [left, right, out] = [local("i32"), local("i32"), local("i32")];
  const least = (address: Address): Address => select(i32.ltU(address, end), address, end);
  const merges = forRange(run, 0, bytes, i32.shl(width, 1), [
    left.set(i32.add(sorted, run)),
    middle.set(least(i32.add(left, width))),
    right.set(middle),
    ...merged({ left, middle, right, end: least(i32.add(middle, width)), out }, records),
  ]);
  return bytes <= records.bytes
    ? []
    : [
        width.set(records.bytes),
        loop((again) => [
          end.set(i32.add(sorted, bytes)),
          out.set(other),
          merges,
          // What was written is sorted now.
          run.set(sorted),
          sorted.set(other),
          other.set(run),
          branchIf(again, i32.ltU(width.tee(i32.shl(width, 1)), bytes)),
        ]),
      ];
};

/** Two runs, one behind the other, and where they go. */
interface Runs {
  readonly left: Local<"i32">;
  readonly middle: Local<"i32">;
  readonly right: Local<"i32">;
  readonly end: Address;
  readonly out: Local<"i32">;
}

const merged = ({ left, middle, right, end, out }: Runs, records: Records): readonly Statement[] => {
  const { bytes } = records;
  const [last, isLeft] = [local("i32"), local("i32")];
  const bothLeft = i32.and(i32.ltU(left, middle), i32.ltU(right, last));
  const step = [
    isLeft.set(i64.leS(records.keyAt(left), records.keyAt(right))),
    records.copy(out, select(isLeft, left, right)),
    advance(out, bytes),
    advance(left, i32.mul(isLeft, bytes)),
    advance(right, i32.sub(bytes, i32.mul(isLeft, bytes))),
  ];
  const rest = (from: Local<"i32">, to: Address): Statement =>
    when(i32.ltU(from, to), [
      loop((again) => [
        records.copy(out, from),
        advance(out, bytes),
        branchIf(again, i32.ltU(from.tee(i32.add(from, bytes)), to)),
      ]),
    ]);
  return [
    last.set(end),
    when(bothLeft, [loop((again) => [...step, branchIf(again, bothLeft)])]),
    rest(left, middle),
    rest(right, last),
  ];
};

/** What is moved for an element: its key and its place. */
interface Records {
  readonly bytes: number;
  write(at: Address, key: Expression<"i32"> | Expression<"i64">, place: Address): readonly Statement[];
  keyAt(at: Address): Expression<"i64">;
  placeAt(at: Address): Expression<"i32">;
  copy(to: Address, from: Address): Statement;
}

/** A key of 32 bits with the place as the lower half of one number. */
const narrowRecords: Records = {
  bytes: 8,
  write: (at, key, place) => [i32.store(at, place), i32.store(at, key as Expression<"i32">, 4)],
  keyAt: (at) => i64.load(at),
  placeAt: (at) => i32.load(at),
  copy: (to, from) => i64.store(to, i64.load(from)),
};

/** A key of 64 bits, and the place behind it. */
const wideRecords: Records = {
  bytes: 16,
  write: (at, key, place) => [i64.store(at, key as Expression<"i64">), i32.store(at, place, 8)],
  keyAt: (at) => i64.load(at),
  placeAt: (at) => i32.load(at, 8),
  copy: (to, from) => v128.store(to, v128.load(from)),
};

/**
 * A signed number that is ordered as an element is: of the bits of a negative float all but the sign are turned, zeros are one, and a
 * NaN is the largest. All bits are turned for decreasing order.
 */
const keyOf = (at: Address, dtype: DType, descending: boolean): Expression<"i32"> | Expression<"i64"> => {
  if (dtype === "float64") {
    const [x, bits] = [f64.load(at), i64.load(at)];
    const turned = i64.xor(bits, i64.shrU(i64.shrS(bits, 63), 1));
    const ordered = select(f64.eq(x, 0), i64.const(0), turned);
    const key = select(f64.ne(x, x), i64.const(2n ** 63n - 1n), ordered);
    return descending ? i64.xor(key, -1) : key;
  }
  const key = shortKey(at, dtype);
  return descending ? i32.xor(key, -1) : key;
};

const shortKey = (at: Address, dtype: Exclude<DType, "float64">): Expression<"i32"> => {
  if (dtype === "bool") return i32.load8U(at);
  const bits = i32.load(at);
  if (dtype === "int32") return bits;
  if (dtype === "uint32") return i32.xor(bits, -(2 ** 31));
  const x = f32.load(at);
  const turned = i32.xor(bits, i32.shrU(i32.shrS(bits, 31), 1));
  const ordered = select(f32.eq(x, 0), i32.const(0), turned);
  return select(f32.ne(x, x), i32.const(2 ** 31 - 1), ordered);
};
