/** Writes loops: elements are loaded, computed and stored, or added to totals, four at a time where that can be. */

import { sizeOfShape } from "../tensor/shape.js";
import { once } from "../wasm/engine.js";
import { forParts, forRange, sequence } from "../wasm/control.js";
import { local, type Local, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { stripAddress } from "../wasm/reserved.js";
import { stagesOf } from "../wasm/stages.js";
import { loopInStages, type VectorLoop } from "../wasm/strips.js";
import { writeEmptyLoops } from "./empty-loops.js";
import { beforeLoops, insideLoop, type InsideLoops } from "./inside-loops.js";
import type { HostFunctions, Lane } from "./lanes.js";
import { nestOf, type Nest } from "./loop-axes.js";
import { copiesOf, isWorthCopying } from "./loop-copies.js";
import { LoopElements, reachable } from "./loop-elements.js";
import type { LoopJob } from "./loop-job.js";
import { LoopTotals, partLength } from "./loop-totals.js";
import { ScalarLanes } from "./scalar-lanes.js";

/** Loops over fewer vectors are not done in stages. */
const shortestInStages = 16;

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
    if (level !== parallel || !this.totals.some) {
      // What further loops ask for comes before them.
      const further = this.further(level, state);
      return [...values, ...further];
    }
    const copies = vector >= parallel ? this.copies : state.copies.length;
    const totals = this.totals.forCopies(copies);
    // Which of them are used, is known behind the loops alone.
    const within = this.further(level, { ...state, totals });
    return [...values, ...this.totals.begin(totals), ...within, ...this.totals.finish(state, totals)];
  }

  private further(level: number, state: InsideLoops): readonly Statement[] {
    return level === this.nest.levels.length ? this.leaf(state) : this.loop(level, state);
  }

  private loop(level: number, state: InsideLoops): readonly Statement[] {
    const { levels, vector } = this.nest;
    const { length } = levels[level] as Nest["levels"][number];
    const counter = local("i32");
    const { statements: setup, pointers } = this.elements.pointers.moved(level, state.pointers, counter);
    // Vectors are counted in the bytes of elements of 32 bits.
    const index = level === vector ? i32.shrU(counter, 2) : counter;
    const inside = (copies: readonly number[], lanes: number): readonly Statement[] =>
      this.inside(level + 1, insideLoop(state, { copies, lanes, pointers, index }));
    if (level === vector) return this.vectorLoop(level, counter, setup, inside, state);
    const body = inside(state.copies, state.lanes);
    const staged =
      vector >= 0
        ? this.inStages(level, length, { counter, from: 0, to: length, by: 1, setup, body }, state)
        : undefined;
    return [staged ?? this.counted(level, counter, 0, length, 1, [...setup, ...body], state)];
  }

  /** An innermost loop over so many vectors in stages, if its body has some. */
  private inStages(
    level: number,
    vectors: number,
    loop: VectorLoop,
    state: InsideLoops,
  ): Statement | undefined {
    if (level !== this.nest.levels.length - 1 || vectors < shortestInStages) return undefined;
    const stages = stagesOf(loop.body);
    const flushes = this.isInnermostFold(level) ? this.totals.flushes(state) : [];
    const parts = flushes.length > 0 ? { iterations: partLength, behind: flushes } : undefined;
    return stages && loopInStages(stages, loop, stripAddress, parts);
  }

  private vectorLoop(
    level: number,
    counter: Local<"i32">,
    setup: readonly Statement[],
    inside: (copies: readonly number[], lanes: number) => readonly Statement[],
    state: InsideLoops,
  ): readonly Statement[] {
    const { levels } = this.nest;
    const { length } = levels[level] as Nest["levels"][number];
    const full = Math.floor(length / 4);
    const flushes = (): readonly Statement[] =>
      this.isInnermostFold(level) ? this.totals.flushes(state) : [];
    const single = once(() => inside([0], 4));
    const rest = (): readonly Statement[] =>
      length > 4 * full ? [counter.set(16 * full), ...setup, ...inside([0], length - 4 * full)] : [];
    const staged = this.inStages(
      level,
      full,
      { counter, from: 0, to: 16 * full, by: 16, setup, body: single() },
      state,
    );
    if (staged !== undefined) return [staged, ...rest(), ...flushes()];
    const counted = (from: number, to: number, copies: number, body: readonly Statement[]): Statement =>
      this.counted(level, counter, 16 * from, 16 * to, 16 * copies, [...setup, ...body], state);
    const copies = this.copies === 1 || this.totals.some || isWorthCopying(single()) ? this.copies : 1;
    const blocks = copies > 1 ? Math.floor(full / copies) * copies : 0;
    return [
      ...(blocks > 0 ? [counted(0, blocks, copies, inside(range(copies), 4))] : []),
      ...(full > blocks ? [counted(blocks, full, 1, single())] : []),
      ...rest(),
      ...flushes(),
    ];
  }

  private isInnermostFold(level: number): boolean {
    const { levels } = this.nest;
    return level === levels.length - 1 && levels[level]?.reduced === true;
  }

  /** A loop; the innermost one of a long float32 sum in parts. */
  private counted(
    level: number,
    counter: Local<"i32">,
    from: number,
    to: number,
    by: number,
    body: readonly Statement[],
    state: InsideLoops,
  ): Statement {
    const innermost = this.isInnermostFold(level);
    const flushes = innermost ? this.totals.flushes(state) : [];
    if ((to - from) / by > partLength && flushes.length > 0)
      return forParts(from, to, by * partLength, (start, end) => [
        forRange(counter, start, end, by, body),
        ...flushes,
      ]);
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
