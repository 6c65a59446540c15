/** Functions of trees staged for a primitive: a program without hidden inputs, and the trees around it. */

import { tensorError } from "../errors/tensor-error.js";
import { counted } from "../errors/words.js";
import type { Program } from "../program/program.js";
import { sameAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { describe } from "../trace/operands.js";
import { pathsOf, sameStructure, showStructure } from "../tree/flatten.js";
import type { Tensors } from "../tree/tensors.js";
import type { UserFunction } from "./arguments.js";
import { abstractOver, capturedBy } from "./close-program.js";
import { stageTrees } from "./stage.js";

export interface Closed {
  /** Its first inputs stand for what the function captured. */
  readonly program: Program;
  readonly captured: readonly Value[];
  readonly output: Tensors;
}

/** Stages a function of trees at examples of its arguments, and makes inputs of what it captured. */
export const stageClosed = (operation: string, f: UserFunction, examples: readonly unknown[]): Closed => {
  const { program, output } = stageTrees(operation, f, examples);
  const captured = capturedBy(program);
  return { program: abstractOver(program, captured), captured, output };
};

/** The same programs with all that any of them captured as their first inputs. */
export const shareCaptured = (
  closed: readonly Closed[],
): { readonly programs: readonly Program[]; readonly captured: readonly Value[] } => {
  const captured = [...new Set(closed.flatMap((each) => each.captured))];
  const programs = closed.map(({ program, captured: own }) => {
    const named = abstractOver(
      { ...program, inputs: program.inputs.slice(own.length) },
      captured.filter((value) => !own.includes(value)),
    );
    const added = captured.filter((value) => !own.includes(value));
    const input = (value: Value) =>
      (own.includes(value)
        ? program.inputs[own.indexOf(value)]
        : named.inputs[added.indexOf(value)]) as Program["inputs"][number];
    return { ...named, inputs: [...captured.map(input), ...program.inputs.slice(own.length)] };
  });
  return { programs, captured };
};

/** Refuses two trees that must have the same structure, shapes and dtypes, and shows the leaves that differ side by side. */
export const checkSameTree = (
  operation: string,
  problem: string,
  names: readonly [string, string],
  a: Tensors,
  b: Tensors,
  fix: string,
): void => {
  if (!sameStructure(a.structure, b.structure)) {
    throw tensorError({
      kind: "TreeMismatch",
      operation,
      problem,
      found: [
        [names[0], showStructure(a.structure)],
        [names[1], showStructure(b.structure)],
      ],
      fix,
    });
  }
  const paths = pathsOf({ structure: a.structure, root: "" });
  const wrong = a.leaves.flatMap((leaf, index) => {
    const other = b.leaves[index];
    return isSameLeaf(leaf, other) ? [] : [{ leaf, other, path: paths[index] ?? "" }];
  });
  const [first] = wrong;
  if (first === undefined) return;
  const { leaf, other, path } = first;
  const areAllTensors = wrong.every(({ leaf, other }) => leaf instanceof Value && other instanceof Value);
  throw tensorError({
    kind: areAllTensors ? "ShapeMismatch" : "TreeMismatch",
    operation,
    problem: `${problem} in ${counted(wrong.length, "place")}`,
    found:
      wrong.length === 1
        ? [
            [names[0], describe(leaf)],
            [names[1], describe(other)],
          ]
        : listed(names, wrong),
    ...(path === "" || wrong.length > 1 ? {} : { path }),
    fix: areAllTensors ? fix : `${fix}; what is no tensor belongs to the tree: give scalar(0) for 0`,
  });
};

interface WrongLeaf {
  readonly path: string;
  readonly leaf: unknown;
  readonly other: unknown;
}

/** Of so many places it is said what they hold. */
const mostListed = 5;

/** One line a place. */
const listed = (
  names: readonly [string, string],
  wrong: readonly WrongLeaf[],
): readonly (readonly [string, string])[] => [
  ...wrong
    .slice(0, mostListed)
    .map(
      ({ path, leaf, other }) =>
        [path, `${names[0]} ${describe(leaf)}, ${names[1]} ${describe(other)}`] as const,
    ),
  ...(wrong.length > mostListed ? [["more", counted(wrong.length - mostListed, "place")] as const] : []),
];

/** Tensors of one shape and dtype, or one constant. */
const isSameLeaf = (leaf: unknown, other: unknown): boolean =>
  leaf instanceof Value && other instanceof Value ? sameAval(leaf, other) : Object.is(leaf, other);
