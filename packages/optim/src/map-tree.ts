/** Functions of the leaves of parameters and of the trees beside them, whose errors say which tree is wrong. */

import { attempt, dtypeOf, isTensor, shapeOf, TensorError, treeMap, treeMapWithPath } from "@cotangent/core";
import type { AnyTensor, Floating, Shape, Tensor, Untyped } from "@cotangent/core";

/** A floating tensor: what can be optimised. */
export type Real = Tensor<Untyped, Floating>;

export const isReal = (x: unknown): x is Real =>
  isTensor(x) && (dtypeOf(x) === "float32" || dtypeOf(x) === "float64");

/** Trees beside the parameters, by the names that errors give them. */
type Beside<K extends string> = { readonly [_ in K]: unknown };

type Leaves<K extends string> = { readonly [_ in K | "param"]: Real };

/**
 * Applies a function to each floating parameter and to what stands beside it in other trees. Where
 * the parameter is an integer, or one of the trees has `null`, there is no gradient: `skip` gives the result, `null`
 * unless it is said.
 *
 * @throws TensorError when a tree has another outline than the parameters, or a leaf another shape or dtype.
 */
export const mapTree = <K extends string = never>(
  operation: string,
  params: unknown,
  beside: Beside<K>,
  f: (leaves: Leaves<K>) => Real,
  skip: (param: AnyTensor) => AnyTensor | null = () => null,
): unknown => {
  const names = Object.keys(beside) as K[]; // it has no others
  const visit = (param: AnyTensor, ...others: readonly unknown[]): AnyTensor | null => {
    if (!isReal(param) || others.includes(null)) return skip(param);
    const found = names.map((name, place) => [name, asBeside(operation, name, others[place], param, params)]);
    return f(Object.fromEntries([...found, ["param", param]]) as Leaves<K>);
  };
  const trees = names.map((name) => beside[name]);
  const mapped = attempt(() => treeMap(visit, params, ...trees));
  if (mapped._tag === "Right") return mapped.right;
  names.forEach((name) => checkOutline(operation, name, beside[name], params));
  throw mapped.left;
};

const checkOutline = (operation: string, name: string, tree: unknown, params: unknown): void => {
  const compared = attempt(() => treeMap(() => null, params, tree));
  if (compared._tag === "Right") return;
  throw new TensorError({
    ...compared.left.details,
    operation,
    problem: `the tree of ${name} has another outline than the parameters`,
    fix: "give what grad gave, and the state that init or the last update gave",
  });
};

const asBeside = (operation: string, name: string, leaf: unknown, param: Real, params: unknown): Real => {
  if (isReal(leaf) && dtypeOf(leaf) === dtypeOf(param) && lengths(leaf).join() === lengths(param).join())
    return leaf;
  throw new TensorError({
    kind: "ShapeMismatch",
    operation,
    problem: `in the tree of ${name} a leaf has another shape or dtype than its parameter`,
    found: [
      ["parameter", show(param)],
      [name, isTensor(leaf) ? show(leaf) : typeof leaf],
    ],
    path: pathOf(params, param),
    fix: "give what grad gave, and the state that init or the last update gave",
  });
};

const lengths = (x: AnyTensor): Shape => {
  const shape: unknown = shapeOf(x);
  return shape as Shape; // of a tensor whose type says no shape
};
const show = (x: AnyTensor): string => `${dtypeOf(x)}[${lengths(x).join(", ")}]`;

/** Where a parameter stands: `params.0.weight`. */
const pathOf = (params: unknown, param: Real): string => {
  const paths: string[] = [];
  treeMapWithPath((path, leaf) => {
    if (leaf === param) paths.push(path);
    return null;
  }, params);
  return `params${paths[0] ?? ""}`;
};
