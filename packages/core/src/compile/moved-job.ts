/** Loops over a part of a domain that the code around them has reached: every access is moved there. */

import type { Affine } from "../program/lowering.js";
import { bytesOf } from "../tensor/dtype.js";
import type { Shape } from "../types/tensor.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import { Graph, sum, type Node } from "./expression-graph.js";
import type { HostFunctions } from "./lanes.js";
import type { LoopJob, Root } from "./loop-job.js";
import { ScalarLanes } from "./scalar-lanes.js";
import type { Strided } from "./storage.js";

type IndexNode = Extract<Node, { kind: "index" }>;

/** How loops become others: their domain, where each access goes, and what the number of a loop is. */
export interface Moves {
  /** The loops that are left. */
  readonly domain: Shape;
  readonly access: (access: Strided) => Strided;
  readonly index: (graph: Graph, node: IndexNode) => Node;
}

/** The same work with every access elsewhere; of loops that add nothing up. */
export const movedJob = ({ roots }: LoopJob, { domain, access, index }: Moves): LoopJob => {
  const graph = new Graph();
  const moved = new Map<Node, Node>();
  const copyOf = (node: Node): Node => {
    switch (node.kind) {
      case "load": {
        const { buffer, at } = access(node);
        return graph.load(buffer, node.dtype, at);
      }
      case "index":
        return index(graph, node);
      case "constant":
        return graph.constant(node.dtype, node.value);
      case "given":
        return graph.given(node.lane);
      case "operation": {
        const inputs = node.inputs.map((input) => nodeOf(input));
        return graph.operation(node, node.operation, inputs);
      }
    }
  };
  const nodeOf = (node: Node): Node => {
    const known = moved.get(node);
    if (known !== undefined) return known;
    const made = copyOf(node);
    moved.set(node, made);
    return made;
  };
  const movedRoots = roots.map((root): Root => {
    if ("keep" in root.target) throw new TypeError("a total has no place");
    return { ...root, node: nodeOf(root.node), target: access(root.target) };
  });
  return { domain, reduced: domain.map(() => false), graph, roots: movedRoots };
};

/** What a job reads and writes, each once. */
export const accessesOf = (job: LoopJob): readonly Strided[] => {
  const accesses: Strided[] = [];
  movedJob(job, {
    domain: job.domain,
    index: (graph, { dtype, at }) => graph.index(dtype, at),
    access: (access) => {
      accesses.push(access);
      return access;
    },
  });
  return accesses;
};

/** Some axes of a job's domain, from a place on that code around it has reached: statements that find it, and the job. */
export const jobAt = (
  job: LoopJob,
  /** For each axis of the domain, where it begins; undefined where at its beginning. */
  place: readonly (Expression<"i32"> | undefined)[],
  /** The axes that are left, and how long they are. */
  axes: readonly { readonly axis: number; readonly length: number }[],
  host: HostFunctions,
): { readonly statements: readonly Statement[]; readonly job: LoopJob } => {
  const scalars = new ScalarLanes(host);
  const distance = ({ steps }: Affine, size: number): Expression<"i32"> | undefined =>
    place.reduce<Expression<"i32"> | undefined>((total, number, axis) => {
      const step = (steps[axis] ?? 0) * size;
      if (number === undefined || step === 0) return total;
      const term = i32.mul(number, step);
      return total === undefined ? term : i32.add(total, term);
    }, undefined);
  const inside = ({ start, steps }: Affine): Affine => ({
    start,
    steps: axes.map(({ axis }) => steps[axis] ?? 0),
  });
  const moved = movedJob(job, {
    domain: axes.map(({ length }) => length),
    access: ({ buffer, at }) => {
      const size = bytesOf(buffer.dtype);
      const bytes = distance(at, size);
      if (bytes === undefined) return { buffer, at: inside(at) };
      const pointer = local("i32");
      // With the start in it: without that, the pointer of what goes backwards could be below 0, which is beyond all memory.
      const start = i32.add(buffer.pointer, buffer.offset + at.start * size);
      scalars.sink.push(pointer.set(i32.add(start, bytes)));
      return {
        buffer: { ...buffer, pointer, offset: 0, piece: undefined },
        at: { ...inside(at), start: 0 },
      };
    },
    index: (graph, { dtype, at }) => {
      const index = graph.index(dtype, inside(at));
      const before = distance(at, 1);
      if (before === undefined) return index;
      const lane = scalars.named(scalars.convert({ dtype: "int32", value: before }, dtype));
      const output = { shape: [], dtype };
      return graph.operation({}, { lower: sum, params: {}, output }, [graph.given(lane), index]);
    },
  });
  return { statements: scalars.sink, job: moved };
};
