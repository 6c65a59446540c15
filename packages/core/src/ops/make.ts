/** The makers: tensors from numbers. Makers copy: no caller's array is aliased. */

import type {
  Fill,
  FillLike,
  FillLikeWith,
  FillWith,
  Identity,
  Make,
  MakeScalar,
  Range,
  Spaced,
} from "../types/literal.js";
import type { DType, Shape, Untyped } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { fill } from "../primitives/define.js";
import { iota } from "../primitives/iota.js";
import { contiguousTensor, scalarTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate, dtypes, isDType, isFloating } from "../tensor/dtype.js";
import { checkShape, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";

interface Options {
  readonly dtype?: DType | undefined;
}

const dtypeOf = (operation: string, options: Options | undefined, natural: DType): DType => {
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

/** A number or boolean as an element of a dtype. */
const element = (operation: string, value: unknown, dtype: DType, path: string): number => {
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

/** The shape of lists of lists, read along their first entries. */
const outline = (data: unknown): Shape =>
  Array.isArray(data) ? [data.length, ...(data.length === 0 ? [] : outline(data[0]))] : [];

const leavesOf = (data: unknown): unknown =>
  Array.isArray(data) && data.length > 0 ? leavesOf(data[0]) : data;

/**
 * A tensor from a number, a boolean, or lists of lists of them.
 *
 * The dtype is float32, bool for booleans, or what `dtype` says. The data is copied.
 *
 * @throws TensorError when rows differ in length or an element does not fit the dtype.
 * @example
 * ```ts
 * import { tensor } from "@cotangent/core";
 *
 * tensor([[1, 2], [3, 4]]); // Tensor<[2, 2]>
 * tensor([1, 2], { dtype: "int32" }); // Tensor<[2], "int32">
 * ```
 */
export const tensor: Make = (data: unknown, options?: Options): Untyped => {
  const dtype = dtypeOf("tensor", options, typeof leavesOf(data) === "boolean" ? "bool" : "float32");
  const shape = outline(data);
  const out = allocate(dtype, sizeOfShape(shape));
  let place = 0;
  const visit = (node: unknown, axis: number, path: string): void => {
    const isRow = Array.isArray(node);
    if (isRow !== axis < shape.length || (isRow && node.length !== shape[axis]))
      throw ragged(node, shape, axis, path);
    if (isRow) node.forEach((child, index) => visit(child, axis + 1, `${path}[${index}]`));
    else out[place++] = element("tensor", node, dtype, path);
  };
  visit(data, 0, "");
  return contiguousTensor(out, shape, dtype);
};

const ragged = (node: unknown, shape: Shape, axis: number, path: string): Error =>
  tensorError({
    kind: "RaggedArray",
    operation: "tensor",
    problem: "rows differ in length",
    found: [
      [
        "expected",
        axis < shape.length
          ? `a list of ${shape[axis]}, like the first one there`
          : "a number, like the first one there",
      ],
      ["got", Array.isArray(node) ? `a list of ${node.length}` : describe(node)],
    ],
    path: `data${path}`,
    fix: "give rows of one length (pad the short ones), or one tensor a row",
  });

/**
 * A tensor without axes.
 *
 * @throws TensorError when the number does not fit the dtype.
 * @example
 * ```ts
 * import { scalar } from "@cotangent/core";
 *
 * scalar(2); // Tensor<[]>
 * ```
 */
export const scalar: MakeScalar = (value: unknown, options?: Options): Untyped => {
  const dtype = dtypeOf("scalar", options, typeof value === "boolean" ? "bool" : "float32");
  return scalarTensor(element("scalar", value, dtype, ""), dtype);
};

const dense = (operation: string, shape: unknown, value: unknown, dtype: DType): ArrayTensor => {
  const checked = unwrap(checkShape(operation, shape));
  const out = allocate(dtype, sizeOfShape(checked));
  const number = element(operation, value, dtype, "");
  if (number !== 0) out.fill(number);
  return contiguousTensor(out, [...checked], dtype);
};

/** A tensor of zeros. @throws TensorError when the shape is not a list of lengths. @example zeros([2, 3]) */
export const zeros: Fill = (shape: unknown, options?: Options): Untyped =>
  dense("zeros", shape, 0, dtypeOf("zeros", options, "float32"));

/** A tensor of ones. @throws TensorError when the shape is not a list of lengths. @example ones([2, 3]) */
export const ones: Fill = (shape: unknown, options?: Options): Untyped =>
  dense("ones", shape, 1, dtypeOf("ones", options, "float32"));

/** A tensor that repeats one value. @throws TensorError when the shape is not a list of lengths, or the value does not fit. @example full([2, 3], 0.5) */
export const full: FillWith = (shape: unknown, value: unknown, options?: Options): Untyped =>
  dense("full", shape, value, dtypeOf("full", options, typeof value === "boolean" ? "bool" : "float32"));

const like = (operation: string, x: unknown, value: unknown, options?: Options): Value => {
  const { shape, dtype } = asTensor(operation, x);
  const chosen = dtypeOf(operation, options, dtype);
  return fill(element(operation, value, chosen, ""), { shape, dtype: chosen });
};

/** Zeros of another tensor's shape and (unless told) dtype. @example zerosLike(x) */
export const zerosLike: FillLike = (x: unknown, options?: Options): Untyped =>
  like("zerosLike", x, 0, options);

/** Ones of another tensor's shape and (unless told) dtype. @example onesLike(x) */
export const onesLike: FillLike = (x: unknown, options?: Options): Untyped => like("onesLike", x, 1, options);

/** One value in another tensor's shape and (unless told) dtype. @example fullLike(x, 0.5) */
export const fullLike: FillLikeWith = (x: unknown, value: unknown, options?: Options): Untyped =>
  like("fullLike", x, value, options);

/**
 * Numbers from `start` (0 if it is the only argument) below `stop` by `step`: `start + i · step`.
 *
 * @throws TensorError when the step is 0, or an argument is not finite.
 * @example
 * ```ts
 * import { arange, toArray } from "@cotangent/core";
 *
 * toArray(arange(3)); // [0, 1, 2]
 * toArray(arange(5, 0, -2)); // [5, 3, 1]
 * ```
 */
export const arange: Range = (...range: readonly (number | Options | undefined)[]): Untyped => {
  const numbers = range.filter((argument) => typeof argument === "number");
  const options = range.find((argument) => argument !== undefined && typeof argument !== "number");
  const [from = NaN, to = NaN, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  if (![from, to, step].every(Number.isFinite) || step === 0) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "arange",
      problem: "start, stop and step must be finite, and step not 0",
      found: [["got", `${from}, ${to}, ${step}`]],
      fix: "write arange(stop), arange(start, stop) or arange(start, stop, step, { dtype })",
    });
  }
  const dtype = dtypeOf("arange", options, "float32");
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (from === 0 && step === 1) return iota(length, dtype);
  // In float64, then rounded: adding steps in float32 would add up their rounding.
  const data = allocate(dtype, length);
  for (let index = 0; index < length; index++) data[index] = from + index * step;
  return contiguousTensor(data, [length], dtype);
};

/**
 * `count` numbers from `start` to `stop` at equal distances; without the endpoint, the last is one step before `stop`.
 *
 * @throws TensorError when `count` is not a non-negative integer.
 * @example
 * ```ts
 * import { linspace, toArray } from "@cotangent/core";
 *
 * toArray(linspace(0, 1, 3)); // [0, 0.5, 1]
 * ```
 */
export const linspace: Spaced = (
  start: number,
  stop: number,
  count: number,
  options?: Options & { readonly endpoint?: boolean },
): Untyped => {
  unwrap(checkShape("linspace", [count]));
  const { endpoint, ...kind } = optionsOf("linspace", options, ["dtype", "endpoint"]);
  const dtype = dtypeOf("linspace", kind, "float32");
  const gaps = endpoint === false ? count : count - 1;
  const data = allocate(dtype, count);
  for (let index = 0; index < count; index++) {
    data[index] =
      index === gaps && gaps > 0 ? stop : start + (gaps === 0 ? 0 : (index * (stop - start)) / gaps);
  }
  return contiguousTensor(data, [count], dtype);
};

/**
 * Ones on the diagonal `k` (0: the main one, above it positive), zeros elsewhere; `n` rows and `m` columns.
 *
 * @throws TensorError when a length is not a non-negative integer.
 * @example
 * ```ts
 * import { eye, toArray } from "@cotangent/core";
 *
 * toArray(eye(2)); // [[1, 0], [0, 1]]
 * ```
 */
export const eye: Identity = (
  n: number,
  options?: Options & { readonly m?: number; readonly k?: number },
): Untyped => {
  const { m = n, k = 0, ...kind } = optionsOf("eye", options, ["dtype", "m", "k"]);
  unwrap(checkShape("eye", [n, m]));
  const dtype = dtypeOf("eye", kind, "float32");
  const data = allocate(dtype, n * m);
  for (let row = Math.max(0, -k); row < n && row + k < m; row++) data[row * m + row + k] = 1;
  return contiguousTensor(data, [n, m], dtype);
};
