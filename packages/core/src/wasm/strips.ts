/**
 * Loops of vectors in stages. A processor holds a limited number of results in flight (some 160), so that the time of a long chain of
 * operations grows with its length and its latency, and a chain cut in two takes less than one. The first stage is computed for a strip of
 * vectors, what the next one reads of it is kept in memory, and then comes that. What is rare (`unlessAbove`) is tested once a strip, in front
 * of the last stage: if there is any, the strip is computed by the whole body, as if it had no stages. Only the last one stores, or adds to totals.
 */

import type { VariableIdentity } from "./code.js";
import { forParts, forRange, sequence, when } from "./control.js";
import {
  local,
  localOf,
  statement,
  type Expression,
  type Local,
  type Operand,
  type Statement,
} from "./expression.js";
import { i32 } from "./integer.js";
import { i32x4, v128 } from "./simd.js";
import { mostStrips, type Piece, type Stages } from "./stages.js";

/** The most vectors of a strip: one of each iteration. */
const stripLength = 64;
const bytesOfStrip = 16 * stripLength;
/** The bytes that strips take in a memory. */
export const stripBytes = mostStrips * bytesOfStrip;

/** A loop over vectors: `for (counter = from; counter < to; counter += by)`, of an iteration that begins with `setup`. */
export interface VectorLoop {
  readonly counter: Local<"i32">;
  readonly from: Operand<"i32">;
  readonly to: Operand<"i32">;
  /** A divisor of 16. */
  readonly by: number;
  readonly setup: readonly Statement[];
  readonly body: readonly Statement[];
}

/** The same in stages, a strip at a time, whose values lie at an address. */
export const loopInStages = (stages: Stages, loop: VectorLoop, address: number, parts?: Parts): Statement =>
  forParts(loop.from, loop.to, stripLength * loop.by, (from, to) => [
    strip(stages, { ...loop, from, to }, address, parts),
  ]);

/** What comes behind each so many iterations of the last stage, at most as many as a strip has. */
interface Parts {
  readonly iterations: number;
  readonly behind: readonly Statement[];
}

const strip = (
  { stages, strips }: Stages,
  { counter, from, to, by, setup, body }: VectorLoop,
  address: number,
  parts: Parts | undefined,
): Statement => {
  const rare: Rarity[] = [];
  const [place, back] = [local("i32"), local("i32")];
  const placeOf = (variable: VariableIdentity): number =>
    address + (strips.get(variable) ?? 0) * bytesOfStrip;
  const statementOf = (piece: Piece): Statement => {
    if (piece.rare === undefined) return statement(piece.code);
    const { measure, limit } = piece.rare;
    const most = local("v128");
    rare.push({ most, limit: { type: "v128", code: limit } });
    return most.set(i32x4.maxS(most, { type: "v128", code: measure }));
  };
  const loopOf = (statements: readonly Statement[]): Statement =>
    forRange(counter, from, to, by, [...setup, ...statements]);
  const lastOf = (statements: readonly Statement[]): Statement =>
    parts === undefined
      ? loopOf(statements)
      : forParts(from, to, parts.iterations * by, (start, end) => [
          forRange(counter, start, end, by, [...setup, ...statements]),
          ...parts.behind,
        ]);
  const distance = i32.add(counter, back);
  const loops = stages.map(({ pieces, finds, leaves }, stage) =>
    (stage === stages.length - 1 ? lastOf : loopOf)([
      place.set(by === 16 ? distance : i32.mul(distance, 16 / by)),
      ...finds.map((variable) => localOf("v128", variable).set(v128.load(place, placeOf(variable)))),
      ...pieces.map(statementOf),
      ...leaves.map((variable) => v128.store(place, localOf("v128", variable), placeOf(variable))),
    ]),
  );
  const someAreRare = rare.map(({ most, limit }) => v128.anyTrue(i32x4.gtS(most, limit)));
  const start = back.set(i32.sub(0, from));
  if (someAreRare.length === 0) return sequence(start, ...loops);
  return sequence(
    start,
    ...rare.map(({ most }) => most.set(i32x4.const(-0x80000000))),
    ...loops.slice(0, -1),
    when(
      someAreRare.reduce((some, other) => i32.or(some, other)),
      [lastOf(body)],
      loops.slice(-1),
    ),
  );
};

/** The largest measure of a strip, and what is rare above. */
interface Rarity {
  readonly most: Local<"v128">;
  readonly limit: Expression<"v128">;
}
