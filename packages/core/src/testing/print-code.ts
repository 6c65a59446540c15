/** Tensors and plain data as code that can be pasted into a program. */

import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { showShape, sizeOfShape } from "../tensor/shape.js";

/** A tree of tensors, or plain data, as an expression over the makers of core; anything else as a comment. */
export const printCode = (tree: unknown): string => {
  if (tree instanceof ArrayTensor) return printTensor(tree);
  if (typeof tree === "number") return printNumber(tree);
  if (typeof tree === "string") return JSON.stringify(tree);
  if (typeof tree === "boolean" || tree === null || tree === undefined) return String(tree);
  if (Array.isArray(tree)) return `[${tree.map(printCode).join(", ")}]`;
  if (typeof tree !== "object" || !isPlain(tree))
    return `/* ${typeof tree === "object" ? tree.constructor.name : typeof tree} */ undefined`;
  if ("equations" in tree) return "/* a program */ undefined";
  const entries = Object.entries(tree).map(
    ([key, value]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${printCode(value)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
};

const isPlain = (x: object): boolean =>
  [Object.prototype, null].includes(Object.getPrototypeOf(x) as object | null);

/** A number as JavaScript writes it, with its sign where it is 0. */
export const printNumber = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

const printTensor = (x: ArrayTensor): string => {
  const options = x.dtype === "float32" || x.dtype === "bool" ? "" : `, { dtype: "${x.dtype}" }`;
  if (sizeOfShape(x.shape) === 0)
    return `zeros(${showShape(x.shape)}${x.dtype === "bool" ? `, { dtype: "bool" }` : options})`;
  const at = elementReader(x);
  let next = 0;
  const element = (): string => (x.dtype === "bool" ? String(at(next++) !== 0) : printNumber(at(next++)));
  const nested = (axis: number): string =>
    axis === x.shape.length
      ? element()
      : `[${Array.from({ length: x.shape[axis] ?? 0 }, () => nested(axis + 1)).join(", ")}]`;
  return x.shape.length === 0 ? `scalar(${element()}${options})` : `tensor(${nested(0)}${options})`;
};

/** The makers that an expression of `printCode` calls, in order of name. */
export const makersOf = (code: string): readonly string[] =>
  ["scalar", "tensor", "zeros"].filter((maker) => code.includes(`${maker}(`));

/** The place of an element by its row-major position: `[1, 0]`, or nothing for a scalar. */
export const printPlace = (flat: number, shape: readonly number[]): string => {
  const places: number[] = [];
  for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    places.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return places.length === 0 ? "" : showShape(places);
};
