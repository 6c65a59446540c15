/**
 * Constant vectors of loops, in variables that are set in front of the outermost one. An engine makes such a constant with several
 * instructions. V8 moved them out of loops by itself (Node 20), and does so no more (Node 24), where an exponential took twice the time.
 */

import type { VectorConstant } from "./code.js";

/** The constants of one outermost loop, in variables from a number on; equal ones share theirs. */
export class LoopConstants {
  /** What is set in front of the loop. */
  readonly settings = new Map<number, VectorConstant>();
  private readonly places = new Map<VectorConstant, number>();
  private readonly equals = new Map<string, number>();

  constructor(private readonly first: number) {}

  placeOf(constant: VectorConstant): number {
    const known = this.places.get(constant);
    if (known !== undefined) return known;
    const key = constant.lane.join();
    const place = this.equals.get(key) ?? this.first + this.equals.size;
    if (!this.equals.has(key)) this.settings.set(place, constant);
    this.equals.set(key, place);
    this.places.set(constant, place);
    return place;
  }
}

/** All bits alike: one instruction. */
export const isCheap = ({ lane }: VectorConstant): boolean =>
  (lane[0] === 0 || lane[0] === 255) && lane.every((byte) => byte === lane[0]);
