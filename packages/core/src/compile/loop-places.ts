/** How deep in the loops each node is computed. */

import type { Node } from "./expression-graph.js";
import type { Nest } from "./loop-axes.js";

interface Places {
  /** The innermost loop that a node depends on, -1 if none. */
  readonly depths: ReadonlyMap<Node, number>;
  /** The nodes that differ from lane to lane. */
  readonly varying: ReadonlySet<Node>;
}

/** For nodes of which inputs come first. */
export const placesOf = (nodes: readonly Node[], { levels, vector }: Nest): Places => {
  const depths = new Map<Node, number>();
  const varying = new Set<Node>();
  for (const node of nodes) {
    let depth = -1;
    let varies = false;
    if (node.kind === "load" || node.kind === "index") {
      levels.forEach(({ source }, level) => {
        if ((node.at.steps[source] ?? 0) === 0) return;
        depth = level;
        if (level === vector) varies = true;
      });
    } else if (node.kind === "operation") {
      for (const input of node.inputs) {
        depth = Math.max(depth, depths.get(input) ?? -1);
        if (varying.has(input)) varies = true;
      }
    }
    depths.set(node, depth);
    if (varies) varying.add(node);
  }
  return { depths, varying };
};
