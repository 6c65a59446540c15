/** Shapes, indices and contractions, data last. */

import type { AlongAxisLast, RollLast } from "../types/along.js";
import type {
  DotProductLast,
  EinsumLast,
  FlatProductLast,
  InnerProductLast,
  KroneckerProductLast,
  MatrixProductLast,
  OuterProductLast,
  TensorDotLast,
} from "../types/contract.js";
import type { BroadcastToLast, ExpandDimsLast, SqueezeLast } from "../types/expand.js";
import type { ConcatenateLast, StackLast } from "../types/join.js";
import type { OneHotLast, SliceLast, SplitIntoLast, TakeAlongAxisLast, TakeLast } from "../types/part.js";
import type { MoveAxisLast, SwapAxesLast, TransposeLast, TurnLast } from "../types/permute.js";
import type { PadWithLast, RepeatLast, TileLast } from "../types/repeat.js";
import type { ExpectShapeLast, ReshapeLast } from "../types/reshape.js";
import type { Untyped } from "../types/tensor.js";
import * as contractions from "../ops/contract.js";
import { einsum as contractNamed } from "../ops/einsum.js";
import * as flips from "../ops/flip.js";
import * as joins from "../ops/join.js";
import * as matrices from "../ops/matmul.js";
import * as hot from "../ops/one-hot.js";
import * as outers from "../ops/outer.js";
import * as padding from "../ops/pad.js";
import * as permutations from "../ops/permute.js";
import * as inspection from "../ops/inspect.js";
import * as repetition from "../ops/repeat.js";
import * as shapes from "../ops/reshape.js";
import * as slices from "../ops/slice.js";
import * as splits from "../ops/split.js";
import * as takes from "../ops/take.js";
import { last } from "./last.js";

/** `P.reshape(shape)(x)` is `reshape(x, shape)`: the elements in row-major order under another shape. */
export const reshape: ReshapeLast = /* @__PURE__ */ last(shapes.reshape);
/** `P.transpose(permutation)(x)` is `transpose(x, permutation)`: the axes in another order. */
export const transpose: TransposeLast = /* @__PURE__ */ last(permutations.transpose);
/** `P.swapAxes(i, j)(x)` is `swapAxes(x, i, j)`: two axes exchanged. */
export const swapAxes: SwapAxesLast = /* @__PURE__ */ last(permutations.swapAxes);
/** `P.moveAxis(source, destination)(x)` is `moveAxis(x, source, destination)`: an axis moved to another place. */
export const moveAxis: MoveAxisLast = /* @__PURE__ */ last(permutations.moveAxis);
/** `P.expandDims(axis)(x)` is `expandDims(x, axis)`: a new axis of length 1. */
export const expandDims: ExpandDimsLast = /* @__PURE__ */ last(shapes.expandDims);
/** `P.squeeze(options)(x)` is `squeeze(x, options)`: without axes of length 1. */
export const squeeze: SqueezeLast = /* @__PURE__ */ last(shapes.squeeze);
/** `P.broadcastTo(shape)(x)` is `broadcastTo(x, shape)`: x stretched by NumPy's rules. */
export const broadcastTo: BroadcastToLast = /* @__PURE__ */ last(shapes.broadcastTo);
/** `P.concatenate(options)(tensors)` is `concatenate(tensors, options)`: tensors one after another. */
export const concatenate: ConcatenateLast = /* @__PURE__ */ last(joins.concatenate);
/** `P.stack(options)(tensors)` is `stack(tensors, options)`: tensors side by side along a new axis. */
export const stack: StackLast = /* @__PURE__ */ last(joins.stack);
/** `P.split(parts, options)(x)` is `split(x, parts, options)`: the parts of x along an axis. */
export const split: SplitIntoLast = /* @__PURE__ */ last(splits.split);
/** `P.tile(reps)(x)` is `tile(x, reps)`: x side by side with itself. */
export const tile: TileLast = /* @__PURE__ */ last(repetition.tile);
/** `P.repeat(counts, options)(x)` is `repeat(x, counts, options)`: each element so many times. */
export const repeat: RepeatLast = /* @__PURE__ */ last(repetition.repeat);
/** `P.flip(options)(x)` is `flip(x, options)`: axes in reverse order. */
export const flip: AlongAxisLast<"flip"> = /* @__PURE__ */ last(flips.flip);
/** `P.roll(shift, options)(x)` is `roll(x, shift, options)`: elements moved along an axis, round its end. */
export const roll: RollLast = /* @__PURE__ */ last(flips.roll);
/** `P.rot90(options)(x)` is `rot90(x, options)`: x turned by quarter turns. */
export const rot90: TurnLast = /* @__PURE__ */ last(flips.rot90);
/** `P.pad(widths, options)(x)` is `pad(x, widths, options)`: x with elements before and after. */
export const pad: PadWithLast = /* @__PURE__ */ last(padding.pad);
/** `P.slice(starts, stops, steps)(x)` is `slice(x, starts, stops, steps)`: the elements in between. */
export const slice: SliceLast = /* @__PURE__ */ last(slices.slice);
/** `P.take(indices, options)(x)` is `take(x, indices, options)`: the elements at the indices. */
export const take: TakeLast = /* @__PURE__ */ last(takes.take);
/** `P.takeAlongAxis(indices, options)(x)` is `takeAlongAxis(x, indices, options)`: for each place, an element. */
export const takeAlongAxis: TakeAlongAxisLast = /* @__PURE__ */ last(takes.takeAlongAxis);
/** `P.oneHot(numClasses, options)(x)` is `oneHot(x, numClasses, options)`: 1 at each class index x, else 0. */
export const oneHot: OneHotLast = /* @__PURE__ */ last(hot.oneHot);
/** `P.expectShape(shape)(x)` is `expectShape(x, shape)`: x itself, checked and narrowed. */
export const expectShape: ExpectShapeLast = /* @__PURE__ */ last(inspection.expectShape);
/** `P.matmul(b)(a)` is `matmul(a, b)`: the matrix product. */
export const matmul: MatrixProductLast = /* @__PURE__ */ last(matrices.matmul);
/** `P.dot(b)(a)` is `dot(a, b)`: NumPy's dot product. */
export const dot: DotProductLast = /* @__PURE__ */ last(contractions.dot);
/** `P.vdot(b)(a)` is `vdot(a, b)`: Σ aᵢ bᵢ over all elements. */
export const vdot: FlatProductLast = /* @__PURE__ */ last(contractions.vdot);
/** `P.inner(b)(a)` is `inner(a, b)`: Σ a[…, k] b[…, k]. */
export const inner: InnerProductLast = /* @__PURE__ */ last(contractions.inner);
/** `P.outer(b)(a)` is `outer(a, b)`: all products aᵢ bⱼ. */
export const outer: OuterProductLast = /* @__PURE__ */ last(outers.outer);
/** `P.tensorDot(b, options)(a)` is `tensorDot(a, b, options)`: the contraction of several axes. */
export const tensorDot: TensorDotLast = /* @__PURE__ */ last(contractions.tensorDot);
/** `P.kron(b)(a)` is `kron(a, b)`: the blocks aᵢ b. */
export const kron: KroneckerProductLast = /* @__PURE__ */ last(outers.kron);

const named: Untyped = contractNamed;

/**
 * `P.einsum(equation, b)(a)` is `einsum(equation, a, b)`: here the first operand is the data.
 *
 * @throws TensorError when the equation cannot be read, or does not fit the operands.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as P from "@cotangent/core/pipe";
 * import { pipe } from "fp-ts/lib/function.js";
 *
 * toArray(pipe(tensor([[1, 2], [3, 4]]), P.einsum("ij,j->i", tensor([1, 1])))); // [3, 7]
 * ```
 */
export const einsum: EinsumLast =
  (equation, ...others): Untyped =>
  (first: unknown): unknown =>
    (named as (equation: string, ...operands: readonly unknown[]) => unknown)(equation, first, ...others);
