/** The builders of elementwise primitives of one and two operands: a kernel and its derivatives are all they need. */

import type { Primitive } from "../program/primitive.js";
import type { Element, Emit, Lowering } from "../program/lowering.js";
import { noRule, type NoRule } from "../program/primitive.js";
import { floating, type Domain, type Samples } from "../program/samples.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import { mapBinary, mapUnary } from "../kernels/elementwise.js";
import {
  binaryLoop,
  preferEmitted,
  preferEmittedBinary,
  unaryLoop,
  type BinaryKernel,
  type UnaryKernel,
} from "../kernels/loops.js";
import { isInteger } from "../tensor/dtype.js";
import type { Value } from "../tensor/value.js";
import { asValue } from "../trace/operands.js";
import type { DType, Operand, Untyped } from "../types/tensor.js";
import { addTangents } from "./additive.js";
import { apply, fill, primitive } from "./define.js";
import {
  binaryOperation,
  elementwiseBatch,
  elementwiseSamples,
  elementwiseShape,
  floatingDTypes,
  noParams,
  unaryOperation,
  type NoParams,
} from "./elementwise-rules.js";
import { times } from "./multiplicative.js";

interface ElementwiseRecord<K> {
  readonly name: string;
  readonly kernel: K;
  /** The kernel of integers, and of float32, where they differ. */
  readonly integerKernel?: K;
  readonly float32Kernel?: K;
  /** The dtypes of the operands, all of one; the floating ones by default. */
  readonly accepts?: readonly DType[];
  /** The dtype of the result, if it is not the operands'. */
  readonly gives?: DType;
  /** Domains of the operands, other parts of them that are tried too, and the dtypes to try. */
  readonly samples: readonly Domain[];
  readonly elsewhere?: readonly (readonly Domain[])[];
  readonly dtypes?: Samples<NoParams>["dtypes"];
  /** How it is computed in a compiled loop; by default, by the engine's code for a function of its name, or by the kernel. */
  readonly lower?: Lower;
}

type Lower = <E extends Element>(emit: Emit<E>, x: E, y: E) => E;

interface UnaryRecord extends ElementwiseRecord<UnaryKernel> {
  /** f'(x), which may use y = f(x). */
  readonly derivative: ((x: Value, y: Value) => Operand) | NoRule;
}

/** The loop for each dtype, made once. */
const loopsOf = <K, L>(
  { name, kernel, integerKernel, float32Kernel }: ElementwiseRecord<K>,
  loopOf: (kernel: K) => L,
  preferred: (name: string, loop: L) => L,
): ((dtype: DType) => L) => {
  const general = loopOf(kernel);
  const ofIntegers = integerKernel === undefined ? general : loopOf(integerKernel);
  const ofFloat32 = preferred(name, float32Kernel === undefined ? general : loopOf(float32Kernel));
  return (dtype) => (dtype === "float32" ? ofFloat32 : isInteger(dtype) ? ofIntegers : general);
};

/** The kernel of each dtype. */
const kernelsOf = <K>({
  kernel,
  integerKernel = kernel,
  float32Kernel = kernel,
}: ElementwiseRecord<K>): ((dtype: DType) => K) => {
  return (dtype) => (dtype === "float32" ? float32Kernel : isInteger(dtype) ? integerKernel : kernel);
};

const lowerOf = (record: ElementwiseRecord<(...values: number[]) => number>): Lowering<NoParams> => {
  const { name, gives, lower } = record;
  const kernels = kernelsOf(record);
  return {
    kind: "elementwise",
    emit: (emit, operands) => {
      const [x, y] = operands as readonly [(typeof operands)[0] & object, (typeof operands)[0] & object];
      return lower === undefined
        ? emit.apply(name, kernels(x.dtype), operands, gives ?? x.dtype)
        : lower(emit, x, y);
    },
  };
};

/** The record of a primitive of one operand. */
export const elementwisePrimitive = (record: UnaryRecord): Primitive<NoParams> => {
  const loops = loopsOf(record, unaryLoop, preferEmitted);
  const { name, derivative, accepts = floatingDTypes, gives, dtypes = floating } = record;
  const self: Primitive<NoParams> = primitive({
    name,
    shape: elementwiseShape(name, accepts, gives),
    evaluate: ([x], _params, output) => mapUnary(loops(x.dtype), x, output.dtype),
    jvp: ([x], [dx]) => {
      const y = apply(self, [x], noParams);
      return [y, chain([x], [dx], [derivative], y)];
    },
    transpose: noRule(`${name} is not linear`),
    batch: elementwiseBatch(() => self),
    lower: lowerOf(record as ElementwiseRecord<(...values: number[]) => number>),
    get samples() {
      return elementwiseSamples(record.samples, dtypes, 1, record.elsewhere);
    },
  });
  return self;
};

/** An elementwise operation of one operand. The declaration at its export states its type. */
export const elementwise = (record: UnaryRecord): Untyped => unaryOperation(elementwisePrimitive(record));

type Partial = ((x: Value, y: Value, z: Value) => Operand) | NoRule;

interface BinaryRecord extends ElementwiseRecord<BinaryKernel> {
  /** ∂f/∂x and ∂f/∂y, which may use z = f(x, y). */
  readonly derivatives: readonly [Partial, Partial];
}

/** The record of a primitive of two operands. */
export const elementwiseBinaryPrimitive = (record: BinaryRecord): Primitive<NoParams> => {
  const loops = loopsOf(record, binaryLoop, preferEmittedBinary);
  const { name, derivatives, accepts = floatingDTypes, gives, dtypes = floating } = record;
  const self: Primitive<NoParams> = primitive({
    name,
    shape: elementwiseShape(name, accepts, gives),
    evaluate: ([a, b], _params, output) => mapBinary(loops(a.dtype), a, b, output.dtype),
    jvp: ([x, y], tangents) => {
      const z = apply(self, [x, y], noParams);
      return [z, chain([x, y], tangents, derivatives, z)];
    },
    transpose: noRule(`${name} is not linear`),
    batch: elementwiseBatch(() => self),
    lower: lowerOf(record as ElementwiseRecord<(...values: number[]) => number>),
    get samples() {
      return elementwiseSamples(record.samples, dtypes, 2, record.elsewhere);
    },
  });
  return self;
};

/** An elementwise operation of two operands. The declaration at its export states its type. */
export const elementwiseBinary = (record: BinaryRecord): Untyped =>
  binaryOperation(elementwiseBinaryPrimitive(record));

/** The chain rule: the sum of ∂f/∂xᵢ · dxᵢ over the tangents that are not zero. */
const chain = (
  primals: readonly [Value] | readonly [Value, Value],
  tangents: readonly Tangent[],
  partials: readonly (((x: Value, y: Value, z: Value) => Operand) | NoRule)[],
  output: Value,
): Tangent =>
  tangents.reduce<Tangent>((total, tangent, index) => {
    const partial = partials[index];
    if (isZero(tangent) || partial === undefined || typeof partial !== "function") return total;
    const factor = partial(primals[0], primals[1] ?? output, output);
    return addTangents(total, times(tangent, asFactor(factor, tangent)));
  }, zero);

const asFactor = (factor: Operand, like: Value): Value =>
  typeof factor === "number" ? fill(factor, like) : asValue("derivative", factor);

/** The derivative of what has none: rounding, comparison. Its tangent is zero. */
export const flat: NoRule = noRule("constant wherever it is differentiable");
