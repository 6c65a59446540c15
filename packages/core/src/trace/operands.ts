/** What a public operation is given becomes values: numbers are weak, shapes broadcast, dtypes must agree. */

import type { DType } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { nameOfClass, withArticle } from "../errors/words.js";
import { scalarTensor } from "../tensor/array-tensor.js";
import { isFloating, isInteger } from "../tensor/dtype.js";
import { showAval } from "../tensor/shape.js";
import { libraryMark, Value } from "../tensor/value.js";

/** A tensor, or a number as a float32 scalar. */
export const asValue = (operation: string, x: unknown): Value => {
  if (x instanceof Value) return x;
  if (typeof x === "number") return scalarTensor(x, "float32");
  throw notATensor(operation, x);
};

/** A tensor and nothing else. */
export const asTensor = (operation: string, x: unknown): Value => {
  if (x instanceof Value) return x;
  throw notATensor(operation, x, "a tensor");
};

/** A number beside a tensor takes the tensor's dtype, if that can hold it. */
export const weakNumber = (operation: string, x: number, dtype: DType): number => {
  const holds = isFloating(dtype) || (isInteger(dtype) && x === (dtype === "int32" ? x | 0 : x >>> 0));
  if (holds) return x;
  throw tensorError({
    kind: "DTypeMismatch",
    operation,
    problem: `the number ${x} does not fit a tensor of ${dtype}`,
    found: [
      ["tensor", dtype],
      ["number", String(x)],
    ],
    fix:
      dtype === "bool"
        ? `convert the tensor first: convert(x, "float32")`
        : `convert the tensor first, convert(x, "float32"), or write a number that ${dtype} holds`,
  });
};

const notATensor = (operation: string, x: unknown, expected = "a tensor or a number"): Error =>
  typeof x === "object" && x !== null && libraryMark in x
    ? tensorError({
        kind: "DuplicateLibrary",
        operation,
        problem: "the tensor was made by another copy of @cotangent/core in this process",
        found: [["got", "a tensor of another copy"]],
        fix: "install one copy: run `npm ls @cotangent/core`, and make packages depend on it as a peer",
      })
    : tensorError({
        kind: "InvalidArgument",
        operation,
        problem: `an operand must be ${expected}`,
        found: [["got", describe(x)]],
        fix: Array.isArray(x)
          ? "make a tensor of the lists first: tensor([[1, 2], [3, 4]])"
          : typeof x === "number"
            ? `make a tensor of the number first: scalar(${x})`
            : "make a tensor first: tensor(data), fromTypedArray(array, shape)",
      });

/** A short word for anything at all. */
export const describe = (x: unknown): string => {
  if (x === null) return "null";
  if (x instanceof Value) return showAval(x);
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (typeof x === "object") {
    if ("then" in x && typeof x.then === "function") return "a Promise";
    const prototype: unknown = Object.getPrototypeOf(x);
    return prototype === null || prototype === Object.prototype ? "an object" : withArticle(nameOfClass(x));
  }
  if (typeof x === "function") return "a function";
  if (typeof x === "string") return `the string ${JSON.stringify(x)}`;
  if (typeof x === "number" || typeof x === "boolean" || typeof x === "bigint") return `the ${typeof x} ${x}`;
  return typeof x; // undefined, symbol
};

/** Refuses a dtype that an operation does not take. */
export const checkDType = (operation: string, dtype: DType, accepts: readonly DType[]): void => {
  if (!accepts.includes(dtype)) {
    throw tensorError({
      kind: "UnsupportedDType",
      operation,
      problem: `dtype ${dtype} is not supported`,
      found: [
        ["expected", accepts.join(", ")],
        ["got", dtype],
      ],
      fix: `convert the operand first: convert(x, "${accepts[0] ?? "float32"}")`,
    });
  }
};

/** Two dtypes that must be one. */
export const checkSameDType = (operation: string, a: DType, b: DType): void => {
  if (a !== b) {
    throw tensorError({
      kind: "DTypeMismatch",
      operation,
      problem: `dtypes ${a} and ${b} differ`,
      found: [
        ["left", a],
        ["right", b],
      ],
      fix: `convert one operand: convert(x, "${isFloating(a) ? a : b}")`,
    });
  }
};
