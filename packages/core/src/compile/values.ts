/** The values of a block: where each is, and how it gets to where it is wanted. */

import { isVariableOf, type Program } from "../program/program.js";
import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { loadNumber, storeNumber } from "./access.js";
import { smallSize } from "./analysis.js";
import { copyBytes } from "./copy.js";
import { Graph } from "./expression-graph.js";
import type { FunctionWriter } from "./function-writer.js";
import { onlyElement } from "./only-element.js";
import { ScalarLanes } from "./scalar-lanes.js";
import { scalarType, type Lane } from "./lanes.js";
import { writeLoops } from "./loops.js";
import { storedBytes, type BufferStorage, type Piece, type Storage } from "./storage.js";

/** Where the values of a block are: in variables, in buffers, or in both. */
export class Values {
  private readonly storages = new Map<number, Storage>();
  /** Where the elements of variables are in memory too, and the other way. */
  private readonly spilled = new Map<Storage, BufferStorage>();
  private readonly loaded = new Map<Storage, readonly Lane[]>();
  /** Large constants of one number. */
  private readonly fills = new Map<ArrayTensor, BufferStorage>();
  /** The pieces of scratch that this block took. */
  private readonly own = new Set<Piece>();

  constructor(
    private readonly program: Program,
    private readonly writer: FunctionWriter,
    private readonly statements: Statement[],
  ) {}

  /** Where a variable is, if it is stored. */
  find(index: number): Storage | undefined {
    return this.storages.get(index);
  }

  set(index: number, storage: Storage): void {
    this.storages.set(index, storage);
  }

  storageOf(value: Value): Storage {
    if (value instanceof ArrayTensor) return this.constantStorage(value);
    const storage = isVariableOf(this.program, value) ? this.storages.get(value.index) : undefined;
    if (storage === undefined) throw new TypeError("a value is read that is not stored");
    return storage;
  }

  private constantStorage(tensor: ArrayTensor): Storage {
    const { shape, dtype } = tensor;
    const only = onlyElement(tensor);
    if (only !== undefined && sizeOfShape(shape) > smallSize) return this.filled(tensor, only);
    const place = this.writer.module.constants.get(tensor);
    if (place === undefined) return { kind: "lanes", shape, dtype, lanes: this.constantLanes(tensor) };
    return { kind: "buffer", shape, dtype, pointer: this.writer.pointer(place), offset: 0, piece: undefined };
  }

  private constantLanes(tensor: ArrayTensor): readonly Lane[] {
    const at = elementReader(tensor);
    const scalars = new ScalarLanes(this.writer.module.numbers);
    return Array.from({ length: sizeOfShape(tensor.shape) }, (_, index) =>
      scalars.constant(at(index), tensor.dtype),
    );
  }

  private filled(tensor: ArrayTensor, value: number): BufferStorage {
    const known = this.fills.get(tensor);
    if (known !== undefined) return known;
    const buffer = this.allocate(tensor);
    this.fill(value, buffer);
    this.fills.set(tensor, buffer);
    return buffer;
  }

  /** One number everywhere. */
  fill(value: number, buffer: BufferStorage): void {
    const graph = new Graph();
    const node = graph.constant(buffer.dtype, value);
    const at = { start: 0, steps: rowMajorStrides(buffer.shape) };
    const roots = [{ node, dtype: buffer.dtype, target: { buffer, at } }];
    const job = { domain: buffer.shape, reduced: buffer.shape.map(() => false), graph, roots };
    this.statements.push(writeLoops(job, this.writer.module.numbers));
  }

  inMemory(storage: Storage): BufferStorage {
    if (storage.kind === "buffer") return storage;
    const known = this.spilled.get(storage);
    if (known !== undefined) return known;
    const buffer = this.allocate(storage);
    this.copyTo(storage, buffer);
    this.spilled.set(storage, buffer);
    return buffer;
  }

  remember(storage: Storage, memory: BufferStorage): void {
    this.spilled.set(storage, memory);
  }

  allocate({ shape, dtype }: Aval): BufferStorage {
    const piece = this.writer.module.scratch.take(storedBytes({ shape, dtype }));
    this.own.add(piece);
    return { kind: "buffer", shape, dtype, pointer: this.writer.base, offset: piece.offset, piece };
  }

  /** The piece of a buffer that nothing reads any more, for a result of the same size. */
  reuse(buffer: BufferStorage, output: Aval & { readonly index: number }): BufferStorage {
    const { shape, dtype, index } = output;
    if (buffer.piece === undefined || !this.own.has(buffer.piece)) return this.placed(output);
    // Of two buffers of one piece only the one that was made for it gives it back.
    const piece = { ...buffer.piece };
    this.own.delete(buffer.piece);
    this.own.add(piece);
    const result: BufferStorage = { ...buffer, shape, dtype, piece };
    this.storages.set(index, result);
    return result;
  }

  private placed(output: Aval & { readonly index: number }): BufferStorage {
    const buffer = this.allocate(output);
    this.storages.set(output.index, buffer);
    return buffer;
  }

  giveBack({ piece }: BufferStorage): void {
    if (piece === undefined || !this.own.delete(piece)) return;
    this.writer.module.scratch.give(piece);
  }

  release(): void {
    for (const piece of this.own) this.writer.module.scratch.give(piece);
    this.own.clear();
  }

  copyTo(storage: Storage, target: BufferStorage): void {
    const size = bytesOf(storage.dtype);
    if (storage.kind === "buffer") {
      this.statements.push(copyBytes(target, storage, sizeOfShape(storage.shape) * size));
      return;
    }
    storage.lanes.forEach((lane, place) => {
      this.statements.push(storeNumber(target.pointer, target.offset + place * size, lane));
    });
  }

  lanesOf(value: Value): readonly Lane[] {
    if (value instanceof ArrayTensor) return this.constantLanes(value);
    const storage = this.storageOf(value);
    if (storage.kind === "lanes") return storage.lanes;
    const known = this.loaded.get(storage);
    if (known !== undefined) return known;
    const { shape, dtype, pointer, offset } = storage;
    const lanes = Array.from({ length: sizeOfShape(shape) }, (_, place): Lane => {
      const variable = local(scalarType(dtype));
      const number = loadNumber(pointer, offset + place * bytesOf(dtype), dtype);
      this.statements.push(variable.set(number as Expression<never>)); // the dtype says its type
      return { dtype, value: variable };
    });
    this.loaded.set(storage, lanes);
    return lanes;
  }
}
