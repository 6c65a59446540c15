/** Changes of dtype: by value (convert), by bits (bitcast), and the end of differentiation (stopGradient). */

import type { DType, Untyped } from "../types/tensor.js";
import type { Convert, Unary } from "../types/elementwise.js";
import { left, right } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { contiguous } from "../kernels/strided.js";
import { mapUnary } from "../kernels/elementwise.js";
import { unaryLoop, type UnaryLoop } from "../kernels/loops.js";
import {
  axisIndex,
  elementByElement,
  fixedIndex,
  type Element,
  type Emit,
  type Reading,
} from "../program/lowering.js";
import { zeroTangent, type Primitive } from "../program/primitive.js";
import { anyDType, elementwiseShapes, floating } from "../program/samples.js";
import { isZero, zero } from "../program/symbolic-zero.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { dtypes, isDType, isFloating, reinterpret, bytesOf } from "../tensor/dtype.js";
import { showAval, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, asValue } from "../trace/operands.js";
import { apply, discrete, operation, primitive, withDerivatives } from "./define.js";
import { allDTypes, elementwiseShape, noParams, type NoParams } from "./elementwise-rules.js";

interface DTypeParams {
  readonly dtype: DType;
}

const identity = /* @__PURE__ */ unaryLoop((x) => x);
const truth = /* @__PURE__ */ unaryLoop((x) => (x === 0 ? 0 : 1));
const saturate = (min: number, max: number): UnaryLoop =>
  unaryLoop((x) => (x <= min ? min : x >= max ? max : x)); // NaN is stored as 0
const toInt32 = /* @__PURE__ */ saturate(-(2 ** 31), 2 ** 31 - 1);
const toUint32 = /* @__PURE__ */ saturate(0, 2 ** 32 - 1);

/** Floats become integers by truncation, within the range; integers among themselves keep their bits. */
const conversion = (from: DType, to: DType): UnaryLoop =>
  to === "bool"
    ? truth
    : isFloating(from) && to === "int32"
      ? toInt32
      : isFloating(from) && to === "uint32"
        ? toUint32
        : identity;

/** The same values in another dtype; linear between floating dtypes, its adjoint converts back. */
export const convertPrimitive: Primitive<DTypeParams> = /* @__PURE__ */ primitive({
  name: "convert",
  shape: ([x], { dtype }) => right({ shape: x.shape, dtype }),
  evaluate: ([x], { dtype }) => (x.dtype === dtype ? x : mapUnary(conversion(x.dtype, dtype), x, dtype)),
  jvp: ([x], [dx], { dtype }) => [
    convertTo(x, dtype),
    isZero(dx) || !isFloating(dtype) ? zero : convertTo(dx, dtype),
  ],
  transpose: (cotangent, [x]) => [convertTo(cotangent, x.dtype)],
  batch: ([x], _batched, _size, { dtype }) => convertTo(x, dtype),
  lower: {
    kind: "elementwise",
    emit: (emit, [x], { dtype }) => emit.convert(x as NonNullable<typeof x>, dtype),
  },
  get samples() {
    return {
      operands: [{ min: -3, max: 3, kinks: [-3, -2, -1, 0, 1, 2, 3], points: [0] }],
      dtypes: anyDType,
      cases: dtypes.map((dtype) => ({ shapes: [[3]], params: { dtype } })),
    };
  },
});

/** The same values in another dtype, for rules. */
export const convertTo = (x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : apply(convertPrimitive, [x], { dtype });

const checkName = (operationName: string, dtype: DType): void => {
  if (isDType(dtype)) return;
  throw tensorError({
    kind: "UnsupportedDType",
    operation: operationName,
    problem: `there is no dtype ${String(dtype)}`,
    found: [["expected", dtypes.join(", ")]],
    fix: `write ${operationName}(x, "float32")`,
  });
};

const convertOperation: Untyped = (x: unknown, dtype: DType): Value => {
  checkName("convert", dtype);
  return convertTo(asValue("convert", x), dtype);
};

/**
 * The same values in another dtype: floats are truncated towards 0 and kept within the range of an integer
 * dtype (NaN becomes 0), everything but 0 is true. Linear between floating dtypes, otherwise without gradient.
 *
 * @throws TensorError when there is no such dtype.
 * @example
 * ```ts
 * import { convert, tensor, toArray } from "@cotangent/core";
 *
 * toArray(convert(tensor([1.7, -1.7]), "int32")); // [1, -1]
 * ```
 */
export const convert: Convert = convertOperation;

const bitcastShape = (x: Aval, dtype: DType): Aval | undefined => {
  const from = bytesOf(x.dtype);
  const to = bytesOf(dtype);
  if (x.dtype === "bool" || dtype === "bool") return x.dtype === dtype ? x : undefined;
  if (from === to) return { shape: x.shape, dtype };
  if (from > to) return { shape: [...x.shape, from / to], dtype };
  return x.shape.at(-1) === to / from ? { shape: x.shape.slice(0, -1), dtype } : undefined;
};

type Widths = "same" | "wider" | "narrower";

const widthsOf = (from: DType, to: DType): Widths =>
  bytesOf(from) === bytesOf(to) ? "same" : bytesOf(from) < bytesOf(to) ? "wider" : "narrower";

/** An element, both halves of one, or a whole and which half of it. */
const bitsRead = ([x]: readonly Aval[], { dtype }: DTypeParams, { shape }: Aval): readonly Reading[] => {
  const rank = shape.length;
  const at = shape.map((_, axis) => axisIndex(rank, axis));
  switch (widthsOf((x as Aval).dtype, dtype)) {
    case "same":
      return [{ operand: 0, at }];
    case "wider":
      return [0, 1].map((half) => ({ operand: 0, at: [...at, fixedIndex(rank, half)] }));
    case "narrower":
      return [{ operand: 0, at: at.slice(0, -1) }, { number: axisIndex(rank, rank - 1) }];
  }
};

const emitBitcast = <E extends Element>(emit: Emit<E>, elements: readonly E[], { dtype }: DTypeParams): E => {
  const [x, other] = elements as readonly [E, E]; // as they are read
  switch (widthsOf(x.dtype, dtype)) {
    case "same":
      return emit.bitcast(x, dtype);
    case "wider":
      return emit.joined(emit.bitcast(x, "uint32"), emit.bitcast(other, "uint32"));
    case "narrower": {
      const isLow = emit.equal(other, emit.constant(0, "uint32"));
      return emit.bitcast(emit.select(isLow, emit.half(x, "low"), emit.half(x, "high")), dtype);
    }
  }
};

/** The same bits in another dtype; between 32 and 64 bits, a last axis of length 2 goes or comes. */
export const bitcastPrimitive: Primitive<DTypeParams> = /* @__PURE__ */ discrete({
  name: "bitcast",
  shape: ([x], { dtype }) => {
    const output = bitcastShape(x, dtype);
    return output === undefined
      ? left(
          tensorError({
            kind: "UnsupportedDType",
            operation: "bitcast",
            problem: `the bits of ${showAval(x)} are not those of a tensor of ${dtype}`,
            found: [
              ["from", showAval(x)],
              ["to", dtype],
            ],
            fix: "float32, int32 and uint32 have 32 bits; a float64 is two of them along a last axis of length 2",
          }),
        )
      : right(output);
  },
  evaluate: ([x], { dtype }, { shape }) => {
    const { data, offset } = contiguous(x);
    const size = x.shape.reduce((product, length) => product * length, 1);
    return contiguousTensor(reinterpret(data, offset, size, dtype), shape, dtype);
  },
  batch: ([x], _batched, _size, { dtype }) => apply(bitcastPrimitive, [x], { dtype }),
  lower: { kind: "stencil", cost: 1, reads: bitsRead, emit: emitBitcast },
  samples: {
    operands: [{ min: -3, max: 3 }],
    dtypes: [["float32"], ["int32"], ["uint32"]],
    cases: [
      { shapes: [[3]], params: { dtype: "uint32" } },
      { shapes: [[2, 1]], params: { dtype: "int32" } },
      { shapes: [[3, 2]], params: { dtype: "float64" } },
      { shapes: [[0]], params: { dtype: "float32" } },
    ],
  },
});

const bitcastOperation: Untyped = (x: unknown, dtype: DType): Value => {
  checkName("bitcast", dtype);
  return apply(bitcastPrimitive, [asTensor("bitcast", x)], { dtype });
};

/**
 * The same bits read as another dtype. No gradient.
 *
 * @throws TensorError when the dtypes have not the same number of bits, and no last axis makes up for it.
 * @see `jax.lax.bitcast_convert_type`.
 * @example
 * ```ts
 * import { bitcast, scalar, item } from "@cotangent/core";
 *
 * item(bitcast(scalar(1), "uint32")); // 1065353216
 * ```
 */
export const bitcast: Convert = bitcastOperation;

/** The identity, which is linear whatever its derivative is said to be: `linearTranspose` passes through it. */
const stopPrimitive: Primitive<NoParams> = /* @__PURE__ */ withDerivatives(
  {
    name: "stopGradient",
    shape: elementwiseShape("stopGradient", allDTypes),
    evaluate: ([x]): ArrayTensor => x,
    batch: ([x]) => apply(stopPrimitive, [x], noParams),
    lower: elementByElement((_emit, [x]) => x),
    get samples() {
      return {
        operands: [{ min: -3, max: 3 }],
        dtypes: floating,
        cases: elementwiseShapes.map((shape) => ({ shapes: [shape], params: noParams })),
      };
    },
  },
  zeroTangent("it is a constant by definition"),
  (cotangent) => [cotangent],
);

const stopOperation: Untyped = /* @__PURE__ */ operation(stopPrimitive, (x: unknown): Value =>
  apply(stopPrimitive, [asValue("stopGradient", x)], noParams),
);

/**
 * The value itself, as a constant: its derivative is 0.
 *
 * @example
 * ```ts
 * import { grad, item, mul, scalar, stopGradient } from "@cotangent/core";
 *
 * item(grad((x) => mul(x, stopGradient(x)))(scalar(3))); // 3
 * ```
 */
export const stopGradient: Unary<DType> = stopOperation;
