/** Totals of loops: where they begin, how an element is added, and how four side by side become one. */

import type { FoldName } from "../program/lowering.js";
import type { DType } from "../types/tensor.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { f32, f64 } from "../wasm/float.js";
import { f32x4, f64x2, shuffle32 } from "../wasm/simd.js";
import type { ValueType } from "../wasm/value-type.js";
import { laneOf, scalarType, type Lane } from "./lanes.js";
import type { ScalarLanes } from "./scalar-lanes.js";
import type { VectorLanes } from "./vector-lanes.js";

const extremes: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  bool: [0, 1],
};

/** The total of no elements. */
export const startOf = (fold: FoldName, dtype: DType): number => {
  if (fold === "max") return extremes[dtype][0];
  if (fold === "min") return extremes[dtype][1];
  return fold === "prod" || fold === "all" ? 1 : 0;
};

/** A total with an element more. */
export const step = (emit: ScalarLanes | VectorLanes, fold: FoldName, total: Lane, x: Lane): Lane => {
  switch (fold) {
    case "sum":
      return emit.add(total, x);
    case "prod":
      return emit.mul(total, x);
    case "max":
      return emit.max(total, x);
    case "min":
      return emit.min(total, x);
    case "all":
      return emit.and(total, emit.convert(x, "bool"));
    case "any":
      return emit.or(total, emit.convert(x, "bool"));
  }
};

/** A total in a variable. */
export class Total {
  readonly variable: Local<ValueType>;
  /** Float32 sums of many elements: parts are added up in float64. */
  private readonly wide: readonly [Local<"v128">, Local<"v128">] | undefined;

  constructor(
    readonly fold: FoldName,
    readonly dtype: DType,
    private readonly emit: ScalarLanes | VectorLanes,
    private readonly isVector: boolean,
    isLong: boolean,
  ) {
    // One float32 after another is added up in float64.
    this.variable = local<ValueType>(isVector ? "v128" : this.isWideNumber ? "f64" : scalarType(dtype));
    this.wide =
      isVector && isLong && fold === "sum" && dtype === "float32"
        ? [local("v128"), local("v128")]
        : undefined;
  }

  private get isWideNumber(): boolean {
    return !this.isVector && this.fold === "sum" && this.dtype === "float32";
  }

  get lane(): Lane {
    return { dtype: this.isWideNumber ? "float64" : this.dtype, value: this.variable };
  }

  begin(): readonly Statement[] {
    const zero = f64x2.const(0);
    return [this.reset(), ...(this.wide?.map((half) => half.set(zero)) ?? [])];
  }

  private reset(): Statement {
    const start = this.emit.constant(startOf(this.fold, this.dtype), this.lane.dtype).value;
    return this.variable.set(start);
  }

  /** Adds an element; of a vector only the lanes of a mask, if there is one. */
  add(x: Lane, mask?: Lane): void {
    const element = this.isWideNumber ? this.emit.convert(x, "float64") : x;
    const next = step(this.emit, this.fold, this.lane, element);
    const kept = mask === undefined ? next : this.emit.select(mask, next, this.lane);
    this.emit.sink.push(this.variable.set(kept.value));
  }

  /** After a part of a long loop. */
  flush(): readonly Statement[] {
    if (this.wide === undefined) return [];
    const [low, high] = this.wide;
    const part = this.variable as Expression<"v128">;
    return [
      low.set(f64x2.add(low, f64x2.promoteLowF32x4(part))),
      high.set(f64x2.add(high, f64x2.promoteLowF32x4(shuffle32(part, part, [2, 3, 2, 3])))),
      this.reset(),
    ];
  }

  /** The lanes' totals side by side. */
  vector(): Lane {
    if (this.wide === undefined) return this.lane;
    const [low, high] = this.wide;
    const value = shuffle32(f32x4.demoteF64x2Zero(low), f32x4.demoteF64x2Zero(high), [0, 1, 4, 5]);
    return { dtype: this.dtype, value };
  }

  /** One total, of all lanes of some totals. */
  static number(totals: readonly Total[], vectors: VectorLanes, scalars: ScalarLanes): Lane {
    const [first, ...others] = totals as readonly [Total, ...Total[]]; // there is one for each copy of the body
    if (!first.isVector) return scalars.convert(first.lane, first.dtype);
    if (first.wide !== undefined) {
      const parts = totals.flatMap(({ wide = [] }) => wide) as readonly Expression<"v128">[];
      const sum = parts.reduce((a, b) => f64x2.add(a, b));
      const whole = local("v128");
      scalars.sink.push(whole.set(sum));
      const total = f64.add(f64x2.extractLane(whole, 0), f64x2.extractLane(whole, 1));
      const kept = local("f32");
      scalars.sink.push(kept.set(f32.demoteF64(total)));
      return { dtype: first.dtype, value: kept };
    }
    const joined = others.reduce((total, other) => step(vectors, first.fold, total, other.lane), first.lane);
    const lanes = [0, 1, 2, 3].map((lane) => laneOf(joined, lane)) as [Lane, Lane, Lane, Lane];
    return step(
      scalars,
      first.fold,
      step(scalars, first.fold, lanes[0], lanes[1]),
      step(scalars, first.fold, lanes[2], lanes[3]),
    );
  }
}
