/** Writes a program's equations as code, from storage of its inputs to storage of its outputs. */

import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { analyse, type Analysis } from "./analysis.js";
import type { InnerBlock } from "./code-block.js";
import { withFollowers } from "./followed.js";
import { Expansion, stridedValue } from "./expand.js";
import { Graph, type Node } from "./expression-graph.js";
import type { FunctionWriter } from "./function-writer.js";
import { domainOf, schedule, type FollowedItem, type Item, type LoopItem } from "./items.js";
import { laneResults } from "./lane-results.js";
import { ScalarLanes } from "./scalar-lanes.js";
import { scalarType, type Lane } from "./lanes.js";
import { VectorLanes } from "./vector-lanes.js";
import { lastReads } from "./last-reads.js";
import type { LoopJob, Root } from "./loop-job.js";
import { writeLoops } from "./loops.js";
import { axisIndex } from "../program/lowering.js";
import { outlined } from "./outlined.js";
import { isReadInPlace } from "./read-in-place.js";
import type { BufferStorage, Piece, Storage, Strided } from "./storage.js";
import { writeFollowed, writeStructure } from "./structure.js";
import { Values } from "./values.js";

/** Beyond this many variables in a module, small values go to memory. */
const mostLanes = 6000;

/** The engine's time for a function grows with its variables times its loops: beyond this many, loops are functions. */
const mostLoops = 24;

/** Writes the equations of one program into a function: items in their order, each by what its kind needs. */
export class BlockWriter implements InnerBlock {
  readonly statements: Statement[] = [];
  private readonly values: Values;
  private readonly analysis: Analysis;
  /** Whether each loop is a function of its own. */
  private isLong = false;
  /** Where the results of equations shall go. */
  private readonly wanted = new Map<number, BufferStorage>();

  constructor(
    private readonly program: Program,
    readonly writer: FunctionWriter,
    inputs: readonly Storage[],
    /** Where outputs shall go; those that are not named come back where they are. */
    private readonly targets: readonly (BufferStorage | undefined)[] = [],
  ) {
    this.values = new Values(program, writer, this.statements);
    program.inputs.forEach((input, place) => {
      const storage = inputs[place];
      if (storage !== undefined) this.values.set(input.index, storage);
    });
    this.analysis = analyse(program, writer.module.lanes < mostLanes);
    program.outputs.forEach((output, place) => {
      const target = targets[place];
      const gives = isVariableOf(program, output) && this.analysis.givers.has(output.index);
      if (target !== undefined && gives && !this.wanted.has(output.index))
        this.wanted.set(output.index, target);
    });
  }

  write(): readonly Storage[] {
    const work = withFollowers(this.program, this.analysis, schedule(this.program, this.analysis));
    const dying = lastReads(this.program, this.analysis, work);
    this.isLong = work.items.filter(({ kind }) => kind === "loops").length > mostLoops;
    work.items.forEach((item, place) => {
      this.writer.module.plan.push(item);
      this.writeItem(item, dying[place] ?? []);
      for (const index of dying[place] ?? []) {
        const storage = this.values.find(index);
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

  storageOf = (value: Value): Storage => this.values.storageOf(value);
  bufferOf = (value: Value): BufferStorage => this.values.inMemory(this.values.storageOf(value));
  lanesOf = (value: Value): readonly Lane[] => this.values.lanesOf(value);
  strided = (value: Value): Strided => stridedValue(this.program, this.analysis, this.values, value);
  allocate = (aval: Aval): BufferStorage => this.values.allocate(aval);
  copyTo(storage: Storage, target: BufferStorage): void {
    this.values.copyTo(storage, target);
  }
  giveBack(buffer: BufferStorage): void {
    this.values.giveBack(buffer);
  }
  remember(storage: Storage, memory: BufferStorage): void {
    this.values.remember(storage, memory);
  }
  setStorage(index: number, storage: Storage): void {
    this.values.set(index, storage);
  }
  release(): void {
    this.values.release();
  }

  resultBuffer(output: Aval & { readonly index: number }): BufferStorage {
    const buffer = this.wanted.get(output.index) ?? this.allocate(output);
    this.values.set(output.index, buffer);
    return buffer;
  }

  inner = (
    program: Program,
    writer: FunctionWriter,
    inputs: readonly Storage[],
    targets?: readonly (BufferStorage | undefined)[],
  ): InnerBlock => new BlockWriter(program, writer, inputs, targets);

  writeCopy(source: Strided, domain: Shape, to: Strided): void {
    const graph = new Graph();
    const node = graph.load(source.buffer, source.buffer.dtype, source.at);
    this.loops({
      domain,
      graph,
      reduced: domain.map(() => false),
      roots: [{ node, dtype: to.buffer.dtype, target: to }],
    });
  }

  loops(job: LoopJob): void {
    const code = writeLoops(job, this.writer.module.numbers);
    this.statements.push(this.isLong ? outlined(job, code, this.writer) : code);
  }

  private writeItem(item: Item, dying: readonly number[]): void {
    const [equation] = item.equations;
    switch (item.kind) {
      case "loops":
        this.writeLoopItem(item, dying);
        return;
      case "lanes":
        this.writeLanes(equation);
        return;
      case "alias":
        this.writeAlias(equation);
        return;
      case "parts":
        this.writeParts(equation);
        return;
      case "structure":
        writeStructure(this, equation);
        return;
      case "followed":
        this.writeFollowed(item, dying);
    }
  }

  /** A reshape of what is stored is the same storage. */
  private writeAlias({ inputs, outputs }: Equation): void {
    const storage = this.storageOf(inputs[0] as Value);
    const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
    const target = this.wanted.get(output.index);
    if (target === undefined) this.values.set(output.index, { ...storage, shape: output.shape });
    else {
      this.copyTo(storage, target);
      this.values.set(output.index, target);
    }
  }

  private writeLanes(equation: Equation): void {
    const { module } = this.writer;
    const scalars = new ScalarLanes(module.numbers);
    const vectors = new VectorLanes(module.numbers);
    const output = equation.outputs[0] as (typeof equation.outputs)[0] & object; // it gives one value
    const inputs = equation.inputs.map((input) => this.lanesOf(input));
    scalars.sink = this.statements;
    vectors.sink = this.statements;
    const lanes = laneResults(equation, inputs, scalars, vectors);
    module.lanes += lanes.length;
    this.values.set(output.index, { kind: "lanes", shape: output.shape, dtype: output.dtype, lanes });
  }

  expansion(rank: number): Expansion {
    return new Expansion(this.program, this.analysis, this.values, rank);
  }

  /** Where nothing else reads what loops follow, it is in the place of a result, if it needs one. */
  private writeFollowed({ equations, names, loop, isKept }: FollowedItem, dying: readonly number[]): void {
    const [first] = equations;
    const output = first.outputs[0] as (typeof first.outputs)[0] & object; // it gives one value
    const results = loop.equations.flatMap(({ outputs }) => outputs);
    const host = isKept ? undefined : results.find(({ dtype }) => bytesOf(dtype) === bytesOf(output.dtype));
    const isComputedInPlace = !isKept && first.primitive.lower.kind === "gather";
    if (!isComputedInPlace) {
      const buffer = this.resultBuffer(host ?? output);
      if (host !== undefined) {
        this.wanted.set(host.index, buffer);
        const { shape, dtype } = output;
        this.values.set(output.index, { ...buffer, shape, dtype, piece: undefined });
      }
    }
    for (const { outputs } of names) {
      const [name] = outputs;
      if (name !== undefined)
        this.values.set(name.index, { ...this.bufferOf(output), shape: name.shape, piece: undefined });
    }
    writeFollowed(this, first, isKept, (operands, expansion = this.expansion(loop.domain.length)) => {
      const room = dying.filter((index) => !operands.includes(this.pieceOf(index)));
      return this.loopJob(loop, room, expansion);
    });
  }

  private pieceOf(index: number): Piece | undefined {
    const storage = this.values.find(index);
    return storage?.kind === "buffer" ? storage.piece : undefined;
  }

  private writeLoopItem(item: LoopItem, dying: readonly number[]): void {
    this.loops(this.loopJob(item, dying, this.expansion(item.domain.length)));
  }

  private loopJob(
    { domain, reduced, equations }: LoopItem,
    dying: readonly number[],
    expansion: Expansion,
  ): LoopJob {
    const nodes = equations.map((equation) => {
      const node = expansion.root(equation);
      const [output] = equation.outputs;
      if (output !== undefined && !isTotal(equation)) expansion.give(output.index, node);
      return node;
    });
    // What is read for the last time, element by element, makes room for a result.
    const room = dying.flatMap((index): readonly BufferStorage[] => {
      const storage = this.values.find(index);
      return storage?.kind === "buffer" && isReadInPlace(storage, domain, expansion.graph.nodes)
        ? [storage]
        : [];
    });
    const roots = equations.map((equation, place) =>
      this.rootOf(equation, nodes[place] as Node, domain, reduced, room),
    );
    return { domain, reduced, graph: expansion.graph, roots };
  }

  private rootOf(
    equation: Equation,
    node: Node,
    domain: Shape,
    reduced: readonly boolean[],
    room: BufferStorage[],
  ): Root {
    const output = equation.outputs[0] as (typeof equation.outputs)[0] & object; // a loop gives one value
    const { lower } = equation.primitive;
    const { shape, dtype, index } = output;
    if (!isTotal(equation)) {
      const place = this.wanted.has(index)
        ? -1
        : room.findIndex((other) => bytesOf(other.dtype) === bytesOf(dtype));
      const [taken] = place < 0 ? [] : room.splice(place, 1);
      const buffer = taken === undefined ? this.resultBuffer(output) : this.values.reuse(taken, output);
      return { node, dtype, target: { buffer, at: { start: 0, steps: rowMajorStrides(domain) } } };
    }
    const fold = lower.kind === "reduce" ? lower.fold : "sum";
    if (sizeOfShape(shape) === 1 && !this.wanted.has(index) && !this.isLong) {
      const variable = local(scalarType(dtype));
      this.values.set(index, { kind: "lanes", shape, dtype, lanes: [{ dtype, value: variable }] });
      const keep = ({ value }: Lane): Statement => variable.set(value as Expression<never>); // of the dtype
      return { node, fold, dtype, target: { keep } };
    }
    const buffer = this.resultBuffer(output);
    const strides = rowMajorStrides(shape);
    let kept = 0;
    const steps = reduced.map((is) => (is ? 0 : (strides[kept++] ?? 0)));
    return { node, fold, dtype, target: { buffer, at: { start: 0, steps } } };
  }

  /** Operands that stand in parts of the result are computed there. */
  private writeParts(equation: Equation): void {
    const { primitive, inputs, params, outputs } = equation;
    const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
    if (primitive.lower.kind !== "parts") return;
    const { value, operands } = primitive.lower.parts(inputs, params, output);
    const buffer = this.resultBuffer(output);
    const domains = operands.map((axes) => axes.map(({ length }) => length));
    const covered = domains.reduce((sum, domain) => sum + sizeOfShape(domain), 0);
    if (covered < sizeOfShape(output.shape)) this.values.fill(value, buffer);
    const strides = rowMajorStrides(output.shape);
    operands.forEach((axes, place) => {
      const domain = domains[place] ?? [];
      if (sizeOfShape(domain) === 0) return;
      const expansion = this.expansion(domain.length);
      const from = axes.map(({ from: first }, axis) => axisIndex(domain.length, axis, first));
      const node = expansion.value(inputs[place] as Value, from);
      const start = axes.reduce((sum, { to }, axis) => sum + to * (strides[axis] ?? 0), 0);
      const steps = axes.map(({ step }, axis) => step * (strides[axis] ?? 0));
      const roots: readonly Root[] = [
        { node, dtype: output.dtype, target: { buffer, at: { start, steps } } },
      ];
      this.loops({ domain, reduced: domain.map(() => false), graph: expansion.graph, roots });
    });
  }
}

/** Whether an equation adds elements up. A product of which nothing is summed is stored like any other. */
const isTotal = (equation: Equation): boolean => {
  const { kind } = equation.primitive.lower;
  return kind === "reduce" || (kind === "contract" && domainOf(equation).reduced.includes(true));
};
