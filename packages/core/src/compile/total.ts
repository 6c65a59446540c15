/** A total in variables, while loops run; and how four side by side become one. */

import type { FoldName } from "../program/lowering.js";
import type { DType } from "../types/tensor.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { f32, f64 } from "../wasm/float.js";
import { f32x4, f64x2, shuffle32 } from "../wasm/simd.js";
import type { ValueType } from "../wasm/value-type.js";
import { inPairs, startOf, step, stepsOf, type Step } from "./folds.js";
import { asVector, laneOf, scalarType, type Lane } from "./lanes.js";
import type { ScalarLanes } from "./scalar-lanes.js";
import type { VectorLanes } from "./vector-lanes.js";

/** What is folded by a step of its own: the total is the fold of all parts. */
interface Part {
  readonly variable: Local<ValueType>;
  readonly lane: Lane;
  readonly step: Step;
}

/** A total in a variable, or in some side by side. */
export class Total {
  /** Whether elements are added to it anywhere. */
  isUsed = false;
  private readonly parts: readonly [Part, ...Part[]];
  /** Float32 sums of many elements: those of some at a time are added up in float64. */
  private readonly wide: readonly [Local<"v128">, Local<"v128">] | undefined;

  constructor(
    private readonly fold: FoldName,
    private readonly dtype: DType,
    private readonly emit: ScalarLanes | VectorLanes,
    private readonly isVector: boolean,
    isLong: boolean,
  ) {
    const isSingleSum = fold === "sum" && dtype === "float32";
    // One float32 after another is added up in float64.
    const inside = isSingleSum && !isVector ? "float64" : dtype;
    const part = (each: Step): Part => {
      const variable = local<ValueType>(isVector ? "v128" : scalarType(inside));
      return { variable, lane: { dtype: inside, value: variable }, step: each };
    };
    const [first, ...others] = stepsOf(emit, fold, dtype);
    this.parts = [part(first), ...others.map(part)];
    this.wide = isVector && isLong && isSingleSum ? [local("v128"), local("v128")] : undefined;
  }

  begin(): readonly Statement[] {
    const zero = f64x2.const(0);
    return [...this.reset(), ...(this.wide?.map((half) => half.set(zero)) ?? [])];
  }

  private reset(): readonly Statement[] {
    const start = startOf(this.fold, this.dtype);
    return this.parts.map(({ variable, lane }) => variable.set(this.emit.constant(start, lane.dtype).value));
  }

  /** Adds elements, joined in pairs; of vectors only the lanes of a mask, if there is one. */
  add(elements: readonly Lane[], mask?: Lane): void {
    const [first, ...others] = elements.map((element) =>
      this.emit.convert(element, this.parts[0].lane.dtype),
    );
    if (first === undefined) return;
    this.isUsed = true;
    for (const part of this.parts) {
      const next = part.step(part.lane, inPairs(part.step, [first, ...others]));
      const kept = mask === undefined ? next : this.emit.select(mask, next, part.lane);
      this.emit.sink.push(part.variable.set(kept.value));
    }
  }

  /** After a part of a long loop. */
  flush(): readonly Statement[] {
    if (this.wide === undefined) return [];
    const [low, high] = this.wide;
    const part = asVector(this.parts[0].lane);
    return [
      low.set(f64x2.add(low, f64x2.promoteLowF32x4(part))),
      high.set(f64x2.add(high, f64x2.promoteLowF32x4(shuffle32(part, part, [2, 3, 2, 3])))),
      ...this.reset(),
    ];
  }

  /** The total, of vectors the lanes' totals side by side. */
  lane(): Lane {
    if (this.wide === undefined) return this.whole(this.parts.map(({ lane }) => lane));
    const [low, high] = this.wide;
    const value = shuffle32(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 1, 4, 5]);
    return { dtype: this.dtype, value };
  }

  /** Of the totals of all parts. */
  private whole(lanes: readonly Lane[]): Lane {
    const total = lanes.reduce((a, b) => step(this.emit, this.fold, a, b));
    return this.emit.convert(total, this.dtype);
  }

  /** One total, of all lanes of some totals of one kind. */
  static numberOf(totals: readonly Total[], scalars: ScalarLanes): Lane {
    const [first] = totals as readonly [Total, ...Total[]]; // there is one at least
    if (!first.isVector) return first.lane();
    if (first.wide !== undefined)
      return wideNumber(
        first.dtype,
        totals.flatMap(({ wide = [] }) => wide),
        scalars,
      );
    const lanes = first.parts.map((part, place) => {
      const joined = totals.map(({ parts }) => (parts[place] as Part).lane).reduce(part.step);
      return acrossLanes(part.step, joined);
    });
    return laneOf(first.whole(lanes), 0);
  }
}

const wideNumber = (dtype: DType, halves: readonly Expression<"v128">[], scalars: ScalarLanes): Lane => {
  const [whole, total] = [local("v128"), local("f32")];
  const lanes = f64.add(f64x2.extractLane(whole, 0), f64x2.extractLane(whole, 1));
  scalars.sink.push(whole.set(halves.reduce((a, b) => f64x2.add(a, b))), total.set(f32.demoteF64(lanes)));
  return { dtype, value: total };
};

/** The total of all lanes, in the first one. */
const acrossLanes = (join: Step, lanes: Lane): Lane => {
  const moved = (x: Lane, order: readonly [number, number, number, number]): Lane => ({
    dtype: x.dtype,
    value: shuffle32(asVector(x), asVector(x), order),
  });
  const pairs = join(lanes, moved(lanes, [1, 0, 3, 2]));
  return join(pairs, moved(pairs, [2, 3, 0, 1]));
};
