/** Arrays as text, as NumPy prints them: the same characters as Python's `str(array)`. */
import type { DType, Shape } from "../types/tensor.js";
import { formatFloats, formatFloatScalar, type Signs } from "./print-float.js";
import { layOut, outlineOf } from "./print-layout.js";

/** What is printed: any array whose elements can be read by their row-major position, bools as 0 and 1. */
export interface PrintableArray {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly at: (flatIndex: number) => number;
}

/** NumPy's print options, with its defaults. */
export interface PrintOptions {
  /** The most places behind the point of a floating-point number: 8. Fewer where fewer tell it from its neighbours. */
  readonly precision?: number;
  /** Arrays of more elements than this show the ends of their axes only: 1000. */
  readonly threshold?: number;
  /** How many elements of each end they show: 3. */
  readonly edgeItems?: number;
  /** Rows are broken before this column: 75. */
  readonly lineWidth?: number;
  /** Print small numbers as far as `precision` goes, never in scientific notation: false. */
  readonly suppressSmall?: boolean;
  /** What stands before numbers that are not negative: nothing ("minus"), a "plus" or a "space". */
  readonly signs?: Signs;
}

/**
 * The text of an array, without a line end after it. An array without axes is a bare number, with all its digits
 * unless `precision`, `suppressSmall` or `signs` says how to write it; an array without elements is `[]`.
 */
export const printArray = (array: PrintableArray, options: PrintOptions = {}): string => {
  const { shape, at } = array;
  const { threshold = 1000, edgeItems = 3, lineWidth = 75 } = options;
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === 0) return "[]";
  if (shape.length === 0) return printScalar(array, options);
  const { outline, positions } = outlineOf(shape, size > threshold ? Math.max(1, edgeItems) : Infinity);
  const cells = formatCells(positions.map(at), array.dtype, options);
  return layOut(cells, outline, lineWidth);
};

const printScalar = ({ dtype, at }: PrintableArray, options: PrintOptions): string => {
  const { precision, suppressSmall, signs } = options;
  const plain = precision === undefined && suppressSmall === undefined && signs === undefined;
  const x = at(0);
  if ((dtype === "float32" || dtype === "float64") && plain) return formatFloatScalar(x, dtype);
  const [text = ""] = formatCells([x], dtype, options);
  return dtype === "bool" ? text.trimStart() : text;
};

/** The elements as text, all of one width. */
const formatCells = (values: readonly number[], dtype: DType, options: PrintOptions): readonly string[] => {
  const { precision = 8, suppressSmall = false, signs = "minus" } = options;
  switch (dtype) {
    case "bool":
      return values.map((x) => (x === 0 ? "False" : " True"));
    case "int32":
    case "uint32":
      return formatIntegers(values, signs);
    case "float32":
    case "float64":
      return formatFloats(values, dtype, { precision, suppressSmall, signs });
  }
};

const formatIntegers = (values: readonly number[], signs: Signs): readonly string[] => {
  // A space stands for the sign where no number is negative; beside a negative one, alignment does that.
  const mark = signs === "plus" ? "+" : signs === "space" && values.every((x) => x >= 0) ? " " : "";
  const texts = values.map((x) => (x < 0 ? "" : mark) + String(x));
  const width = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return texts.map((text) => text.padStart(width));
};
