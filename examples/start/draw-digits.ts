/** Digits drawn with block characters, with what a model takes them for beside them. */

import { slice, take, toArray } from "@cotangent/core";
import type { Digits } from "@cotangent/data";
import type { Reading } from "./read.js";

/** The first two digits, and the first two that were misread. */
export const drawSome = (digits: Digits, { guesses }: Reading): string => {
  const [labels, read] = [toArray(digits.labels), toArray(guesses)];
  const wrong = read.flatMap((guess, index) => (guess === labels[index] ? [] : [index]));
  const drawn = [0, 1, ...wrong.slice(0, 2)].map((index) => {
    const verdict = read[index] === labels[index] ? "right" : `it is ${labels[index] ?? "?"}`;
    return beside(draw(digits, index), [`read as ${read[index] ?? "?"}`, verdict]);
  });
  return pairs(drawn)
    .map(([left = [], right = []]) =>
      left.map((line, row) => line.padEnd(40) + (right[row] ?? "")).join("\n"),
    )
    .join("\n\n");
};

const pairs = <A>(all: readonly A[]): readonly (readonly A[])[] =>
  all.flatMap((_, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []));

/** The 20 rows and columns in the middle, where the digit is: two rows of pixels in a line. */
const draw = (digits: Digits, index: number): readonly string[] => {
  const rows = toArray(slice(take(digits.images, index, { axis: 0 }), [4, 4], [24, 24]));
  return rows.flatMap((upper, row) => {
    if (row % 2 === 1) return [];
    const lower = rows[row + 1] ?? [];
    return [upper.map((ink, column) => block(ink > 0.4, (lower[column] ?? 0) > 0.4)).join("")];
  });
};

const block = (above: boolean, below: boolean): string => (above ? (below ? "█" : "▀") : below ? "▄" : " ");

const beside = (picture: readonly string[], texts: readonly string[]): readonly string[] =>
  picture.map((line, row) => `${line}  ${texts[row - 4] ?? ""}`);
