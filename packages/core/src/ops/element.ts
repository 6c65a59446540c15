/** What makers store: the dtype that is chosen, and numbers and booleans as its elements. */

import type { DType } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { dtypes, isDType, isFloating } from "../tensor/dtype.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";

/** The option of every maker. */
export interface MakerOptions {
  readonly dtype?: DType | undefined;
}

/** The dtype that the options of a maker name, else the natural one of what it makes. */
export const chosenDType = (operation: string, options: MakerOptions | undefined, natural: DType): DType => {
  const { dtype } = optionsOf(operation, options, ["dtype"]);
  if (dtype === undefined) return natural;
  if (isDType(dtype)) return dtype;
  throw tensorError({
    kind: "UnsupportedDType",
    operation,
    problem: `there is no dtype ${String(dtype)}`,
    found: [["expected", dtypes.join(", ")]],
    fix: `write { dtype: "float64" }, or leave it out for float32`,
  });
};

/** A number or boolean as an element of a dtype; `path` says where it stands in the data. */
export const element = (operation: string, value: unknown, dtype: DType, path: string): number => {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") {
    if (isFloating(dtype)) return value;
    if (
      dtype === "bool" ? value === 0 || value === 1 : value === (dtype === "int32" ? value | 0 : value >>> 0)
    )
      return value;
    throw tensorError({
      kind: "DTypeMismatch",
      operation,
      problem: `the number ${value} does not fit ${dtype}`,
      found: [
        [
          "expected",
          dtype === "bool"
            ? "true, false, 0 or 1"
            : dtype === "int32"
              ? "a whole number of 32 bits"
              : "a whole number of 32 bits, not negative",
        ],
        ["got", String(value)],
      ],
      ...(path === "" ? {} : { path: `data${path}` }),
      fix: `make a float32 tensor, and convert it: convert(x, "${dtype}")`,
    });
  }
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "an element must be a number or a boolean",
    found: [["got", describe(value)]],
    ...(path === "" ? {} : { path: `data${path}` }),
    fix: ArrayBuffer.isView(value)
      ? "use fromTypedArray(array, shape) for typed arrays"
      : typeof value === "object" && value !== null
        ? "to join tensors use stack([a, b])"
        : "give numbers in lists of lists",
  });
};
