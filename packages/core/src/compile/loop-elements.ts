/** Elements inside of loops: they are loaded, computed and stored, four at a time where loops are of vectors. */

import type { Affine } from "../program/lowering.js";
import type { DType } from "../types/tensor.js";
import { bytesOf } from "../tensor/dtype.js";
import { once } from "../wasm/engine.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { reciprocal } from "../wasm/float32/divide.js";
import { i32 } from "../wasm/integer.js";
import { i32x4 } from "../wasm/simd.js";
import { loadNumber, loadVector, storeNumber, storeVector } from "./access.js";
import type { Graph, Node } from "./expression-graph.js";
import type { InsideLoops } from "./inside-loops.js";
import { asVector, packed, type HostFunctions, type Lane } from "./lanes.js";
import type { Nest } from "./loop-axes.js";
import type { LoopJob, Root } from "./loop-job.js";
import { placesOf } from "./loop-places.js";
import { Pointers } from "./pointers.js";
import { ScalarLanes } from "./scalar-lanes.js";
import { VectorLanes } from "./vector-lanes.js";

/** Writes what the loops of a nest do with elements. */
export class LoopElements {
  readonly vectors: VectorLanes;
  readonly scalars: ScalarLanes;
  readonly pointers: Pointers;
  /** The innermost loop that each node depends on, and which nodes differ from lane to lane. */
  private readonly depths: ReadonlyMap<Node, number>;
  private readonly varying: ReadonlySet<Node>;

  constructor(
    job: LoopJob,
    private readonly live: readonly Node[],
    private readonly nest: Nest,
    host: HostFunctions,
  ) {
    this.vectors = new VectorLanes(host);
    this.scalars = new ScalarLanes(host);
    ({ depths: this.depths, varying: this.varying } = placesOf(live, nest));
    this.pointers = new Pointers(nest, [
      ...live.flatMap((node) => (node.kind === "load" ? [node] : [])),
      ...job.roots.flatMap(({ target }) => ("at" in target ? [target] : [])),
    ]);
  }

  get isVector(): boolean {
    return this.nest.vector >= 0;
  }

  get emit(): VectorLanes | ScalarLanes {
    return this.isVector ? this.vectors : this.scalars;
  }

  /** Writes statements by what a function emits. */
  emitted(write: () => void): readonly Statement[] {
    const [before, outer] = [this.vectors.sink, this.scalars.sink];
    const statements: Statement[] = [];
    this.vectors.sink = statements;
    this.scalars.sink = statements;
    write();
    this.vectors.sink = before;
    this.scalars.sink = outer;
    return statements;
  }

  /** Computes what depends on the loops before a level, and on none further in. */
  computed(level: number, state: InsideLoops): readonly Statement[] {
    return this.emitted(() => {
      for (const node of this.live) if (this.depths.get(node) === level - 1) this.compute(node, state);
    });
  }

  valueOf(node: Node, state: InsideLoops, copy: number): Lane {
    const known = this.varying.has(node) ? state.own.get(copy)?.get(node) : state.shared.get(node);
    if (known === undefined) throw new TypeError("an element is read before it is computed");
    return known;
  }

  /** Stores an element of a root, or four side by side. */
  store({ target }: Root, value: Lane, state: InsideLoops, copy: number): void {
    this.emit.sink.push(...this.stores(target, value, state, copy));
  }

  /** Stores one number. */
  storeNumber({ target }: Root, value: Lane, { pointers }: InsideLoops): void {
    if ("keep" in target) this.scalars.sink.push(target.keep(value));
    else {
      const { address, offset } = this.pointers.addressOf(target.buffer, target.at, pointers);
      this.scalars.sink.push(storeNumber(address, offset, value));
    }
  }

  private stores(
    target: Root["target"],
    value: Lane,
    state: InsideLoops,
    copy: number,
  ): readonly Statement[] {
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

  private compute(node: Node, state: InsideLoops): void {
    if (!this.varying.has(node)) state.shared.set(node, this.divisor(this.laneOf(node, state, 0)));
    else
      for (const copy of state.copies) {
        this.vectors.isOdd = copy % 2 === 1;
        state.own.get(copy)?.set(node, this.laneOf(node, state, copy));
        this.vectors.isOdd = false;
      }
  }

  /** What is the same for all lanes, with its reciprocal beside it for those who ask. */
  private divisor(lane: Lane): Lane {
    if (!this.isVector || lane.dtype !== "float32") return lane;
    const { sink } = this.vectors;
    const inverse = once(() => {
      const variable = local("v128");
      sink.push(variable.set(reciprocal(asVector(lane))));
      return variable;
    });
    return { ...lane, reciprocal: inverse };
  }

  private laneOf(node: Node, state: InsideLoops, copy: number): Lane {
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
  private indexLane({ start, steps }: Affine, dtype: DType, state: InsideLoops, copy: number): Lane {
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

/** The nodes that roots need, inputs first. */
export const reachable = (graph: Graph, roots: readonly Root[]): readonly Node[] => {
  const live = new Set<Node>();
  const visit = (node: Node): void => {
    if (live.has(node)) return;
    live.add(node);
    if (node.kind === "operation") node.inputs.forEach(visit);
  };
  for (const { node } of roots) visit(node);
  return graph.nodes.filter((node) => live.has(node));
};
