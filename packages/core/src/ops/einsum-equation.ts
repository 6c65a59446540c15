/** The equation of an einsum, read: one label for each axis of the operands and of the result. */

import type { Shape } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { showShape } from "../tensor/shape.js";

/** Labels are letters, or `.0`, `.1`, … for the axes of an ellipsis, counted from the last. */
export interface Equation {
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
  /** The length of each label. */
  readonly lengths: ReadonlyMap<string, number>;
}

/** Letters are one unit each. */
const lettersOf = (term: string): readonly string[] => Array.from(term);

const failed = (problem: string, equation: string, shapes: readonly Shape[], fix: string): Error =>
  tensorError({
    kind: "InvalidArgument",
    operation: "einsum",
    problem,
    found: [
      ["equation", JSON.stringify(equation)],
      ...shapes.map((shape, index) => [`operand ${index}`, showShape(shape)] as const),
    ],
    fix,
  });

/**
 * Reads `"ij,jk->ik"`. Without an arrow the result has the axes of the ellipsis, then the labels that come once, in
 * alphabetical order.
 */
export const readEquation = (equation: string, shapes: readonly Shape[]): Equation => {
  const fail = (problem: string, fix: string): Error => failed(problem, equation, shapes, fix);
  const [left = "", right, ...more] = equation.replaceAll(/\s/gu, "").split("->");
  const terms = left.split(",");
  const form = /^[A-Za-z]*(?:\.\.\.)?[A-Za-z]*$/u;
  if (more.length > 0 || ![...terms, right ?? ""].every((term) => form.test(term))) {
    throw fail(
      "the equation cannot be read",
      `write letters for axes, at most one "..." for those without a name, "," between operands and one "->"`,
    );
  }
  if (terms.length !== shapes.length) {
    throw fail(
      `the equation has ${terms.length} operands, ${shapes.length} are given`,
      "give one term for each operand, with commas between them",
    );
  }
  const operands = terms.map((term, index) => labelsOf(term, shapes[index] ?? [], fail));
  const lengths = lengthsOf(operands, shapes, fail);
  const ellipsis = [...lengths.keys()]
    .filter((label) => label.startsWith("."))
    .sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
  const [before = "", behind] = (right ?? "").split("...");
  const asked = [...lettersOf(before), ...(behind === undefined ? [] : [...ellipsis, ...lettersOf(behind)])];
  const result = right === undefined ? implied(operands, ellipsis) : asked;
  const unknown = result.find((label) => !lengths.has(label));
  if (unknown !== undefined)
    throw fail(
      `the result has the axis ${unknown}, which no operand has`,
      "name axes of the operands alone after the arrow",
    );
  if (new Set(result).size < result.length)
    throw fail("the result names an axis twice", "name each axis of the result once");
  return { operands, result, lengths };
};

type Fail = (problem: string, fix: string) => Error;

/** One label an axis: those of the ellipsis are numbered from its last axis. */
const labelsOf = (term: string, shape: Shape, fail: Fail): readonly string[] => {
  const [before = "", behind] = term.split("...");
  const named = before.length + (behind ?? "").length;
  const hidden = shape.length - named;
  if (behind === undefined ? hidden !== 0 : hidden < 0) {
    throw fail(
      `"${term}" has ${named} axes, its operand has ${shape.length}`,
      `give one letter for each axis, or "..." for those without a name`,
    );
  }
  return [
    ...lettersOf(before),
    ...Array.from({ length: hidden }, (_, index) => `.${hidden - 1 - index}`),
    ...lettersOf(behind ?? ""),
  ];
};

/** The axes of an ellipsis broadcast; an axis with a name has one length everywhere. */
const lengthsOf = (
  operands: Equation["operands"],
  shapes: readonly Shape[],
  fail: Fail,
): ReadonlyMap<string, number> => {
  const lengths = new Map<string, number>();
  operands.forEach((labels, index) => {
    labels.forEach((label, axis) => {
      const [known, length] = [lengths.get(label), shapes[index]?.[axis] ?? 1];
      const stretches = label.startsWith(".") && (known === 1 || length === 1);
      if (known !== undefined && known !== length && !stretches) {
        throw fail(
          `${label.startsWith(".") ? "an axis of the ellipsis" : `axis ${label}`} has length ${known} in one place and ${length} in another`,
          "give axes of one name one length",
        );
      }
      lengths.set(label, known === undefined || known === 1 ? length : known);
    });
  });
  return lengths;
};

const implied = (operands: Equation["operands"], ellipsis: readonly string[]): readonly string[] => {
  const all = operands.flat();
  const once = all.filter((label) => !label.startsWith(".") && all.indexOf(label) === all.lastIndexOf(label));
  return [...ellipsis, ...once.sort()];
};
