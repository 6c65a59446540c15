/** Writes loops: elements are loaded, computed and stored, or added to totals, four at a time where that can be. */

import { sizeOfShape } from "../tensor/shape.js";
import { once } from "../wasm/engine.js";
import { forRange, sequence } from "../wasm/control.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { writeEmptyLoops } from "./empty-loops.js";
import { beforeLoops, insideLoop, type InsideLoops } from "./inside-loops.js";
import type { HostFunctions, Lane } from "./lanes.js";
import { nestOf, type Nest } from "./loop-axes.js";
import { copiesOf, isWorthCopying } from "./loop-copies.js";
import { LoopElements, reachable } from "./loop-elements.js";
import type { LoopJob } from "./loop-job.js";
import { LoopTotals, partLength } from "./loop-totals.js";
import { ScalarLanes } from "./scalar-lanes.js";

/** Writes the loops of a job, four lanes at a time where it can be. */
export const writeLoops = (job: LoopJob, host: HostFunctions): Statement =>
  sizeOfShape(job.domain) === 0
    ? writeEmptyLoops(job, new ScalarLanes(host))
    : sequence(...new LoopWriter(job, host).write());

class LoopWriter {
  private readonly nest: Nest;
  private readonly elements: LoopElements;
  private readonly totals: LoopTotals;
  private readonly copies: number;

  constructor(
    private readonly job: LoopJob,
    host: HostFunctions,
  ) {
    const live = reachable(job.graph, job.roots);
    const loads = live.flatMap((node) => (node.kind === "load" || node.kind === "index" ? [node.at] : []));
    const stores = job.roots.flatMap(({ target }) => ("at" in target ? [target.at] : []));
    const isWide = [...live, ...job.roots].some(({ dtype }) => dtype === "float64");
    this.nest = nestOf(job.domain, job.reduced, loads, stores, !isWide);
    this.elements = new LoopElements(job, live, this.nest, host);
    this.copies = copiesOf(this.nest, job.roots);
    this.totals = new LoopTotals(job.roots, this.nest, this.elements);
  }

  write(): readonly Statement[] {
    return this.inside(0, beforeLoops(this.elements.pointers.first()));
  }

  /** The code inside of the loops before a level. */
  private inside(level: number, state: InsideLoops): readonly Statement[] {
    const { parallel, vector } = this.nest;
    const values = this.elements.computed(level, state);
    if (level !== parallel || !this.totals.some) return [...values, ...this.further(level, state)];
    const copies = vector >= parallel ? this.copies : state.copies.length;
    const { totals, statements } = this.totals.begin(copies);
    const within = this.further(level, { ...state, totals });
    return [...values, ...statements, ...within, ...this.totals.finish(state, totals)];
  }

  private further(level: number, state: InsideLoops): readonly Statement[] {
    return level === this.nest.levels.length ? this.leaf(state) : this.loop(level, state);
  }

  private loop(level: number, state: InsideLoops): readonly Statement[] {
    const { levels, vector } = this.nest;
    const { length } = levels[level] as Nest["levels"][number];
    const counter = local("i32");
    const isVector = level === vector;
    // Vectors are counted in the bytes of elements of 32 bits.
    const index = isVector ? i32.shrU(counter, 2) : counter;
    const body = (copies: readonly number[], lanes: number): readonly Statement[] => {
      const { statements, pointers } = this.elements.pointers.moved(level, state.pointers, counter);
      return [
        ...statements,
        ...this.inside(level + 1, insideLoop(state, { copies, lanes, pointers, index })),
      ];
    };
    if (!isVector)
      return [this.counted(level, counter, 0, length, 1, body(state.copies, state.lanes), state)];
    const full = Math.floor(length / 4);
    const single = once(() => body([0], 4));
    const copies = this.copies === 1 || this.totals.some || isWorthCopying(single()) ? this.copies : 1;
    const blocks = Math.floor(full / copies) * copies;
    const parts: Statement[] = [];
    if (copies > 1 && blocks > 0)
      parts.push(this.counted(level, counter, 0, 16 * blocks, 16 * copies, body(range(copies), 4), state));
    const rest = copies > 1 ? blocks : 0;
    if (full > rest) parts.push(this.counted(level, counter, 16 * rest, 16 * full, 16, single(), state));
    if (length > 4 * full) parts.push(counter.set(16 * full), ...body([0], length - 4 * full));
    return [...parts, ...(this.isInnermostFold(level) ? this.totals.flushes(state) : [])];
  }

  private isInnermostFold(level: number): boolean {
    const { levels } = this.nest;
    return level === levels.length - 1 && levels[level]?.reduced === true;
  }

  /** A loop; the innermost one of a long float32 sum in parts. */
  private counted(
    level: number,
    counter: ReturnType<typeof local<"i32">>,
    from: number,
    to: number,
    by: number,
    body: readonly Statement[],
    state: InsideLoops,
  ): Statement {
    const innermost = this.isInnermostFold(level);
    const flushes = innermost ? this.totals.flushes(state) : [];
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

  private leaf(state: InsideLoops): readonly Statement[] {
    return this.elements.emitted(() => {
      this.job.roots.forEach((root, place) => {
        const valueOf = (copy: number): Lane => this.elements.valueOf(root.node, state, copy);
        if (root.fold !== undefined) this.totals.add(place, state.copies.map(valueOf), state);
        else for (const copy of state.copies) this.elements.store(root, valueOf(copy), state, copy);
      });
    });
  }
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const minimum = (a: Expression<"i32">, b: number): Expression<"i32"> => {
  const smaller = i32.ltS(a, b);
  return { type: "i32", code: [a.code, i32.const(b).code, smaller.code, 0x1b] };
};
