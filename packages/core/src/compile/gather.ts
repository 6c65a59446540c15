/** Rows by index, read or added to. An index out of range is a check that fails; it is read after the call. */

import { axisIndex, type Affine } from "../program/lowering.js";
import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { DType, Shape } from "../types/tensor.js";
import { forRange, sequence, when } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { loadNumber, loadVector, storeNumber, storeVector } from "./access.js";
import type { CodeBlock, Follow } from "./code-block.js";
import { addressIn, addressOf, copyBytes } from "./copy.js";
import { composed, sum } from "./expression-graph.js";
import type { LoopJob, Root } from "./loop-job.js";
import { writeLoops } from "./loops.js";
import { jobAt } from "./moved-job.js";
import type { BufferStorage } from "./storage.js";

/** Loops over indices, the elements of each row, and, behind them, over rows: the last one's number is an index. */
interface RowDomain {
  readonly indices: Shape;
  readonly row: Shape;
  readonly rank: number;
  /** Where the tensor of rows is, from the numbers of the loops. */
  readonly place: readonly Affine[];
  /** How many rows there are. */
  readonly length: number;
}

const rowDomain = (x: Aval, indices: Shape, { batchRank }: { readonly batchRank: number }): RowDomain => {
  const row = x.shape.slice(batchRank + 1);
  const rank = indices.length + row.length + 1;
  const place = x.shape.map((_, axis) => {
    if (axis === batchRank) return axisIndex(rank, rank - 1);
    return axisIndex(rank, axis < batchRank ? axis : indices.length + axis - batchRank - 1);
  });
  return { indices, row, rank, place, length: x.shape[batchRank] ?? 0 };
};

/** Visits the indices in turn, with the numbers of the loops over them and that of the row. */
const eachIndex = (
  block: CodeBlock,
  indices: BufferStorage,
  { length }: RowDomain,
  visit: (numbers: readonly Expression<"i32">[], index: Expression<"i32">) => readonly Statement[],
): Statement => {
  const { module, base } = block.writer;
  const [table, index] = [local("i32"), local("i32")];
  const counters = indices.shape.map(() => local("i32"));
  const body = [
    index.set(i32.load(table)),
    table.set(i32.add(table, 4)),
    ...(indices.dtype === "int32" ? [when(i32.ltS(index, 0), [index.set(i32.add(index, length))])] : []),
    when(i32.ltU(index, length), visit(counters, index), [i32.store(base, 1, module.status)]),
  ];
  const loops = counters.reduceRight<readonly Statement[]>(
    (inside, counter, axis) => [forRange(counter, 0, indices.shape[axis] ?? 0, 1, inside)],
    body,
  );
  return sequence(table.set(addressOf(indices)), ...loops);
};

/** Loops over one row, at an index. */
const rowLoops = (
  block: CodeBlock,
  job: LoopJob,
  { indices, row, rank }: RowDomain,
  numbers: readonly Expression<"i32">[],
  index: Expression<"i32">,
): readonly Statement[] => {
  const { numbers: host } = block.writer.module;
  const place = Array.from({ length: rank }, (_, axis) => (axis === rank - 1 ? index : numbers[axis]));
  const axes = row.map((length, axis) => ({ axis: indices.length + axis, length }));
  const { statements, job: inside } = jobAt(job, place, axes, host);
  return [...statements, copyOf(inside) ?? writeLoops(inside, host)];
};

/** Rows are computed where they are read, and loops that follow are run on each. */
export const writeGather = (
  block: CodeBlock,
  { inputs, outputs, params }: Equation,
  followed?: { readonly follow: Follow; readonly isKept: boolean },
): void => {
  const [x, indices] = inputs as readonly [Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const rows = rowDomain(x, indices.shape, params as { readonly batchRank: number });
  const table = block.bufferOf(indices);
  const expansion = block.expansion(rows.rank);
  const node = expansion.value(x, rows.place);
  const roots: Root[] = [];
  if (followed?.isKept !== false) {
    const buffer = followed === undefined ? block.resultBuffer(output) : block.bufferOf(output);
    const at = { start: 0, steps: rowMajorStrides(output.shape) };
    roots.push({ node, dtype: output.dtype, target: { buffer, at } });
  }
  if (followed !== undefined) {
    expansion.give(output.index, node);
    roots.push(...followed.follow([table.piece], expansion).roots);
  }
  const { graph } = expansion;
  const job: LoopJob = { domain: output.shape, reduced: output.shape.map(() => false), graph, roots };
  block.statements.push(
    eachIndex(block, table, rows, (numbers, index) => rowLoops(block, job, rows, numbers, index)),
  );
};

/** Updates are computed where they are added. */
export const writeScatterAdd = (block: CodeBlock, { inputs, outputs, params }: Equation): void => {
  const [x, indices, updates] = inputs as readonly [Value, Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const rows = rowDomain(x, indices.shape, params as { readonly batchRank: number });
  const table = block.bufferOf(indices);
  const result = block.resultBuffer(output);
  writeStart(block, x, result);
  const expansion = block.expansion(rows.rank);
  const { graph } = expansion;
  const { steps } = composed({ start: 0, steps: rowMajorStrides(x.shape) }, rows.place, rows.rank);
  const at = { start: 0, steps };
  const update = expansion.value(
    updates,
    updates.shape.map((_, axis) => axisIndex(rows.rank, axis)),
  );
  const before = graph.load(result, output.dtype, at);
  const node = graph.operation(output, { lower: sum, params: {}, output }, [before, update]);
  const roots: readonly Root[] = [{ node, dtype: output.dtype, target: { buffer: result, at } }];
  const job: LoopJob = { domain: updates.shape, reduced: updates.shape.map(() => false), graph, roots };
  block.statements.push(
    eachIndex(block, table, rows, (numbers, index) => rowLoops(block, job, rows, numbers, index)),
  );
};

/** What rows are added to. */
const writeStart = (block: CodeBlock, x: Value, result: BufferStorage): void => {
  const { shape } = x;
  const expansion = block.expansion(shape.length);
  const node = expansion.value(
    x,
    shape.map((_, axis) => axisIndex(shape.length, axis)),
  );
  const at = { start: 0, steps: rowMajorStrides(shape) };
  const roots: readonly Root[] = [{ node, dtype: x.dtype, target: { buffer: result, at } }];
  const job: LoopJob = { domain: shape, reduced: shape.map(() => false), graph: expansion.graph, roots };
  const copy = copyOf(job);
  if (copy === undefined) block.loops(job);
  else block.statements.push(copy);
};

/** A job that copies elements that lie side by side, as one copy. */
const copyOf = ({ domain, roots }: LoopJob): Statement | undefined => {
  const [root, other] = roots;
  if (root?.node.kind !== "load" || other !== undefined || "keep" in root.target) return undefined;
  const { node, target } = root;
  if (![node, target].every(({ at }) => isWhole(domain, at))) return undefined;
  const [from, to] = [node, target].map(({ buffer, at }) => addressIn(buffer, at.start)) as [
    Address,
    Address,
  ]; // two
  return copyRow(from, to, sizeOfShape(domain) * bytesOf(root.dtype), root.dtype);
};

const isWhole = (domain: Shape, { steps }: Affine): boolean =>
  rowMajorStrides(domain).every((step, axis) => domain[axis] === 1 || steps[axis] === step);

type Address = Expression<"i32">;

/** Rows up to this many bytes are copied by loads and stores. */
const shortRow = 128;

const copyRow = (from: Address, to: Address, bytes: number, dtype: DType): Statement => {
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
