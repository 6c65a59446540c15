/** Prints tensors as PyTorch does, so that an example prints what its tutorial prints, to the character. */

import { dtypeOf, shapeOf, toTypedArray } from "@cotangent/core";
import type { DType, Shape, Tensor } from "@cotangent/core";

/**
 * Prints a name and a tensor: `cost tensor(18.6667)`; a matrix stands below its name.
 *
 * `digits` are the digits behind the point, 4 as in PyTorch.
 */
export const show = (name: string, x: Tensor<Shape, DType>, digits = 4): void => {
  const text = torchText(x, digits);
  console.log(`${name}${text.includes("\n") ? "\n" : " "}${text}`);
};

/** The text of `print(x)` in PyTorch. */
export const torchText = (x: Tensor<Shape, DType>, digits = 4): string => {
  const opening = "tensor(";
  const texts = elementTexts(toTypedArray(x), dtypeOf(x), digits);
  const width = Math.max(...texts.map((text) => text.length));
  const padded = texts.map((text) => text.padStart(width));
  return `${opening}${layOut(padded, shapeOf(x), opening.length)})`;
};

/** Every element by itself, all in one notation. */
const elementTexts = (elements: ArrayLike<number>, dtype: DType, digits: number): readonly string[] => {
  const values = Array.from(elements);
  if (dtype === "bool") return values.map((value) => (value === 0 ? "False" : "True"));
  if (dtype === "int32" || dtype === "uint32") return values.map(String);
  const sizes = values.map(Math.abs).filter((size) => size > 0 && size < Infinity);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const whole = sizes.every(Number.isInteger);
  if (largest / smallest > 1000 || largest > 1e8 || (!whole && smallest < 1e-4)) {
    return values.map((value) => value.toExponential(digits).replace(/e([+-])(\d)$/, "e$10$2"));
  }
  return values.map((value) => (whole ? `${String(value)}.` : value.toFixed(digits)));
};

/** The rows of an array in brackets, below one another. */
const layOut = (texts: readonly string[], shape: Shape, indent: number): string => {
  const [length, ...rest] = shape;
  if (length === undefined) return texts.join("");
  const size = texts.length / length;
  const parts = Array.from({ length }, (_, index) =>
    layOut(texts.slice(index * size, (index + 1) * size), rest, indent + 1),
  );
  return `[${parts.join(rest.length === 0 ? ", " : `,\n${" ".repeat(indent + 1)}`)}]`;
};
