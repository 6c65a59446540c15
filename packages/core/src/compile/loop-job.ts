/** What loops are to do: expressions over a domain, and what becomes of them. */

import type { Affine, FoldName } from "../program/lowering.js";
import type { DType, Shape } from "../types/tensor.js";
import type { Statement } from "../wasm/expression.js";
import type { Graph, Node } from "./expression-graph.js";
import type { Lane } from "./lanes.js";
import type { BufferStorage } from "./storage.js";

/** What becomes of an expression: its elements are stored, or their totals along the reduced axes. */
export interface Root {
  readonly node: Node;
  readonly fold?: FoldName;
  /** Where a result goes: steps along reduced axes are 0. */
  readonly target:
    { readonly buffer: BufferStorage; readonly at: Affine } | { readonly keep: (total: Lane) => Statement };
  readonly dtype: DType;
}

export interface LoopJob {
  readonly domain: Shape;
  readonly reduced: readonly boolean[];
  readonly graph: Graph;
  readonly roots: readonly Root[];
}
