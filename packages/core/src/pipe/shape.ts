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

export const reshape: ReshapeLast = /* @__PURE__ */ last(shapes.reshape);
export const transpose: TransposeLast = /* @__PURE__ */ last(permutations.transpose);
export const swapAxes: SwapAxesLast = /* @__PURE__ */ last(permutations.swapAxes);
export const moveAxis: MoveAxisLast = /* @__PURE__ */ last(permutations.moveAxis);
export const expandDims: ExpandDimsLast = /* @__PURE__ */ last(shapes.expandDims);
export const squeeze: SqueezeLast = /* @__PURE__ */ last(shapes.squeeze);
export const broadcastTo: BroadcastToLast = /* @__PURE__ */ last(shapes.broadcastTo);
export const concatenate: ConcatenateLast = /* @__PURE__ */ last(joins.concatenate);
export const stack: StackLast = /* @__PURE__ */ last(joins.stack);
export const split: SplitIntoLast = /* @__PURE__ */ last(splits.split);
export const tile: TileLast = /* @__PURE__ */ last(repetition.tile);
export const repeat: RepeatLast = /* @__PURE__ */ last(repetition.repeat);
export const flip: AlongAxisLast<"flip"> = /* @__PURE__ */ last(flips.flip);
export const roll: RollLast = /* @__PURE__ */ last(flips.roll);
export const rot90: TurnLast = /* @__PURE__ */ last(flips.rot90);
export const pad: PadWithLast = /* @__PURE__ */ last(padding.pad);
export const slice: SliceLast = /* @__PURE__ */ last(slices.slice);
export const take: TakeLast = /* @__PURE__ */ last(takes.take);
export const takeAlongAxis: TakeAlongAxisLast = /* @__PURE__ */ last(takes.takeAlongAxis);
export const oneHot: OneHotLast = /* @__PURE__ */ last(hot.oneHot);
export const expectShape: ExpectShapeLast = /* @__PURE__ */ last(inspection.expectShape);
export const matmul: MatrixProductLast = /* @__PURE__ */ last(matrices.matmul);
export const dot: DotProductLast = /* @__PURE__ */ last(contractions.dot);
export const vdot: FlatProductLast = /* @__PURE__ */ last(contractions.vdot);
export const inner: InnerProductLast = /* @__PURE__ */ last(contractions.inner);
export const outer: OuterProductLast = /* @__PURE__ */ last(outers.outer);
export const tensorDot: TensorDotLast = /* @__PURE__ */ last(contractions.tensorDot);
export const kron: KroneckerProductLast = /* @__PURE__ */ last(outers.kron);

const named: Untyped = contractNamed;

/** `P.einsum(equation, b)(a)` is `einsum(equation, a, b)`: here the first operand is the data. */
export const einsum: EinsumLast =
  (equation, ...others): Untyped =>
  (first: unknown): unknown =>
    (named as (equation: string, ...operands: readonly unknown[]) => unknown)(equation, first, ...others);
