/** Text and equality of tensors, and fp-ts's instances for them. */

import type { Eq } from "fp-ts/lib/Eq.js";
import type { Monoid } from "fp-ts/lib/Monoid.js";
import type { Show } from "fp-ts/lib/Show.js";
import type { AnyTensor, Shape, Tensor } from "../types/tensor.js";
import { plus } from "../primitives/additive.js";
import { elementReader } from "../tensor/array-tensor.js";
import { printArray, type PrintOptions } from "../tensor/print.js";
import { sameShape, sizeOfShape } from "../tensor/shape.js";
import { asTensor } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { zeros } from "./make.js";
import { concrete } from "./read.js";

/**
 * The text of a tensor, as NumPy prints it.
 *
 * @throws TensorError under `vmap`, `jit` and `stage`, where elements are not known, and when an option is unknown.
 * @see `numpy.array2string`, `numpy.set_printoptions`.
 * @example
 * ```ts
 * import { print, tensor } from "@cotangent/core";
 *
 * print(tensor([1, 2.5])); // "[1.  2.5]"
 * print(tensor([1 / 3]), { precision: 2 }); // "[0.33]"
 * ```
 */
export const print = (x: AnyTensor, options?: PrintOptions): string => {
  const value = concrete("print", x);
  return printArray(
    { shape: value.shape, dtype: value.dtype, at: elementReader(value) },
    optionsOf("print", options, printOptions),
  );
};

const printOptions = ["precision", "threshold", "edgeItems", "lineWidth", "suppressSmall", "signs"] as const;

/**
 * fp-ts's `Show` of tensors: as `print` without options.
 *
 * @throws TensorError under `vmap`, `jit` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { tensor, tensorShow } from "@cotangent/core";
 *
 * tensorShow.show(tensor([1, 2.5])); // "[1.  2.5]"
 * ```
 */
export const tensorShow: Show<AnyTensor> = { show: (x) => print(x) };

/**
 * fp-ts's `Eq` of tensors: the same shape, dtype and elements, views by value. NaN equals NaN, as an equivalence has it,
 * and 0 equals -0.
 *
 * @throws TensorError under `vmap`, `jit` and `stage`, where elements are not known.
 * @example
 * ```ts
 * import { tensor, tensorEq } from "@cotangent/core";
 *
 * tensorEq.equals(tensor([1, NaN]), tensor([1, NaN])); // true
 * tensorEq.equals(tensor([1, 2]), tensor([1, 2], { dtype: "float64" })); // false
 * ```
 */
export const tensorEq: Eq<AnyTensor> = {
  equals: (x, y) => {
    const a = concrete("tensorEq", x);
    const b = concrete("tensorEq", y);
    if (a.dtype !== b.dtype || !sameShape(a.shape, b.shape)) return false;
    const [left, right] = [elementReader(a), elementReader(b)];
    for (let index = sizeOfShape(a.shape) - 1; index >= 0; index--) {
      const [p, q] = [left(index), right(index)];
      if (p !== q && !(Number.isNaN(p) && Number.isNaN(q))) return false;
    }
    return true;
  },
};

/**
 * fp-ts's `Monoid` of float32 tensors of a shape under addition, with zeros as its unit.
 *
 * @throws TensorError when the shape is not a list of lengths; `concat`, when the shapes or dtypes differ.
 * @example
 * ```ts
 * import { additiveMonoid, tensor, toArray } from "@cotangent/core";
 *
 * const sums = additiveMonoid([2]);
 * toArray([tensor([1, 2]), tensor([3, 4])].reduce(sums.concat, sums.empty)); // [4, 6]
 * ```
 */
export const additiveMonoid = <const S extends Shape>(shape: S): Monoid<Tensor<S>> => ({
  empty: zeros(shape),
  concat: (x, y) => plus(asTensor("additiveMonoid", x), asTensor("additiveMonoid", y)),
});
