/** Writes loops: elements are loaded, computed and stored, or added to totals, four at a time where that can be. */

import type { Affine } from "../program/lowering.js";
import type { DType } from "../types/tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import { forRange, sequence } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { i32x4 } from "../wasm/simd.js";
import { loadNumber, loadVector, storeNumber, storeVector } from "./access.js";
import type { Graph, Node } from "./expression-graph.js";
import { Total } from "./folds.js";
import { packed, type HostFunctions, type Lane } from "./lanes.js";
import { ScalarLanes } from "./scalar-lanes.js";
import { VectorLanes } from "./vector-lanes.js";
import type { LoopJob, Root } from "./loop-job.js";
import { writeEmptyLoops } from "./empty-loops.js";
import { nestOf, type Nest } from "./loop-axes.js";
import { placesOf } from "./loop-places.js";
import { Pointers } from "./pointers.js";

/** A float32 sum is flushed into float64 after this many additions. */
const partLength = 64;
/** Copies of a body whose totals do not wait for each other. */
const unrolling = 4;

/** Writes the loops of a job, four lanes at a time where it can be. */
export const writeLoops = (job: LoopJob, host: HostFunctions): Statement => new LoopWriter(job, host).write();

/** What is known at a place inside the loops. */
interface Inside {
  /** Which copies of the body there are, and how many lanes of each exist. */
  readonly copies: readonly number[];
  readonly lanes: number;
  readonly counters: readonly Expression<"i32">[];
  readonly pointers: ReadonlyMap<string, Expression<"i32">>;
  readonly shared: Map<Node, Lane>;
  readonly own: ReadonlyMap<number, Map<Node, Lane>>;
  /** For each copy, a total for each root that has one. */
  readonly totals: ReadonlyMap<number, readonly (Total | undefined)[]>;
}

class LoopWriter {
  private readonly vectors: VectorLanes;
  private readonly scalars: ScalarLanes;
  private readonly live: readonly Node[];
  private readonly nest: Nest;
  /** The innermost loop that each node depends on, and which nodes differ from lane to lane. */
  private readonly depths: ReadonlyMap<Node, number>;
  private readonly varying: ReadonlySet<Node>;
  private readonly pointers: Pointers;
  private readonly isLong: boolean;

  constructor(
    private readonly job: LoopJob,
    host: HostFunctions,
  ) {
    this.vectors = new VectorLanes(host);
    this.scalars = new ScalarLanes(host);
    this.live = reachable(job.graph, job.roots);
    const loads = this.live.flatMap((node) =>
      node.kind === "load" || node.kind === "index" ? [node.at] : [],
    );
    const stores = job.roots.flatMap(({ target }) => ("at" in target ? [target.at] : []));
    const isWide = [...this.live, ...job.roots].some(({ dtype }) => dtype === "float64");
    this.nest = nestOf(job.domain, job.reduced, loads, stores, !isWide);
    const { levels, vector } = this.nest;
    const additions = levels.reduce(
      (product, { length, reduced }, level) =>
        reduced ? product * (level === vector ? length / 4 : length) : product,
      1,
    );
    this.isLong = additions > partLength;
    ({ depths: this.depths, varying: this.varying } = placesOf(this.live, this.nest));
    this.pointers = new Pointers(this.nest, [
      ...this.live.flatMap((node) => (node.kind === "load" ? [node] : [])),
      ...job.roots.flatMap(({ target }) => ("at" in target ? [target] : [])),
    ]);
  }

  write(): Statement {
    if (sizeOfShape(this.job.domain) === 0) return writeEmptyLoops(this.job, this.scalars);
    const counters: Expression<"i32">[] = [];
    const top: Inside = {
      copies: [0],
      lanes: 4,
      counters,
      pointers: new Map(),
      shared: new Map(),
      own: new Map([[0, new Map()]]),
      totals: new Map(),
    };
    return sequence(...this.inside(0, { ...top, pointers: this.pointers.first() }));
  }

  private get isVector(): boolean {
    return this.nest.vector >= 0;
  }

  private get emit(): VectorLanes | ScalarLanes {
    return this.isVector ? this.vectors : this.scalars;
  }

  /** Writes statements by what a function emits. */
  private emitted(write: () => void): readonly Statement[] {
    const [before, outer] = [this.vectors.sink, this.scalars.sink];
    const statements: Statement[] = [];
    this.vectors.sink = statements;
    this.scalars.sink = statements;
    write();
    this.vectors.sink = before;
    this.scalars.sink = outer;
    return statements;
  }

  /** The code inside of the loops before a level. */
  private inside(level: number, state: Inside): readonly Statement[] {
    const { levels, parallel } = this.nest;
    const values = this.emitted(() => {
      for (const node of this.live) if (this.depths.get(node) === level - 1) this.compute(node, state);
    });
    const folds = this.job.roots.some(({ fold }) => fold !== undefined);
    if (level !== parallel || !folds) return [...values, ...this.further(level, state)];
    const copies =
      this.nest.vector >= parallel
        ? range(this.copiesOf(levels[this.nest.vector]?.length ?? 0))
        : state.copies;
    const totals = new Map(copies.map((copy) => [copy, this.newTotals()]));
    const begins = [...totals.values()].flat().flatMap((total) => total?.begin() ?? []);
    const within = this.further(level, { ...state, totals });
    return [...values, ...begins, ...within, ...this.finish(state, totals)];
  }

  private newTotals(): readonly (Total | undefined)[] {
    return this.job.roots.map(({ fold, dtype }) => {
      if (fold === undefined) return undefined;
      const of = fold === "all" || fold === "any" ? "bool" : dtype;
      return new Total(fold, of, this.emit, this.isVector, this.isLong);
    });
  }

  private further(level: number, state: Inside): readonly Statement[] {
    return level === this.nest.levels.length ? this.leaf(state) : this.loop(level, state);
  }

  /** How many copies of the body a loop of vectors has. */
  private copiesOf(length: number): number {
    const folds = this.job.roots.filter(({ fold }) => fold !== undefined).length;
    return folds > 0 && length >= 4 * 2 * unrolling
      ? Math.max(1, Math.floor(8 / (folds + 1))) >= unrolling
        ? unrolling
        : 2
      : 1;
  }

  private loop(level: number, state: Inside): readonly Statement[] {
    const { levels, vector } = this.nest;
    const { length } = levels[level] as Nest["levels"][number];
    const counter = local("i32");
    const isVector = level === vector;
    // Vectors are counted in the bytes of elements of 32 bits.
    const index = isVector ? i32.shrU(counter, 2) : counter;
    const body = (copies: readonly number[], lanes: number): readonly Statement[] => {
      const { statements, pointers } = this.pointers.moved(level, state.pointers, counter);
      const own = new Map(copies.map((copy) => [copy, new Map(state.own.get(copy) ?? state.own.get(0))]));
      return [
        ...statements,
        ...this.inside(level + 1, {
          ...state,
          copies,
          lanes,
          pointers,
          counters: [...state.counters, index],
          shared: new Map(state.shared),
          own,
        }),
      ];
    };
    if (!isVector)
      return [this.counted(level, counter, 0, length, 1, body(state.copies, state.lanes), state)];
    const full = Math.floor(length / 4);
    const copies = this.copiesOf(length);
    const blocks = Math.floor(full / copies) * copies;
    const parts: Statement[] = [];
    if (blocks > 0)
      parts.push(this.counted(level, counter, 0, 16 * blocks, 16 * copies, body(range(copies), 4), state));
    if (full > blocks)
      parts.push(this.counted(level, counter, 16 * blocks, 16 * full, 16, body([0], 4), state));
    if (length > 4 * full) parts.push(counter.set(16 * full), ...body([0], length - 4 * full));
    return [...parts, ...(this.isInnermostFold(level) ? this.flushes(state) : [])];
  }

  private isInnermostFold(level: number): boolean {
    const { levels } = this.nest;
    return level === levels.length - 1 && levels[level]?.reduced === true;
  }

  private flushes(state: Inside): readonly Statement[] {
    return [...state.totals.values()].flat().flatMap((total) => total?.flush() ?? []);
  }

  /** A loop; the innermost one of a long float32 sum in parts. */
  private counted(
    level: number,
    counter: ReturnType<typeof local<"i32">>,
    from: number,
    to: number,
    by: number,
    body: readonly Statement[],
    state: Inside,
  ): Statement {
    const innermost = this.isInnermostFold(level);
    const flushes = innermost ? this.flushes(state) : [];
    if ((to - from) / by > partLength && flushes.length > 0) {
      const [part, end] = [local("i32"), local("i32")];
      return forRange(part, from, to, by * partLength, [
        end.set(i32.add(part, by * partLength)),
        end.set(minimum(end, to)),
        forRange(counter, part, end, by, body),
        ...flushes,
      ]);
    }
    const loop = forRange(counter, from, to, by, body);
    return innermost && level !== this.nest.vector ? sequence(loop, ...flushes) : loop;
  }

  private leaf(state: Inside): readonly Statement[] {
    return this.emitted(() => {
      this.job.roots.forEach((root, place) => {
        for (const copy of state.copies) {
          const value = this.valueOf(root.node, state, copy);
          if (root.fold === undefined) {
            this.emit.sink.push(...this.store(root, value, state, copy));
          } else {
            state.totals.get(copy)?.[place]?.add(value, this.maskOf(state));
          }
        }
      });
    });
  }

  /** Of a reduced vector the lanes that exist. */
  private maskOf({ lanes }: Inside): Lane | undefined {
    const { levels, vector } = this.nest;
    if (lanes === 4 || levels[vector]?.reduced !== true) return undefined;
    const numbers = [0, 1, 2, 3].map((lane) => i32.const(lane < lanes ? 1 : 0));
    return { dtype: "bool", value: packed(numbers, "bool") };
  }

  /** Stores totals, behind the loops that make them. */
  private finish(state: Inside, totals: Inside["totals"]): readonly Statement[] {
    const { levels, vector } = this.nest;
    return this.emitted(() => {
      this.job.roots.forEach((root, place) => {
        if (root.fold === undefined) return;
        const own = [...totals.values()].map((list) => list[place] as Total); // it has a fold
        if (this.isVector && levels[vector]?.reduced !== true) {
          [...totals.keys()].forEach((copy, index) => {
            const total = own[index]?.vector();
            if (total !== undefined) this.emit.sink.push(...this.store(root, total, state, copy));
          });
          return;
        }
        const total = Total.number(own, this.vectors, this.scalars);
        if ("keep" in root.target) this.scalars.sink.push(root.target.keep(total));
        else {
          const { address, offset } = this.pointers.addressOf(
            root.target.buffer,
            root.target.at,
            state.pointers,
          );
          this.scalars.sink.push(storeNumber(address, offset, total));
        }
      });
    });
  }

  private store(root: Root, value: Lane, state: Inside, copy: number): readonly Statement[] {
    const { target } = root;
    if ("keep" in target) return [target.keep(value)];
    const { address, offset } = this.pointers.addressOf(target.buffer, target.at, state.pointers);
    if (!this.isVector) return [storeNumber(address, offset, value)];
    const { step, shift } = this.stepOf(target.at, target.buffer.dtype, copy);
    const [at, from] = offset + shift < 0 ? [i32.add(address, offset + shift), 0] : [address, offset + shift];
    return storeVector(at, from, value, step, state.lanes);
  }

  /** The step from lane to lane, and the bytes to a copy's first one. */
  private stepOf(
    { steps }: Affine,
    dtype: DType,
    copy: number,
  ): { readonly step: number; readonly shift: number } {
    const step = steps[this.nest.levels[this.nest.vector]?.source ?? -1] ?? 0;
    return { step, shift: 4 * copy * step * bytesOf(dtype) };
  }

  private valueOf(node: Node, state: Inside, copy: number): Lane {
    const known = this.varying.has(node) ? state.own.get(copy)?.get(node) : state.shared.get(node);
    if (known === undefined) throw new TypeError("an element is read before it is computed");
    return known;
  }

  private compute(node: Node, state: Inside): void {
    if (!this.varying.has(node)) state.shared.set(node, this.laneOf(node, state, 0));
    else for (const copy of state.copies) state.own.get(copy)?.set(node, this.laneOf(node, state, copy));
  }

  private laneOf(node: Node, state: Inside, copy: number): Lane {
    const { dtype } = node;
    switch (node.kind) {
      case "constant":
        return this.emit.constant(node.value, dtype);
      case "given":
        return this.isVector ? this.kept(dtype, packed([node.lane.value], dtype)) : node.lane;
      case "index":
        return this.indexLane(node.at, dtype, state, copy);
      case "load": {
        const { address, offset } = this.pointers.addressOf(node.buffer, node.at, state.pointers);
        if (!this.isVector) return this.kept(dtype, loadNumber(address, offset, dtype));
        const { step, shift } = this.stepOf(node.at, dtype, copy);
        return this.kept(dtype, loadVector(address, offset + shift, dtype, step, state.lanes));
      }
      case "operation": {
        const { lower, params, output } = node.operation;
        const inputs = node.inputs.map((input) => this.valueOf(input, state, copy));
        return lower.emit<Lane>(this.emit, inputs, params, output);
      }
    }
  }

  private kept(dtype: DType, value: Expression): Lane {
    const variable = local(value.type);
    this.emit.sink.push(variable.set(value));
    return { dtype, value: variable };
  }

  /** The value of an index. */
  private indexLane({ start, steps }: Affine, dtype: DType, state: Inside, copy: number): Lane {
    const { levels, vector } = this.nest;
    let sum: Expression<"i32"> = i32.const(start);
    state.counters.forEach((counter, level) => {
      const step = steps[levels[level]?.source ?? -1] ?? 0;
      if (step !== 0) sum = i32.add(sum, i32.mul(counter, step));
    });
    if (!this.isVector) return this.scalars.convert({ dtype: "int32", value: sum }, dtype);
    const step = steps[levels[vector]?.source ?? -1] ?? 0;
    const lanes = packed(
      [0, 1, 2, 3].map((lane) => i32.const((lane + 4 * copy) * step)),
      "int32",
    );
    const whole = i32x4.add(i32x4.splat(sum), lanes);
    return this.vectors.convert({ dtype: "int32", value: whole }, dtype);
  }
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const minimum = (a: Expression<"i32">, b: number): Expression<"i32"> => {
  const smaller = i32.ltS(a, b);
  return { type: "i32", code: [a.code, i32.const(b).code, smaller.code, 0x1b] };
};

const reachable = (graph: Graph, roots: readonly Root[]): readonly Node[] => {
  const live = new Set<Node>();
  const visit = (node: Node): void => {
    if (live.has(node)) return;
    live.add(node);
    if (node.kind === "operation") node.inputs.forEach(visit);
  };
  for (const { node } of roots) visit(node);
  return graph.nodes.filter((node) => live.has(node));
};
