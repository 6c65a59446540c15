/** Classes as vectors. */

import type { OneHot } from "../types/part.js";
import type { DType } from "../types/tensor.js";
import { tensorError } from "../errors/tensor-error.js";
import { convertTo } from "../primitives/convert.js";
import { fill } from "../primitives/define.js";
import { scatterAdd } from "../primitives/gather-scatter.js";
import { moveAxisTo, reshape } from "../primitives/reshape.js";
import { ArrayTensor, elementReader } from "../tensor/array-tensor.js";
import { dtypes, isDType } from "../tensor/dtype.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, checkDType } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, integerOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";

/**
 * For each class index a vector of `numClasses` elements that is 1 at the index, else 0, along a new axis, the last by
 * default. Its dtype is float32, or what `dtype` says.
 *
 * @throws TensorError when an index is not in [0, numClasses), also a negative one.
 * @example
 * ```ts
 * import { oneHot, tensor, toArray } from "@cotangent/core";
 *
 * toArray(oneHot(tensor([1, 0], { dtype: "int32" }), 3)); // [[0, 1, 0], [1, 0, 0]]
 * ```
 */
export const oneHot: OneHot = /* @__PURE__ */ implement(
  (
    indices: unknown,
    numClasses: unknown,
    options?: AxisOption & { readonly dtype?: DType | undefined },
  ): Value => {
    const classes = asTensor("oneHot", indices);
    checkDType("oneHot", classes.dtype, ["int32", "uint32"]);
    const count = integerOf("oneHot", "numClasses", numClasses, 0);
    const { axis = -1, dtype = "float32" } = optionsOf("oneHot", options, ["axis", "dtype"]);
    if (!isDType(dtype)) throw unknownDType(dtype);
    const rank = classes.shape.length;
    const place = axisOf("oneHot", axis, rank + 1);
    checkClasses(classes, count);
    // As uint32 a negative index is a large one, which the scatter refuses too: a tracer's elements are not known here.
    const places = reshape(convertTo(classes, "uint32"), [...classes.shape, 1]);
    const zeros = fill(0, { shape: [...classes.shape, count], dtype });
    return moveAxisTo(scatterAdd(zeros, places, fill(1, { shape: places.shape, dtype }), rank), rank, place);
  },
);

const checkClasses = (classes: Value, count: number): void => {
  if (!(classes instanceof ArrayTensor)) return;
  const at = elementReader(classes);
  for (let index = sizeOfShape(classes.shape) - 1; index >= 0; index--) {
    const found = at(index);
    if (found >= 0 && found < count) continue;
    throw tensorError({
      kind: "IndexOutOfRange",
      operation: "oneHot",
      problem: `there is no class ${found} among ${count}`,
      found: [
        ["expected", count === 0 ? "no index: there are no classes" : `an integer from 0 to ${count - 1}`],
        ["got", String(found)],
      ],
      fix: "raise numClasses, or leave out what has no class",
    });
  }
};

const unknownDType = (dtype: unknown): Error =>
  tensorError({
    kind: "UnsupportedDType",
    operation: "oneHot",
    problem: `there is no dtype ${String(dtype)}`,
    found: [["expected", dtypes.join(", ")]],
    fix: `write { dtype: "float64" }, or leave it out for float32`,
  });
