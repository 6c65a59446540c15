/** Transformations that take the function last: `pipe(loss, P.grad({ argnums: 1 }))`. */

import type { GradLast, ValueAndGradLast } from "../types/differentiate.js";
import type { HessianLast, JacobiansLast } from "../types/jacobian.js";
import type { JitLast } from "../types/jit.js";
import type { VMapLast } from "../types/map.js";
import type { TreeMapLast } from "../types/tree.js";
import type { Untyped } from "../types/tensor.js";
import * as jitting from "../compile/jit.js";
import * as trees from "../ops/tree-map.js";
import * as gradients from "../transforms/grad.js";
import * as jacobians from "../transforms/jacobian.js";
import * as mapping from "../transforms/vmap.js";
import type { Backend } from "../program/backend.js";
import { last } from "./last.js";

export const grad: GradLast = /* @__PURE__ */ last(gradients.grad);
export const valueAndGrad: ValueAndGradLast = /* @__PURE__ */ last(gradients.valueAndGrad);
export const jacfwd: JacobiansLast = /* @__PURE__ */ last(jacobians.jacfwd);
export const jacrev: JacobiansLast = /* @__PURE__ */ last(jacobians.jacrev);
export const hessian: HessianLast = /* @__PURE__ */ last(jacobians.hessian);
export const jit: JitLast<Backend> = /* @__PURE__ */ last(jitting.jit);
export const vmap: VMapLast = /* @__PURE__ */ last(mapping.vmap);

const map: Untyped = trees.treeMap;

/** `P.treeMap(f)(tree)`: here the tree is the data. */
export const treeMap: TreeMapLast =
  (f): Untyped =>
  (tree: unknown): unknown =>
    (map as (g: typeof f, tree: unknown) => unknown)(f, tree);
