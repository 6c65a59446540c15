/** What a dtype's elements are to a matrix product: the lanes of a vector, and how they are multiplied and added. */

import { local, type Expression, type Local, type Operand, type Statement } from "../expression.js";
import { f32, f64 } from "../float.js";
import { f32x4, f64x2, i32x4, shuffle32, v128 } from "../simd.js";

type Vector = Expression<"v128">;
type Address = Operand<"i32">;

/** The dtypes that have products. */
export type ProductDType = "float32" | "float64" | "int32" | "uint32";

/** What a product's code asks of the dtype of its elements. */
export interface Lanes {
  /** Tells lanes apart that have other code. */
  readonly key: string;
  readonly bytes: 4 | 8;
  /** How many a vector has. */
  readonly count: 4 | 2;
  readonly zero: Vector;
  readonly add: (a: Vector, b: Vector) => Vector;
  readonly multiply: (a: Vector, b: Vector) => Vector;
  /** The rows of a tile beside two vectors of columns: as many sums as have registers. */
  readonly tileRows: number;
  /** a b + sum. */
  readonly multiplyAdd: (a: Vector, b: Vector, sum: Vector) => Vector;
  /** One element in all lanes. */
  readonly loadSplat: (address: Address, offset?: number) => Vector;
  /** One element in the first lane, zero in the others. */
  readonly loadOne: (address: Address, offset?: number) => Vector;
  readonly storeLane: (address: Address, vector: Vector, lane: number, offset?: number) => Statement;
  /** Replaces as many vectors as there are lanes, a square's rows, by its columns. */
  readonly transpose: (vectors: readonly Local<"v128">[]) => readonly Statement[];
}

const words = {
  bytes: 4,
  count: 4,
  loadSplat: (address, offset) => v128.load32Splat(address, offset),
  loadOne: (address, offset) => v128.load32Zero(address, offset),
  storeLane: (address, vector, lane, offset) => f32.store(address, f32x4.extractLane(vector, lane), offset),
  transpose: (vectors) => {
    const [a, b, c, d] = [vectors[0]!, vectors[1]!, vectors[2]!, vectors[3]!];
    const [low, high, top] = [local("v128"), local("v128"), local("v128")];
    return [
      low.set(shuffle32(a, b, [0, 4, 1, 5])),
      top.set(shuffle32(c, d, [0, 4, 1, 5])),
      high.set(shuffle32(a, b, [2, 6, 3, 7])),
      d.set(shuffle32(c, d, [2, 6, 3, 7])),
      a.set(shuffle32(low, top, [0, 1, 4, 5])),
      b.set(shuffle32(low, top, [2, 3, 6, 7])),
      c.set(shuffle32(high, d, [0, 1, 4, 5])),
      d.set(shuffle32(high, d, [2, 3, 6, 7])),
    ];
  },
} as const satisfies Partial<Lanes>;

const longs = {
  bytes: 8,
  count: 2,
  loadSplat: (address, offset) => v128.load64Splat(address, offset),
  loadOne: (address, offset) => v128.load64Zero(address, offset),
  storeLane: (address, vector, lane, offset) => f64.store(address, f64x2.extractLane(vector, lane), offset),
  transpose: (vectors) => {
    const [a, b] = [vectors[0]!, vectors[1]!];
    const low = local("v128");
    return [low.set(shuffle32(a, b, [0, 1, 4, 5])), b.set(shuffle32(a, b, [2, 3, 6, 7])), a.set(low)];
  },
} as const satisfies Partial<Lanes>;

/**
 * Two vectors of columns, one of a repeated element and the sums fit fifteen registers (of sixteen the engine keeps one for itself): twelve sums
 * where products are added at once, ten where a product needs a register of its own. A sum in the memory would be waited for.
 */
const tileRowsOf = (fuses: boolean): number => (fuses ? 6 : 5);

/** The lanes of a dtype, and how an engine that fuses or not is best used. */
export const lanesOf = (dtype: ProductDType, fuses: boolean): Lanes => {
  switch (dtype) {
    case "float32":
      return {
        ...words,
        key: "f32",
        zero: f32x4.const(0),
        add: f32x4.add,
        multiply: f32x4.mul,
        tileRows: tileRowsOf(fuses),
        multiplyAdd: f32x4.multiplyAdd,
      };
    case "float64":
      return {
        ...longs,
        key: "f64",
        zero: f64x2.const(0),
        add: f64x2.add,
        multiply: f64x2.mul,
        tileRows: tileRowsOf(fuses),
        multiplyAdd: f64x2.multiplyAdd,
      };
    case "int32":
    case "uint32":
      return {
        ...words,
        key: "i32",
        zero: i32x4.const(0),
        add: i32x4.add,
        multiply: i32x4.mul,
        tileRows: tileRowsOf(false),
        multiplyAdd: (a, b, sum) => i32x4.add(sum, i32x4.mul(a, b)),
      };
  }
};

/** The first `count` elements behind an address, zero in the other lanes; nothing else is read. */
export const loadFirst = (lanes: Lanes, address: Address, count: number, offset = 0): Vector => {
  if (count <= 0) return lanes.zero;
  if (count >= lanes.count) return v128.load(address, offset);
  if (count === 1) return lanes.loadOne(address, offset);
  const pair = v128.load64Zero(address, offset);
  return count === 2 ? pair : f32x4.replaceLane(pair, 2, f32.load(address, offset + 8));
};

/** Stores the first `count` lanes, and nothing else. */
export const storeFirst = (
  lanes: Lanes,
  address: Address,
  vector: Expression<"v128">,
  count: number,
  offset = 0,
): readonly Statement[] => {
  if (count >= lanes.count) return [v128.store(address, vector, offset)];
  if (count === 1) return [lanes.storeLane(address, vector, 0, offset)];
  const pair = f64.store(address, f64x2.extractLane(vector, 0), offset);
  return count === 2 ? [pair] : [pair, lanes.storeLane(address, vector, 2, offset + 8)];
};
