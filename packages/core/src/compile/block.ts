/** Writes a program's equations as code, from storage of its inputs to storage of its outputs. */

import type { Affine } from "../program/lowering.js";
import { axisIndex } from "../program/lowering.js";
import type { ContractParams } from "../primitives/contract.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import { sequence } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { loadNumber, storeNumber } from "./access.js";
import { analyse, smallSize, type Analysis } from "./analysis.js";
import { composed, Graph, type Node } from "./expression-graph.js";
import type { FunctionWriter } from "./function-writer.js";
import { domainOf, schedule, type Item, type LoopItem } from "./items.js";
import { ScalarLanes, scalarType, VectorLanes, type Lane } from "./lanes.js";
import { laneResults } from "./lane-results.js";
import { writeLoops, type Root } from "./loops.js";
import { copyBytes } from "./copy.js";
import { reshapedIndex } from "./reshaped.js";
import { storedBytes, stridesOf, type BufferStorage, type Piece, type Storage } from "./storage.js";
import { writeStructure } from "./structure.js";

/** Beyond this many variables in a function, small values go to memory. */
const mostLanes = 6000;

export class BlockWriter {
  readonly statements: Statement[] = [];
  private readonly storages = new Map<number, Storage>();
  private readonly spilled = new Map<Storage, BufferStorage>();
  private readonly analysis: Analysis;
  private readonly wanted = new Map<number, BufferStorage>();

  constructor(
    readonly program: Program,
    readonly writer: FunctionWriter,
    inputs: readonly Storage[],
    /** Where outputs shall go; those that are not named come back where they are. */
    private readonly targets: readonly (BufferStorage | undefined)[] = [],
  ) {
    program.inputs.forEach((input, place) => {
      const storage = inputs[place];
      if (storage !== undefined) this.storages.set(input.index, storage);
    });
    this.analysis = analyse(program, writer.module.lanes < mostLanes);
    program.outputs.forEach((output, place) => {
      const target = targets[place];
      const gives = isVariableOf(program, output) && this.analysis.givers.has(output.index);
      if (target !== undefined && gives && !this.wanted.has(output.index))
        this.wanted.set(output.index, target);
    });
  }

  /** Writes everything; gives where the outputs are. */
  write(): readonly Storage[] {
    const { items, reads } = schedule(this.program, this.analysis);
    const dying = this.lastReads(items, reads);
    items.forEach((item, place) => {
      this.writeItem(item);
      for (const index of dying[place] ?? []) {
        const storage = this.storages.get(index);
        if (storage?.kind === "buffer") this.giveBack(storage);
      }
    });
    return this.program.outputs.map((output, place) => {
      const storage = this.storageOf(output);
      const target = this.targets[place];
      if (target === undefined || storage === target) return storage;
      this.copyTo(storage, target);
      return target;
    });
  }

  /** Gives back the scratch of what is left, when nothing of the block is read any more. */
  release(): void {
    for (const piece of this.own) this.writer.module.scratch.give(piece);
    this.own.clear();
  }

  /** The pieces of scratch that this block took. */
  private readonly own = new Set<Piece>();

  /** For each item the values that nothing reads after it. */
  private lastReads(
    items: readonly Item[],
    reads: readonly ReadonlySet<number>[],
  ): readonly (readonly number[])[] {
    // What a reshape names another way lives as long as its last name.
    const owners = new Map<number, number>();
    const ownerOf = (index: number): number => owners.get(index) ?? index;
    for (const { kind, equations } of items) {
      const [input] = equations[0]?.inputs ?? [];
      const [output] = equations[0]?.outputs ?? [];
      if (kind === "alias" && isVariableOf(this.program, input) && output !== undefined)
        owners.set(output.index, ownerOf(input.index));
    }
    const last = new Map<number, number>();
    items.forEach(({ equations }, place) => {
      const given = equations.flatMap(({ outputs }) => outputs.map(({ index }) => index));
      for (const index of [...(reads[place] ?? []), ...given]) last.set(ownerOf(index), place);
    });
    for (const output of this.program.outputs)
      if (isVariableOf(this.program, output)) last.delete(ownerOf(output.index));
    const dying: number[][] = items.map(() => []);
    for (const [index, place] of last) if (this.analysis.givers.has(index)) dying[place]?.push(index);
    return dying;
  }

  private writeItem(item: Item): void {
    const [equation] = item.equations as readonly [Equation];
    switch (item.kind) {
      case "loops":
        this.writeLoopItem(item);
        return;
      case "lanes":
        this.writeLanes(equation);
        return;
      case "alias": {
        const storage = this.storageOf(equation.inputs[0] as Value);
        const [output] = equation.outputs;
        if (output === undefined) return;
        const target = this.wanted.get(output.index);
        if (target === undefined) this.storages.set(output.index, { ...storage, shape: output.shape });
        else {
          this.copyTo(storage, target);
          this.storages.set(output.index, target);
        }
        return;
      }
      case "parts":
        this.writeParts(equation);
        return;
      case "structure":
        writeStructure(this, equation);
    }
  }

  /** Where a value is. */
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
    if (place !== undefined)
      return {
        kind: "buffer",
        shape,
        dtype,
        pointer: this.writer.pointer(place),
        offset: 0,
        piece: undefined,
      };
    return { kind: "lanes", shape, dtype, lanes: this.constantLanes(tensor) };
  }

  private constantLanes(tensor: ArrayTensor): readonly Lane[] {
    const at = elementReader(tensor);
    const scalars = new ScalarLanes(this.writer.module.numbers);
    return Array.from({ length: sizeOfShape(tensor.shape) }, (_, index) =>
      scalars.constant(at(index), tensor.dtype),
    );
  }

  private readonly fills = new Map<ArrayTensor, BufferStorage>();

  /** A large constant of one number, in memory. */
  private filled(tensor: ArrayTensor, value: number): BufferStorage {
    const known = this.fills.get(tensor);
    if (known !== undefined) return known;
    const buffer = this.allocate(tensor);
    this.writeFill(value, buffer);
    this.fills.set(tensor, buffer);
    return buffer;
  }

  /** A value in memory. */
  bufferOf(value: Value): BufferStorage {
    return this.inMemory(this.storageOf(value));
  }

  private inMemory(storage: Storage): BufferStorage {
    if (storage.kind === "buffer") return storage;
    const known = this.spilled.get(storage);
    if (known !== undefined) return known;
    const buffer = this.allocate(storage);
    this.copyTo(storage, buffer);
    this.spilled.set(storage, buffer);
    return buffer;
  }

  /** A new buffer in scratch. */
  allocate({ shape, dtype }: Aval): BufferStorage {
    const piece = this.writer.module.scratch.take(storedBytes({ shape, dtype }));
    this.own.add(piece);
    return { kind: "buffer", shape, dtype, pointer: this.writer.base, offset: piece.offset, piece };
  }

  /** Where the result of an equation shall go. */
  resultBuffer(output: Aval & { readonly index: number }): BufferStorage {
    const buffer = this.wanted.get(output.index) ?? this.allocate(output);
    this.storages.set(output.index, buffer);
    return buffer;
  }

  /** Says where the elements of variables are in memory too. */
  remember(storage: Storage, memory: BufferStorage): void {
    this.spilled.set(storage, memory);
  }

  /** Gives back a buffer of this block that nothing reads any more. */
  giveBack({ piece }: BufferStorage): void {
    if (piece === undefined || !this.own.delete(piece)) return;
    this.writer.module.scratch.give(piece);
  }

  setStorage(index: number, storage: Storage): void {
    this.storages.set(index, storage);
  }

  /** Copies elements in row-major order. */
  copyTo(storage: Storage, target: BufferStorage): void {
    if (storage.kind === "lanes") {
      const size = bytesOf(storage.dtype);
      storage.lanes.forEach((lane, place) => {
        this.statements.push(storeNumber(target.pointer, target.offset + place * size, lane));
      });
    } else
      this.statements.push(copyBytes(target, storage, sizeOfShape(storage.shape) * bytesOf(storage.dtype)));
  }

  /** The elements of a small value, one a variable. */
  lanesOf(value: Value): readonly Lane[] {
    if (value instanceof ArrayTensor) return this.constantLanes(value);
    const storage = this.storageOf(value);
    if (storage.kind === "lanes") return storage.lanes;
    const known = this.loaded.get(storage);
    if (known !== undefined) return known;
    const size = bytesOf(storage.dtype);
    const lanes = Array.from({ length: sizeOfShape(storage.shape) }, (_, place): Lane => {
      const variable = local(scalarType(storage.dtype));
      const number = loadNumber(storage.pointer, storage.offset + place * size, storage.dtype);
      this.statements.push(variable.set(number as Expression<never>));
      return { dtype: storage.dtype, value: variable };
    });
    this.writer.module.lanes += lanes.length;
    this.loaded.set(storage, lanes);
    return lanes;
  }

  private readonly loaded = new Map<Storage, readonly Lane[]>();

  private writeLanes(equation: Equation): void {
    const { numbers } = this.writer.module;
    const scalars = new ScalarLanes(numbers);
    const vectors = new VectorLanes(numbers);
    scalars.sink = this.statements;
    vectors.sink = this.statements;
    const [output] = equation.outputs;
    if (output === undefined) return;
    const inputs = equation.inputs.map((input) => this.lanesOf(input));
    const lanes = laneResults(equation, inputs, scalars, vectors);
    this.writer.module.lanes += lanes.length;
    this.storages.set(output.index, { kind: "lanes", shape: output.shape, dtype: output.dtype, lanes });
  }

  private writeLoopItem({ domain, reduced, equations }: LoopItem): void {
    const graph = new Graph();
    const rank = domain.length;
    const here = domain.map((_, axis) => axisIndex(rank, axis));
    const nodes = new Map<number, Node>();
    const roots = equations.map((equation): Root => {
      const output = equation.outputs[0] as (typeof equation.outputs)[0] & object; // a loop gives one value
      const { lower } = equation.primitive;
      const { dtype } = output;
      const node = this.rootNode(equation, graph, domain, reduced, here, nodes);
      // A product of which nothing is summed is stored like any other.
      const folds =
        lower.kind === "reduce" || (lower.kind === "contract" && domainOf(equation).reduced.includes(true));
      if (!folds) {
        nodes.set(output.index, node);
        const buffer = this.resultBuffer(output);
        return { node, dtype, target: { buffer, at: { start: 0, steps: rowMajorStrides(domain) } } };
      }
      const fold = lower.kind === "reduce" ? lower.fold : "sum";
      if (sizeOfShape(output.shape) === 1 && !this.wanted.has(output.index)) {
        const variable = local(scalarType(dtype));
        this.storages.set(output.index, {
          kind: "lanes",
          shape: output.shape,
          dtype,
          lanes: [{ dtype, value: variable }],
        });
        return {
          node,
          fold,
          dtype,
          target: { keep: ({ value }) => variable.set(value as Expression<never>) },
        };
      }
      const buffer = this.resultBuffer(output);
      const strides = rowMajorStrides(output.shape);
      let kept = 0;
      const steps = reduced.map((is) => (is ? 0 : (strides[kept++] ?? 0)));
      return { node, fold, dtype, target: { buffer, at: { start: 0, steps } } };
    });
    this.statements.push(writeLoops({ domain, reduced, graph, roots }, this.writer.module.numbers));
  }

  /** What a loop computes for an equation: the element that it stores, or adds. */
  private rootNode(
    equation: Equation,
    graph: Graph,
    domain: Shape,
    reduced: readonly boolean[],
    here: readonly Affine[],
    nodes: ReadonlyMap<number, Node>,
  ): Node {
    const { primitive, inputs, params, outputs } = equation;
    const { lower } = primitive;
    const expand = (value: Value, at: readonly Affine[]): Node =>
      this.expand(value, at, domain.length, graph, nodes);
    if (lower.kind === "reduce") return expand(inputs[0] as Value, here);
    if (lower.kind === "contract") {
      const [x, y] = inputs as readonly [Value, Value];
      const [left, right] = contractionIndices(x.shape, y.shape, params as ContractParams, domain.length);
      const factors = [expand(x, left), expand(y, right)];
      return graph.operation(equation, { lower: product, params: {}, output: outputs[0] as Aval }, factors);
    }
    void reduced;
    return this.expandEquation(equation, here, domain.length, graph, nodes);
  }

  /** A value at a place, as far as it is not stored, by what computes it. */
  private expand(
    value: Value,
    at: readonly Affine[],
    rank: number,
    graph: Graph,
    nodes: ReadonlyMap<number, Node>,
  ): Node {
    if (value instanceof ArrayTensor) {
      const only = onlyElement(value);
      if (only !== undefined) return graph.constant(value.dtype, only);
      return this.read(this.constantStorage(value), at, rank, graph);
    }
    if (!isVariableOf(this.program, value)) throw new TypeError("a value of another program is read");
    const here = nodes.get(value.index);
    if (here !== undefined && isIdentity(at)) return here;
    const storage = this.storages.get(value.index);
    if (storage !== undefined) return this.read(storage, at, rank, graph);
    const giver = this.analysis.givers.get(value.index);
    if (giver === undefined) throw new TypeError("a value is read that nothing gives");
    return this.expandEquation(giver, at, rank, graph, nodes);
  }

  private expandEquation(
    equation: Equation,
    at: readonly Affine[],
    rank: number,
    graph: Graph,
    nodes: ReadonlyMap<number, Node>,
  ): Node {
    const { primitive, inputs, params, outputs } = equation;
    const { lower } = primitive;
    const output = outputs[0] as Aval;
    const [input] = inputs;
    switch (lower.kind) {
      case "elementwise": {
        const operands = inputs.map((operand) => this.expand(operand, at, rank, graph, nodes));
        return graph.operation(equation, { lower, params, output }, operands);
      }
      case "iota":
        return graph.index(output.dtype, at[0] ?? { start: 0, steps: [] });
      case "view": {
        const indices = lower.index(input as Value, params, output).map((index) => composed(index, at, rank));
        return this.expand(input as Value, indices, rank, graph, nodes);
      }
      case "reshape": {
        const source = input as Value;
        const index = reshapedIndex(source.shape, output.shape);
        if (index !== undefined) {
          const indices = index.map((each) => composed(each, at, rank));
          return this.expand(source, indices, rank, graph, nodes);
        }
        return this.read({ ...this.storageOf(source), shape: output.shape }, at, rank, graph);
      }
      default:
        throw new TypeError(`${primitive.name} is no part of a loop`);
    }
  }

  private read(storage: Storage, at: readonly Affine[], rank: number, graph: Graph): Node {
    const place = composed({ start: 0, steps: rowMajorStrides(storage.shape) }, at, rank);
    if (storage.kind === "lanes" && place.steps.every((step) => step === 0)) {
      const lane = storage.lanes[place.start];
      if (lane !== undefined) return graph.given(lane);
    }
    return graph.load(this.inMemory(storage), storage.dtype, place);
  }

  /** A view of a stored value as a buffer and an index, for code that walks it by itself. */
  strided(value: Value): { readonly buffer: BufferStorage; readonly at: Affine } {
    const rank = value.shape.length;
    let at: readonly Affine[] = value.shape.map((_, axis) => axisIndex(rank, axis));
    let current = value;
    while (isVariableOf(this.program, current) && !this.storages.has(current.index)) {
      const giver = this.analysis.givers.get(current.index);
      const [input] = giver?.inputs ?? [];
      if (giver?.primitive.lower.kind !== "view" || input === undefined) break;
      at = giver.primitive.lower
        .index(input, giver.params, current)
        .map((index) => composed(index, at, rank));
      current = input;
    }
    const buffer = this.bufferOf(current);
    return { buffer, at: composed({ start: 0, steps: stridesOf(buffer) }, at, rank) };
  }

  /** Writes a loop over a domain, whose element at a place is read from a view. */
  writeCopy(
    source: { readonly buffer: BufferStorage; readonly at: Affine },
    domain: Shape,
    buffer: BufferStorage,
    to: Affine,
  ): void {
    const graph = new Graph();
    const node = graph.load(source.buffer, source.buffer.dtype, source.at);
    const roots = [{ node, dtype: buffer.dtype, target: { buffer, at: to } }];
    this.statements.push(
      writeLoops({ domain, reduced: domain.map(() => false), graph, roots }, this.writer.module.numbers),
    );
  }

  /** One number everywhere. */
  writeFill(value: number, buffer: BufferStorage): void {
    const graph = new Graph();
    const node = graph.constant(buffer.dtype, value);
    const roots = [
      {
        node,
        dtype: buffer.dtype,
        target: { buffer, at: { start: 0, steps: rowMajorStrides(buffer.shape) } },
      },
    ];
    const reduced = buffer.shape.map(() => false);
    this.statements.push(
      writeLoops({ domain: buffer.shape, reduced, graph, roots }, this.writer.module.numbers),
    );
  }

  private writeParts(equation: Equation): void {
    const { primitive, inputs, params, outputs } = equation;
    const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
    if (primitive.lower.kind !== "parts") return;
    const { value, operands } = primitive.lower.parts(inputs, params, output);
    const buffer = this.resultBuffer(output);
    const covered = operands.reduce(
      (sum, axes) => sum + axes.reduce((product, { length }) => product * length, 1),
      0,
    );
    if (covered < sizeOfShape(output.shape)) this.writeFill(value, buffer);
    const strides = rowMajorStrides(output.shape);
    operands.forEach((axes, place) => {
      const domain = axes.map(({ length }) => length);
      if (sizeOfShape(domain) === 0) return;
      const graph = new Graph();
      const rank = domain.length;
      const at = axes.map(({ from }, axis) => axisIndex(rank, axis, from));
      const node = this.expand(inputs[place] as Value, at, rank, graph, new Map());
      const to = axes.reduce((sum, { to: first }, axis) => sum + first * (strides[axis] ?? 0), 0);
      const steps = axes.map(({ step }, axis) => step * (strides[axis] ?? 0));
      const roots: readonly Root[] = [
        { node, dtype: output.dtype, target: { buffer, at: { start: to, steps } } },
      ];
      const job = { domain, reduced: domain.map(() => false), graph, roots };
      this.statements.push(writeLoops(job, this.writer.module.numbers));
    });
  }

  /** Everything that was written, as one statement. */
  code(): Statement {
    return sequence(...this.statements);
  }
}

const product = { kind: "elementwise", emit: (emit, [x, y]) => emit.mul(x as never, y as never) } as Extract<
  Equation["primitive"]["lower"],
  { kind: "elementwise" }
>;

const isIdentity = (at: readonly Affine[]): boolean =>
  at.every(
    ({ start, steps }, axis) => start === 0 && steps.every((step, k) => step === (k === axis ? 1 : 0)),
  );

/** The element of a constant that is stored as one. */
export const onlyElement = (tensor: ArrayTensor): number | undefined => {
  const single = tensor.strides.every((stride, axis) => stride === 0 || tensor.shape[axis] === 1);
  return single && sizeOfShape(tensor.shape) > 0 ? elementReader(tensor)(0) : undefined;
};

/** The indices of both operands of a contraction, from those of its result and, behind them, the contracted ones. */
const contractionIndices = (
  x: Shape,
  y: Shape,
  { contracted, batch }: ContractParams,
  rank: number,
): readonly [readonly Affine[], readonly Affine[]] => {
  const depth = contracted[0].length;
  const free = (shape: Shape, side: 0 | 1): readonly number[] =>
    shape
      .map((_, axis) => axis)
      .filter((axis) => !contracted[side].includes(axis) && !batch[side].includes(axis));
  const lefts = free(x, 0);
  const rights = free(y, 1);
  const indices = (shape: Shape, side: 0 | 1, own: readonly number[], before: number): readonly Affine[] =>
    shape.map((_, axis) => {
      const shared = batch[side].indexOf(axis);
      if (shared >= 0) return axisIndex(rank, shared);
      const summed = contracted[side].indexOf(axis);
      return axisIndex(rank, summed >= 0 ? rank - depth + summed : before + own.indexOf(axis));
    });
  const batches = batch[0].length;
  return [indices(x, 0, lefts, batches), indices(y, 1, rights, batches + lefts.length)];
};
