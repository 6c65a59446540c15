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

/** `P.grad(options)(f)` is `grad(f, options)`: ∂f/∂x. */
export const grad: GradLast = /* @__PURE__ */ last(gradients.grad);
/** `P.valueAndGrad(options)(f)` is `valueAndGrad(f, options)`: [f(x), ∂f/∂x]. */
export const valueAndGrad: ValueAndGradLast = /* @__PURE__ */ last(gradients.valueAndGrad);
/** `P.jacfwd(options)(f)` is `jacfwd(f, options)`: the Jacobian, column by column. */
export const jacfwd: JacobiansLast = /* @__PURE__ */ last(jacobians.jacfwd);
/** `P.jacrev(options)(f)` is `jacrev(f, options)`: the Jacobian, row by row. */
export const jacrev: JacobiansLast = /* @__PURE__ */ last(jacobians.jacrev);
/** `P.hessian(options)(f)` is `hessian(f, options)`: ∂²f/∂x². */
export const hessian: HessianLast = /* @__PURE__ */ last(jacobians.hessian);
/** `P.jit(options)(f)` is `jit(f, options)`: f, traced once and compiled. */
export const jit: JitLast<Backend> = /* @__PURE__ */ last(jitting.jit);
/** `P.vmap(options)(f)` is `vmap(f, options)`: f over an axis of its arguments. */
export const vmap: VMapLast = /* @__PURE__ */ last(mapping.vmap);

const map: Untyped = trees.treeMap;

/**
 * `P.treeMap(f)(tree)` is `treeMap(f, tree)`: here the tree is the data, and the only one.
 *
 * @throws TensorError on what is no tree.
 * @example
 * ```ts
 * import { scalar, square } from "@cotangent/core";
 * import * as P from "@cotangent/core/pipe";
 * import { pipe } from "fp-ts/lib/function.js";
 *
 * pipe({ a: scalar(2), b: [scalar(3)] }, P.treeMap(square)); // { a: 4, b: [9] }
 * ```
 */
export const treeMap: TreeMapLast =
  (f): Untyped =>
  (tree: unknown): unknown =>
    (map as (g: typeof f, tree: unknown) => unknown)(f, tree);
