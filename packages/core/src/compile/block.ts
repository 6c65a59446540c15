/** Writes a program's equations as code, from storage of its inputs to storage of its outputs. */

import { isVariableOf, type Equation, type Program } from "../program/program.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Shape } from "../types/tensor.js";
import type { Statement } from "../wasm/expression.js";
import { analyse, type Analysis } from "./analysis.js";
import type { InnerBlock } from "./code-block.js";
import { Expansion, stridedValue } from "./expand.js";
import { Graph } from "./expression-graph.js";
import { withFollowers } from "./followed.js";
import type { FunctionWriter } from "./function-writer.js";
import { hostedValues } from "./hosted.js";
import { schedule, type Item } from "./items.js";
import { laneResults } from "./lane-results.js";
import type { Lane } from "./lanes.js";
import { lastReads } from "./last-reads.js";
import { LoopItems } from "./loop-items.js";
import type { LoopJob } from "./loop-job.js";
import { writeLoops } from "./loops.js";
import { outlined } from "./outlined.js";
import { writeParts } from "./parts.js";
import { ResultPlaces, type Result } from "./result-places.js";
import { rowNumber } from "./row-number.js";
import { ScalarLanes } from "./scalar-lanes.js";
import type { BufferStorage, Storage, Strided } from "./storage.js";
import { writeStructure } from "./structure.js";
import { Values } from "./values.js";
import { VectorLanes } from "./vector-lanes.js";

/** The engine's time for a function grows with its variables times its loops: beyond this many loops or equations, loops are functions. */
const mostLoops = 24;
const mostEquations = 256;

/** Writes the equations of one program into a function: items in their order, each by what its kind needs. */
export class BlockWriter implements InnerBlock {
  readonly statements: Statement[] = [];
  private readonly values: Values;
  private readonly analysis: Analysis;
  private readonly places: ResultPlaces;
  /** Whether each loop is a function of its own, as in every block around this one that is in the same function. */
  private isLong = false;

  constructor(
    private readonly program: Program,
    readonly writer: FunctionWriter,
    inputs: readonly Storage[],
    /** Where outputs shall go; those that are not named come back where they are. */
    private readonly targets: readonly (BufferStorage | undefined)[] = [],
  ) {
    this.values = new Values(program, writer, this.statements);
    this.places = new ResultPlaces(this.values);
    program.inputs.forEach((input, place) => {
      const storage = inputs[place];
      if (storage !== undefined) this.values.set(input.index, storage);
    });
    this.analysis = analyse(program, writer.room);
    writer.takeVariables(this.analysis.variables);
    program.outputs.forEach((output, place) => {
      const target = targets[place];
      const gives = isVariableOf(program, output) && this.analysis.givers.has(output.index);
      if (target !== undefined && gives && !this.places.isWanted(output.index))
        this.places.want(output.index, target);
    });
  }

  write(): readonly Storage[] {
    const work = withFollowers(this.program, this.analysis, schedule(this.program, this.analysis));
    const dying = lastReads(this.program, this.analysis, work);
    const hosted = hostedValues(this.program, this.analysis, work.items, dying, this.places.isWanted);
    for (const { value, output } of hosted) this.places.host(value, output);
    this.isLong =
      this.writer.isLong ||
      this.program.equations.length > mostEquations ||
      work.items.filter(({ kind }) => kind === "loops").length > mostLoops;
    this.writer.isLong = this.isLong;
    const loops = new LoopItems(this, this.values, this.places, !this.isLong);
    work.items.forEach((item, place) => {
      this.writer.module.plan.push(item);
      this.writeItem(item, loops, dying[place] ?? []);
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
  rowNumber = (value: Value): number | undefined => rowNumber(this.program, this.analysis.givers, value);
  strided = (value: Value): Strided => stridedValue(this.program, this.analysis, this.values, value);
  allocate = (aval: Aval): BufferStorage => this.values.allocate(aval);
  copyTo(storage: Storage, target: BufferStorage): void {
    this.values.copyTo(storage, target);
  }
  fill(value: number, buffer: BufferStorage): void {
    this.values.fill(value, buffer);
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

  resultBuffer(output: Result): BufferStorage {
    return this.places.take(output);
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

  private writeItem(item: Item, loops: LoopItems, dying: readonly number[]): void {
    const [equation] = item.equations;
    switch (item.kind) {
      case "loops":
        loops.write(item, dying);
        return;
      case "lanes":
        this.writeLanes(equation);
        return;
      case "alias":
        this.writeAlias(equation);
        return;
      case "parts":
        writeParts(this, equation);
        return;
      case "structure":
        writeStructure(this, equation);
        return;
      case "followed":
        loops.writeFollowed(item, dying);
    }
  }

  /** A reshape of what is stored is the same storage. */
  private writeAlias({ inputs, outputs }: Equation): void {
    const storage = this.storageOf(inputs[0] as Value);
    const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
    const target = this.places.wantedAt(output.index);
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
    this.values.set(output.index, { kind: "lanes", shape: output.shape, dtype: output.dtype, lanes });
  }

  expansion(rank: number): Expansion {
    return new Expansion(this.program, this.analysis, this.values, rank);
  }
}
