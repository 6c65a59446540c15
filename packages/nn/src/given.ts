/** What is given in code, at run time: what the compiler refuses is refused here too, for those who write JavaScript. */

import { attempt, dtypeOf, isTensor, optionsOf, shapeOf, TensorError } from "@cotangent/core";
import type { AnyTensor, Floating, Shape, Tensor, Untyped } from "@cotangent/core";

/** Any floating tensor. */
export type Real = Tensor<Untyped, Floating>;

/** A tensor and nothing else. */
export const asTensor = (operation: string, name: string, x: unknown): AnyTensor => {
  if (isTensor(x)) return x;
  throw new TensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be a tensor`,
    found: [["got", describe(x)]],
    fix: Array.isArray(x)
      ? "make a tensor of the lists: tensor([[1, 2], [3, 4]])"
      : "make a tensor of it first",
  });
};

/** A floating tensor and nothing else. */
export const asReal = (operation: string, name: string, x: unknown): Real => {
  const given = asTensor(operation, name, x);
  if (isReal(given)) return given;
  throw new TensorError({
    kind: "UnsupportedDType",
    operation,
    problem: `${name} must have a floating dtype`,
    found: [["got", `${dtypeOf(given)}${showShape(lengthsOf(given))}`]],
    fix: 'convert it first: convert(x, "float32")',
  });
};

export const isReal = (x: AnyTensor): x is Real => dtypeOf(x) === "float32" || dtypeOf(x) === "float64";

/** The lengths of the axes, of any tensor. */
export const lengthsOf = (x: AnyTensor): Shape => {
  const shape: unknown = shapeOf(x);
  return shape as Shape; // of a tensor whose type says no shape
};

export const showShape = (shape: Shape): string => `[${shape.join(", ")}]`;

const describe = (x: unknown): string =>
  Array.isArray(x)
    ? `an array of ${x.length}`
    : x === null
      ? "null"
      : typeof x === "object"
        ? "an object"
        : typeof x;

/** What an object looks like in an error: `{ bias, weight }`. */
export const showKeys = (x: object): string => {
  const keys = Object.keys(x).join(", ");
  return keys === "" ? "{}" : `{ ${keys} }`;
};

/** Runs a step of an operation; what it throws carries the name of the operation. */
export const within = <A>(operation: string, step: () => A): A => {
  const result = attempt(step);
  if (result._tag === "Right") return result.right;
  throw new TensorError({ ...result.left.details, operation }, { cause: result.left });
};

/** The options of an operation, whose values its declaration has typed; unknown names are refused. */
export const asOptions = <T extends object>(
  operation: string,
  options: unknown,
  known: readonly (keyof T & string)[],
): Partial<T> => optionsOf<T>(operation, options as T | undefined, known); // which looks at it
