/** What the compiler decides while it compiles, seen where it does: so that a test can tell what its programs reach. */

import { vi } from "vitest";
import { analyse } from "../src/compile/analysis.js";
import { BlockWriter } from "../src/compile/block.js";
import { isTotal } from "../src/compile/items.js";
import { LoopElements, reachable } from "../src/compile/loop-elements.js";
import { LoopItems } from "../src/compile/loop-items.js";
import type { LoopJob } from "../src/compile/loop-job.js";
import { ResultPlaces } from "../src/compile/result-places.js";
import { Values } from "../src/compile/values.js";
import { isVariableOf, type Program } from "../src/program/program.js";
import { sizeOfShape } from "../src/tensor/shape.js";

const decisions = [
  "several results in one loop",
  "more than three results in one loop",
  "a total beside other results of its loop",
  "several totals in one loop",
  "a value in the place of an output",
  "a result in the place of what its loop reads",
  "copies of a body",
  "copies of a body with totals",
  "loops behind blocks of a product",
  "loops behind rows by index",
  "rows computed where they are read by index",
  "small values in variables",
  "a transposed read",
  "a broadcast read",
  "a read with gaps",
  "a read backwards",
  "an argument as a result",
  "a constant as a result",
  "a result twice",
] as const;

/** One kind of them. */
export type Decision = (typeof decisions)[number];

/** How many programs each was made in. */
export type Counts = Readonly<Record<Decision, number>>;

/** Counts the decisions of what is compiled meanwhile, those of each program once. */
export const countingDecisions = (
  whileCounting: (count: <T>(program: Program, compile: () => T) => T) => void,
): Counts => {
  const counts = Object.fromEntries(decisions.map((decision) => [decision, 0])) as Record<Decision, number>;
  const watches = watchedMethods();
  try {
    whileCounting((program, compile) => {
      const seen = new Set<Decision>();
      Object.values(watches).forEach((watch) => watch.mockClear());
      const result = compile();
      const see: See = (decision, is = true) => {
        if (is) seen.add(decision);
      };
      seeCalls(watches, see);
      seeProgram(program, see);
      for (const decision of seen) counts[decision]++;
      return result;
    });
  } finally {
    Object.values(watches).forEach((watch) => watch.mockRestore());
  }
  return counts;
};

type See = (decision: Decision, is?: boolean) => void;

/** Methods of the compiler, which do as before and keep what they were called with. */
const watchedMethods = () => ({
  write: vi.spyOn(LoopItems.prototype, "write"),
  writeFollowed: vi.spyOn(LoopItems.prototype, "writeFollowed"),
  computed: vi.spyOn(LoopElements.prototype, "computed"),
  host: vi.spyOn(ResultPlaces.prototype, "host"),
  reuse: vi.spyOn(Values.prototype, "reuse"),
  set: vi.spyOn(Values.prototype, "set"),
  loops: vi.spyOn(BlockWriter.prototype, "loops"),
});

const seeCalls = (watches: ReturnType<typeof watchedMethods>, see: See): void => {
  for (const [{ equations }] of watches.write.mock.calls) {
    const totals = equations.filter(isTotal).length;
    see("several results in one loop", equations.length > 1);
    see("more than three results in one loop", equations.length > 3);
    see("a total beside other results of its loop", totals > 0 && totals < equations.length);
    see("several totals in one loop", totals > 1);
  }
  for (const [{ equations }] of watches.writeFollowed.mock.calls) {
    const { kind } = equations[0].primitive.lower;
    see(kind === "contract" ? "loops behind blocks of a product" : "loops behind rows by index");
  }
  for (const [, { copies, totals }] of watches.computed.mock.calls) {
    const hasTotals = totals.some(({ length }) => length > 0);
    see(hasTotals ? "copies of a body with totals" : "copies of a body", copies.length > 1);
  }
  see("a value in the place of an output", watches.host.mock.calls.length > 0);
  see("a result in the place of what its loop reads", watches.reuse.mock.calls.length > 0);
  for (const [, { kind }] of watches.set.mock.calls) see("small values in variables", kind === "lanes");
  for (const [job] of watches.loops.mock.calls) seeReads(job, see);
};

const seeReads = ({ domain, graph, roots }: LoopJob, see: See): void => {
  for (const node of reachable(graph, roots)) {
    if (node.kind !== "load" || sizeOfShape(node.buffer.shape) === 1) continue;
    const steps = node.at.steps.filter((_, axis) => (domain[axis] ?? 1) > 1);
    const moving = steps.filter((step) => step !== 0);
    see("a broadcast read", steps.includes(0));
    see(
      "a transposed read",
      moving.some((step, place) => Math.abs(step) < Math.abs(moving[place + 1] ?? 0)),
    );
    see("a read with gaps", moving.length > 0 && moving.every((step) => Math.abs(step) > 1));
    see(
      "a read backwards",
      steps.some((step) => step < 0),
    );
  }
};

const seeProgram = (program: Program, see: See): void => {
  const { outputs, inputs, equations } = program;
  const { stored, givers } = analyse(program, Infinity);
  see(
    "rows computed where they are read by index",
    equations.some(({ primitive, inputs: [rows] }) => {
      if (primitive.lower.kind !== "gather" || !isVariableOf(program, rows)) return false;
      return givers.has(rows.index) && !stored.has(rows.index);
    }),
  );
  see(
    "an argument as a result",
    outputs.some((output) => inputs.includes(output as never)),
  );
  see(
    "a constant as a result",
    outputs.some((output) => !isVariableOf(program, output)),
  );
  see("a result twice", new Set(outputs).size < outputs.length);
};
