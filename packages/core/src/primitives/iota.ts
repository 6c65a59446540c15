/** The whole numbers from 0 along an axis: the one primitive without operands. */

import type { DType, Shape } from "../types/tensor.js";
import { right } from "../errors/either.js";
import { noRule, zeroTangent, type Primitive } from "../program/primitive.js";
import { contiguousTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { apply, primitive } from "./define.js";

interface IotaParams {
  readonly length: number;
  readonly dtype: DType;
}

const noShapes: readonly Shape[] = [];
const dtypes: readonly DType[] = ["int32", "uint32", "float32", "float64"];

/** yᵢ = i for i below `length`. */
export const iotaPrimitive: Primitive<IotaParams> = /* @__PURE__ */ primitive({
  name: "iota",
  shape: (_inputs, { length, dtype }) => right({ shape: [length], dtype }),
  evaluate: (_inputs, { length, dtype }) => {
    const data = allocate(dtype, length);
    for (let index = 0; index < length; index++) data[index] = index;
    return contiguousTensor(data, [length], dtype);
  },
  jvp: zeroTangent("it has no operands"),
  transpose: noRule("it has no operands"),
  batch: noRule("it has no operands"),
  lower: { kind: "iota" },
  get samples() {
    return {
      operands: [],
      dtypes: [[]],
      cases: dtypes.flatMap((dtype) =>
        [3, 1, 0].map((length) => ({ shapes: noShapes, params: { length, dtype } })),
      ),
    };
  },
});

/** 0, 1, …, length - 1. */
export const iota = (length: number, dtype: DType): Value => apply(iotaPrimitive, [], { length, dtype });
