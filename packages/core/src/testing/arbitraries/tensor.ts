/** Arbitrary tensors. */

import * as fc from "fast-check";
import type { DType, Shape, Tensor } from "../../types/tensor.js";
import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { allocate } from "../../tensor/dtype.js";
import { sizeOfShape } from "../../tensor/shape.js";
import { layouts } from "../layouts.js";
import { element, elementOptions, type ElementOptions } from "./element.js";
import { broadcastable, shape as arbitraryShape, shapeOptions, type ShapeOptions } from "./shape.js";
import { optionsOf } from "../../trace/options.js";

/** The options of `arbitraries.tensor`. */
export interface TensorOptions<S, D> extends ElementOptions {
  /** A shape, or an arbitrary one; any small one if left out. */
  readonly shape?: S | fc.Arbitrary<S>;
  /** float32 if left out. */
  readonly dtype?: D;
  /** The elements are pairwise different. */
  readonly unique?: boolean;
  /** Sometimes a strided view: transposed, with gaps, or reversed storage. */
  readonly views?: boolean;
}

const tensorOptions = [...elementOptions, "shape", "dtype", "unique", "views"] as const;

/**
 * Tensors, whose elements may repeat; they shrink to small shapes, then to contiguous ones with short elements near 0.
 *
 * @example
 * ```ts
 * import * as fc from "fast-check";
 * import { add } from "@cotangent/core";
 * import { allClose, arbitraries } from "@cotangent/core/testing";
 *
 * fc.assert(fc.property(arbitraries.tensor({ shape: [3] }), (x) => allClose(add(x, 0), x)));
 * ```
 */
export const tensor = <S extends Shape = readonly number[], D extends DType = "float32">(
  options?: TensorOptions<S, D>,
): fc.Arbitrary<Tensor<S, D>> => {
  const {
    shape,
    dtype,
    unique = false,
    views = false,
    ...range
  } = optionsOf("tensor", options, tensorOptions);
  const of = dtype ?? "float32";
  const one = element(of, range);
  const shapes: fc.Arbitrary<Shape> =
    shape === undefined ? arbitraryShape() : isArbitrary(shape) ? shape : fc.constant(shape);
  const made = unique
    ? shapes.chain((lengths) =>
        fc
          .uniqueArray(one, { minLength: sizeOfShape(lengths), maxLength: sizeOfShape(lengths) })
          .map((list) => filled(lengths, of, list)),
      )
    : fc
        .tuple(shapes, fc.array(one, { minLength: 1, maxLength: 64, size: "max" }))
        .map(([lengths, list]) => filled(lengths, of, list));
  if (!views) return made;
  return fc
    .tuple(made, fc.constantFrom(undefined, ...Object.values(layouts)))
    .map(([x, layout]) => (layout === undefined ? x : layout(x)));
};

/** The list again and again: a shape and a list shrink each by itself, which a list as long as the shape says would not. */
const filled = (shape: Shape, dtype: DType, list: readonly number[]): ArrayTensor => {
  const data = allocate(dtype, sizeOfShape(shape));
  for (let place = 0; place < data.length; place++) data[place] = list[place % list.length] ?? 0;
  return contiguousTensor(data, shape, dtype);
};

const isArbitrary = <S>(shape: S | fc.Arbitrary<S>): shape is fc.Arbitrary<S> =>
  shape instanceof fc.Arbitrary;

/** As many tensors of one dtype as said (a pair, if nothing is) whose shapes broadcast together. */
export const broadcastableTensors = <D extends DType = "float32">(
  count = 2,
  options?: ShapeOptions & Omit<TensorOptions<Shape, D>, "shape">,
): fc.Arbitrary<readonly Tensor<readonly number[], D>[]> => {
  const { maxRank, minRank, minLength, maxLength, maxSize, ...others } = optionsOf(
    "broadcastableTensors",
    options,
    [...elementOptions, ...shapeOptions, "dtype", "unique", "views"],
  );
  const given = { maxRank, minRank, minLength, maxLength, maxSize };
  const shapes = broadcastable(
    count,
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  return shapes.chain(({ shapes: all }) =>
    fc.tuple(...all.map((shape) => tensor<readonly number[], D>({ ...others, shape }))),
  );
};
