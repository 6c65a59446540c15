/** Einstein's sum convention: any product of tensors, summed over any axes. */

import type { Einsum } from "../types/contract.js";
import { tensorError } from "../errors/tensor-error.js";
import { contract } from "../primitives/contract.js";
import { permute, reshape } from "../primitives/reshape.js";
import { reduceSum } from "../primitives/sum-broadcast.js";
import type { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { diagonalOf } from "./diagonal-of.js";
import { readEquation, type Equation } from "./einsum-equation.js";
import { implement } from "./implement.js";
import { mul } from "./on-values.js";
import { pairOf } from "./operand-pair.js";

/** A tensor with a label for each of its axes. */
interface Term {
  readonly value: Value;
  readonly labels: readonly string[];
}

/**
 * The sum of products that an equation names: for each operand a letter an axis, after the arrow the axes of the result;
 * over all others it sums. A letter that comes twice in one operand takes its diagonal; `...` stands for axes without a
 * name, which broadcast. Without an arrow the result has the letters that come once, in alphabetical order.
 *
 * More than two operands are contracted in pairs, the cheapest pair first.
 *
 * @throws TensorError when the equation cannot be read or does not fit the operands, dtypes differ, or they are bool.
 * @see NumPy's `einsum`.
 * @example
 * ```ts
 * import { einsum, tensor, toArray } from "@cotangent/core";
 *
 * const a = tensor([[1, 2], [3, 4]]);
 * toArray(einsum("ij,j->i", a, tensor([1, 1]))); // [3, 7]
 * toArray(einsum("ii", a)); // 5, the trace
 * toArray(einsum("ij->ji", a)); // [[1, 3], [2, 4]]
 * ```
 */
export const einsum: Einsum = /* @__PURE__ */ implement(
  (equation: unknown, ...operands: readonly unknown[]): Value => {
    const [first, ...others] = operands;
    if (typeof equation !== "string" || first === undefined) {
      throw tensorError({
        kind: "InvalidArgument",
        operation: "einsum",
        problem: "einsum takes an equation, and at least one tensor",
        found: [["got", operands.length === 0 ? "no tensor" : describe(equation)]],
        fix: `write einsum("ij,jk->ik", a, b)`,
      });
    }
    const values = [
      pairOf("einsum", first, first)[0],
      ...others.map((other) => pairOf("einsum", first, other)[1]),
    ] as const;
    const read = readEquation(
      equation,
      values.map(({ shape }) => shape),
    );
    const termOf = (value: Value, index: number): Term =>
      dropStretched(takeDiagonals({ value, labels: read.operands[index] ?? [] }), read);
    const [head, ...tail] = values;
    return multiplyAll([termOf(head, 0), ...tail.map((value, index) => termOf(value, index + 1))], read);
  },
);

/** Every label once: a repeated one stands for a diagonal. */
const takeDiagonals = (term: Term): Term => {
  const { value, labels } = term;
  const again = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  const label = labels[again];
  if (label === undefined) return term;
  const first = labels.indexOf(label);
  const others = labels.filter((_, axis) => axis !== first && axis !== again);
  return takeDiagonals({ value: diagonalOf(value, first, again), labels: [...others, label] });
};

/** Axes of length 1 that are to be stretched are left out: their absence does the same. */
const dropStretched = ({ value, labels }: Term, { lengths }: Equation): Term => {
  const isKept = (label: string, axis: number): boolean => value.shape[axis] === lengths.get(label);
  const shape = value.shape.filter((_, axis) => isKept(labels[axis] ?? "", axis));
  return { value: reshape(value, shape), labels: labels.filter(isKept) };
};

/** Multiplies two terms at a time, the cheapest first, until one is left; the result has its labels in order. */
const multiplyAll = ([first, ...others]: readonly [Term, ...Term[]], equation: Equation): Value => {
  if (others.length === 0) {
    const { value, labels } = sumOver(first, (label) => !equation.result.includes(label));
    return permute(
      value,
      equation.result.map((label) => labels.indexOf(label)),
    );
  }
  const [a, b, rest] = cheapestPair([first, ...others], equation);
  const needed = new Set([...equation.result, ...rest.flatMap(({ labels }) => labels)]);
  return multiplyAll([multiply(a, b, needed), ...rest], equation);
};

/** The pair whose product takes the fewest multiplications, the first of several, and the other terms. */
const cheapestPair = (
  terms: readonly Term[],
  { lengths }: Equation,
): readonly [Term, Term, readonly Term[]] => {
  const pairs = terms.flatMap((a, i) => terms.slice(i + 1).map((b) => [a, b] as const));
  const costs = pairs.map(([a, b]) =>
    [...new Set([...a.labels, ...b.labels])].reduce((cost, label) => cost * (lengths.get(label) ?? 1), 1),
  );
  const pair = pairs[costs.indexOf(Math.min(...costs))];
  if (pair === undefined) throw new RangeError("einsum: a pair of fewer than two terms");
  return [...pair, terms.filter((term) => !pair.includes(term))];
};

const sumOver = ({ value, labels }: Term, isSummed: (label: string) => boolean): Term => ({
  value: reduceSum(
    value,
    labels.flatMap((label, axis) => (isSummed(label) ? [axis] : [])),
  ),
  labels: labels.filter((label) => !isSummed(label)),
});

/** The product of two terms, summed over the labels that nothing else needs. */
const multiply = (a: Term, b: Term, needed: ReadonlySet<string>): Term => {
  const x = sumOver(a, (label) => !needed.has(label) && !b.labels.includes(label));
  const y = sumOver(b, (label) => !needed.has(label) && !a.labels.includes(label));
  const shared = x.labels.filter((label) => y.labels.includes(label));
  const contracted = shared.filter((label) => !needed.has(label));
  if (contracted.length === 0) return multiplyElements(x, y);
  const batch = shared.filter((label) => needed.has(label));
  const axes = (list: readonly string[]): readonly [readonly number[], readonly number[]] => [
    list.map((label) => x.labels.indexOf(label)),
    list.map((label) => y.labels.indexOf(label)),
  ];
  const free = ({ labels }: Term): readonly string[] => labels.filter((label) => !shared.includes(label));
  return {
    value: contract(x.value, y.value, { contracted: axes(contracted), batch: axes(batch) }),
    labels: [...batch, ...free(x), ...free(y)],
  };
};

/** Nothing is summed: an elementwise product of the two, each with axes of length 1 where it has no label. */
const multiplyElements = (x: Term, y: Term): Term => {
  const labels = [...x.labels, ...y.labels.filter((label) => !x.labels.includes(label))];
  const aligned = (term: Term): Value => {
    const own = labels.filter((label) => term.labels.includes(label));
    const ordered = permute(
      term.value,
      own.map((label) => term.labels.indexOf(label)),
    );
    const rest = ordered.shape.values();
    return reshape(
      ordered,
      labels.map((label) => (own.includes(label) ? rest.next().value : undefined) ?? 1),
    );
  };
  return { value: mul(aligned(x), aligned(y)), labels };
};
