/** Loops over a part of a domain that the code around them has reached: every access is moved there. */

import type { Shape } from "../types/tensor.js";
import type { Strided } from "./code-block.js";
import { Graph, type Node } from "./expression-graph.js";
import type { LoopJob, Root } from "./loop-job.js";

type IndexNode = Extract<Node, { kind: "index" }>;

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
