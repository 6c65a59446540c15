/** Rows become a batch. */

import { attempt, isTensor, stack, tensor, TensorError } from "@cotangent/core";
import type { AnyTensor, IsAny, Shape, Tensor, Untyped } from "@cotangent/core";

/** Every leaf of a row with an axis in front: what `collate` gives. Numbers and booleans become tensors. */
export type Collated<A> =
  IsAny<A> extends true
    ? Untyped
    : A extends Tensor<infer S, infer D>
      ? Tensor<Stacked<S>, D>
      : A extends number
        ? Tensor<readonly [number]>
        : A extends boolean
          ? Tensor<readonly [number], "bool">
          : A extends string
            ? readonly string[]
            : A extends object
              ? { readonly [K in keyof A]: Collated<A[K]> }
              : A;

type Stacked<S extends Shape> =
  IsAny<S> extends true ? Untyped : number extends S["length"] ? Untyped : readonly [number, ...S];

/**
 * Rows become a batch: tensors are stacked along a new first axis, numbers and booleans become vectors, strings lists.
 *
 * @throws TensorError when there are no rows, when they differ in outline, or their tensors in shape.
 * @see `torch.utils.data.default_collate`.
 * @example
 * ```ts
 * import { tensor, toArray } from "@cotangent/core";
 * import * as data from "@cotangent/data";
 *
 * toArray(data.collate([{ x: tensor([1, 2]) }, { x: tensor([3, 4]) }]).x); // [[1, 2], [3, 4]]
 * ```
 */
export const collate = <A>(rows: readonly A[]): Collated<A> => {
  const [first, ...others] = rows;
  if (rows.length === 0) throw noRows();
  const batch: Untyped = join([first, ...others], "");
  return batch as Collated<A>;
};

/** What stands at one place of every row. */
const join = (leaves: readonly unknown[], path: string): unknown => {
  const [first] = leaves;
  const kind = kindOf(first);
  const odd = leaves.findIndex((leaf) => kindOf(leaf) !== kind);
  if (odd >= 0) throw differ(path, odd, kind, kindOf(leaves[odd]));
  switch (kind) {
    case "tensor":
      return inPlace(path, () => stack(leaves as readonly AnyTensor[])); // all are of this kind
    case "number":
    case "boolean":
      return tensor(leaves as readonly number[] | readonly boolean[]); // all are of this kind
    case "string":
      return leaves;
    case "null":
      return null;
    default:
      if (!/^(list of|object with) /.test(kind)) throw unfit(path, kind);
      return joinNodes(leaves as readonly object[], kind, path); // what is left are lists and objects
  }
};

const joinNodes = (nodes: readonly object[], kind: string, path: string): unknown => {
  const isList = kind.startsWith("list");
  const entries = Object.keys(nodes[0] ?? {}).map((key) => {
    const children = nodes.map((node): unknown => Object.getOwnPropertyDescriptor(node, key)?.value);
    return [key, join(children, isList ? `${path}[${key}]` : `${path}.${key}`)] as const;
  });
  return isList ? entries.map(([, child]) => child) : Object.fromEntries(entries);
};

/** What a part of a row is: two rows of a batch agree in it. */
const kindOf = (x: unknown): string => {
  if (isTensor(x)) return "tensor";
  if (x === null) return "null";
  if (Array.isArray(x)) return `list of ${x.length}`;
  if (typeof x !== "object") return typeof x;
  const isPlain = Object.getPrototypeOf(x) === Object.prototype || Object.getPrototypeOf(x) === null;
  return isPlain ? `object with ${Object.keys(x).sort().join(", ")}` : x.constructor.name;
};

/** An error that says where in the row. */
const inPlace = <A>(path: string, thunk: () => A): A => {
  const result = attempt(thunk);
  if (result._tag === "Right") return result.right;
  const { details } = result.left;
  throw new TensorError({ ...details, operation: "collate", path: `row${path}` });
};

const differ = (path: string, row: number, expected: string, got: string): TensorError =>
  new TensorError({
    kind: "TreeMismatch",
    operation: "collate",
    problem: "the rows of a batch differ",
    found: [
      ["row 0", expected],
      [`row ${row}`, got],
    ],
    path: `row${path}`,
    fix: "let get(i) give rows of one form, or write a collate of your own",
  });

const noRows = (): TensorError =>
  new TensorError({
    kind: "InvalidArgument",
    operation: "collate",
    problem: "there are no rows",
    fix: "give at least one",
  });

const unfit = (path: string, got: string): TensorError =>
  new TensorError({
    kind: "NotALeaf",
    operation: "collate",
    problem: "this cannot stand in a batch",
    found: [
      ["expected", "tensors, numbers, booleans, strings, lists and plain objects"],
      ["got", got],
    ],
    path: `row${path}`,
    fix: "write a collate of your own: dataLoader(dataset, { collate: (rows) => … })",
  });
