/** The IDX format: the arrays of MNIST and its relatives. */

import { fromTypedArray, type AnyTensor, type TensorError } from "@cotangent/core";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { idxArray } from "./idx-array.js";

/**
 * The tensor in the bytes of an IDX file, or what is wrong with them; never a part of it.
 *
 * Integers of 8, 16 and 32 bits, signed or not, become int32, floats float32, doubles float64. The format: two zero bytes,
 * a type code, the number of axes, their lengths in 32 bits each, the elements; big end first.
 *
 * @see http://yann.lecun.com/exdb/mnist/
 * @example
 * ```ts
 * import { orThrow, toArray } from "@cotangent/core";
 * import * as data from "@cotangent/data";
 *
 * toArray(orThrow(data.idx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 255)))); // [7, 255]
 * ```
 */
export const idx = (bytes: Uint8Array): E.Either<TensorError, AnyTensor> =>
  pipe(
    idxArray("idx", bytes),
    E.map(({ data, shape }) =>
      fromTypedArray(data instanceof Uint8Array ? new Int32Array(data) : data, shape),
    ),
  );
