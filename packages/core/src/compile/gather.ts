/** Rows by index, read or added to. An index out of range is a check that fails; it is read after the call. */

import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { DType } from "../types/tensor.js";
import { forRange, sequence, when } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { loadNumber, loadVector, storeNumber, storeVector } from "./access.js";
import type { CodeBlock } from "./code-block.js";
import { addressOf, copyBytes } from "./copy.js";
import { ScalarLanes } from "./scalar-lanes.js";
import { VectorLanes } from "./vector-lanes.js";
import type { BufferStorage } from "./storage.js";

/** `visit` with the addresses of a row by index, and of the row in the gathered layout. */
const eachRow = (
  block: CodeBlock,
  x: BufferStorage,
  indices: BufferStorage,
  rows: BufferStorage,
  batchRank: number,
  visit: (row: Expression<"i32">, place: Expression<"i32">, bytes: number) => readonly Statement[],
): Statement => {
  const { module, base } = block.writer;
  const length = x.shape[batchRank] ?? 0;
  const bytes = sizeOfShape(x.shape.slice(batchRank + 1)) * bytesOf(x.dtype);
  const batches = sizeOfShape(x.shape.slice(0, batchRank));
  const count = sizeOfShape(indices.shape.slice(batchRank));
  const [batch, k, index] = [local("i32"), local("i32"), local("i32")];
  const [from, table, place, row] = [local("i32"), local("i32"), local("i32"), local("i32")];
  return sequence(
    from.set(addressOf(x)),
    table.set(addressOf(indices)),
    place.set(addressOf(rows)),
    forRange(batch, 0, batches, 1, [
      forRange(k, 0, count, 1, [
        index.set(i32.load(table)),
        ...(indices.dtype === "int32" ? [when(i32.ltS(index, 0), [index.set(i32.add(index, length))])] : []),
        when(
          i32.ltU(index, length),
          [row.set(i32.add(from, i32.mul(index, bytes))), ...visit(row, place, bytes)],
          [i32.store(base, 1, module.status)],
        ),
        table.set(i32.add(table, 4)),
        place.set(i32.add(place, bytes)),
      ]),
      from.set(i32.add(from, length * bytes)),
    ]),
  );
};

export const writeGather = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const [x, indices] = inputs as readonly [Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const source = block.bufferOf(x);
  const table = block.bufferOf(indices);
  const result = block.resultBuffer(output);
  const { batchRank } = params as { readonly batchRank: number };
  block.statements.push(
    eachRow(block, source, table, result, batchRank, (row, place, bytes) => [
      copyRow(row, place, bytes, output.dtype),
    ]),
  );
};

/** Rows up to this many bytes are copied by loads and stores. */
const shortRow = 128;

const copyRow = (from: Expression<"i32">, to: Expression<"i32">, bytes: number, dtype: DType): Statement => {
  const size = bytesOf(dtype);
  if (bytes > shortRow || dtype === "bool")
    return copyBytes({ pointer: to, offset: 0 }, { pointer: from, offset: 0 }, bytes);
  const statements: Statement[] = [];
  let at = 0;
  for (; at + 16 <= bytes; at += 16) {
    statements.push(
      ...storeVector(to, at, { dtype: "int32", value: loadVector(from, at, "int32", 1, 4) }, 1, 4),
    );
  }
  for (; at < bytes; at += size)
    statements.push(storeNumber(to, at, { dtype, value: loadNumber(from, at, dtype) }));
  return sequence(...statements);
};

export const writeScatterAdd = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const [x, indices, updates] = inputs as readonly [Value, Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const [source, table, rows] = [block.bufferOf(x), block.bufferOf(indices), block.bufferOf(updates)];
  const result = block.resultBuffer(output);
  const { batchRank } = params as { readonly batchRank: number };
  block.copyTo(source, result);
  block.statements.push(
    eachRow(block, result, table, rows, batchRank, (row, place, bytes) =>
      addRow(block, row, place, bytes, output.dtype),
    ),
  );
};

const addRow = (
  block: CodeBlock,
  to: Expression<"i32">,
  from: Expression<"i32">,
  bytes: number,
  dtype: DType,
): readonly Statement[] => {
  const { numbers } = block.writer.module;
  const size = bytesOf(dtype);
  const [at, end] = [local("i32"), dtype === "float64" ? 0 : Math.floor(bytes / 16) * 16];
  const vectors = new VectorLanes(numbers);
  const [left, right] = [i32.add(to, at), i32.add(from, at)];
  const sum = vectors.add(
    { dtype, value: loadVector(left, 0, dtype, 1, 4) },
    { dtype, value: loadVector(right, 0, dtype, 1, 4) },
  );
  const scalars = new ScalarLanes(numbers);
  for (let place = end; place < bytes; place += size) {
    const total = scalars.add(
      { dtype, value: loadNumber(to, place, dtype) },
      { dtype, value: loadNumber(from, place, dtype) },
    );
    scalars.sink.push(storeNumber(to, place, total));
  }
  const whole = forRange(at, 0, end, 16, [...vectors.sink, ...storeVector(left, 0, sum, 1, 4)]);
  return end > 0 ? [whole, ...scalars.sink] : scalars.sink;
};
