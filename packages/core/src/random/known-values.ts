/** What the values of parameters must be, where they are known: those of a tracer are not. */

import { tensorError } from "../errors/tensor-error.js";
import { broadcastPair } from "../primitives/elementwise-rules.js";
import { concrete } from "../ops/read.js";
import { ArrayTensor, elementReader, sizeOfTensor } from "../tensor/array-tensor.js";
import type { Value } from "../tensor/value.js";
import { evaluate } from "../trace/evaluate.js";
import { runWith } from "../trace/interpreter.js";

/** The elements in row-major order, if they are known. */
const knownElements = (operation: string, x: Value): readonly number[] => {
  if (!(x instanceof ArrayTensor)) return [];
  const at = elementReader(concrete(operation, x));
  return Array.from({ length: sizeOfTensor(x) }, (_, place) => at(place));
};

/** Two ends between which is drawn. */
export interface Ends {
  readonly names: readonly [low: string, high: string];
  readonly low: Value;
  readonly high: Value;
  /** Whether there is a number to draw where they are equal. */
  readonly mayBeEqual: boolean;
}

/** Refuses ends between which there is nothing. */
export const checkEnds = (operation: string, { names, low, high, mayBeEqual }: Ends): void => {
  if (!(low instanceof ArrayTensor && high instanceof ArrayTensor)) return;
  const pair = runWith(evaluate, () => broadcastPair(operation, low, high));
  const [lows, highs] = [knownElements(operation, pair[0]), knownElements(operation, pair[1])];
  const place = lows.findIndex((from, at) => {
    const to = highs[at] ?? NaN;
    return mayBeEqual ? from > to : from >= to;
  });
  if (place < 0) return;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `there is no number from ${names[0]} to ${mayBeEqual ? names[1] : `below ${names[1]}`}`,
    found: [
      ["expected", `${names[0]} ${mayBeEqual ? "<=" : "<"} ${names[1]}`],
      [names[0], String(lows[place])],
      [names[1], String(highs[place])],
    ],
    fix: `give the lower end first, and ${mayBeEqual ? "the higher" : "a higher"} one behind it`,
  });
};

/** Refuses probabilities that are none. */
export const checkProbabilities = (operation: string, name: string, p: Value): void => {
  const wrong = knownElements(operation, p).find((chance) => !(chance >= 0 && chance <= 1));
  if (wrong === undefined) return;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be a probability`,
    found: [
      ["expected", "a number from 0 to 1"],
      ["got", String(wrong)],
    ],
    fix: "divide a percentage by 100; make a probability of a logit: sigmoid(x)",
  });
};

/** Refuses weights of which fewer than the draws can be drawn. */
export const checkWeights = (operation: string, p: Value, draws: number): void => {
  const weights = knownElements(operation, p);
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Infinity));
  const positive = weights.filter((weight) => weight > 0).length;
  if (wrong === undefined && (positive >= draws || !(p instanceof ArrayTensor))) return;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: wrong === undefined ? "too few weights are above 0" : "a weight is a number from 0 on",
    found:
      wrong === undefined
        ? [
            ["expected", `${draws} or more`],
            ["above 0", String(positive)],
          ]
        : [["got", String(wrong)]],
    fix:
      wrong === undefined ? "draw fewer, or give more parts a weight" : "give p weights, not logits: exp(x)",
  });
};
