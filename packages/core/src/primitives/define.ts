/** The builders of records: what follows from the class of a primitive is derived here, once. */

import type { Either } from "fp-ts/lib/Either.js";
import { right } from "../errors/either.js";
import type { TensorError } from "../errors/tensor-error.js";
import {
  hasRule,
  noRule,
  zeroTangent,
  type NoRule,
  type Primitive,
  type ZeroTangent,
} from "../program/primitive.js";
import type { Lowering } from "../program/lowering.js";
import type { Samples } from "../program/samples.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import { scalarTensor, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";

/** One entry an operand: a rule destructures as many as its primitive has. */
export type Operands<V> = readonly [V, V, V, ...V[]];

/** A record of one output, as an author writes it. */
export interface PrimitiveRecord<P> {
  readonly name: string;
  readonly shape: (inputs: Operands<Aval>, params: P) => Either<TensorError, Aval>;
  readonly evaluate: (inputs: Operands<ArrayTensor>, params: P, output: Aval) => ArrayTensor;
  readonly jvp:
    | ((primals: Operands<Value>, tangents: Operands<Tangent>, params: P) => readonly [Value, Tangent])
    | ZeroTangent
    | NoRule;
  readonly transpose:
    | ((
        cotangent: Value,
        operands: Operands<Value>,
        linear: Operands<boolean>,
        params: P,
      ) => readonly Tangent[])
    | NoRule;
  /** Called when at least one operand has the batch axis (in front); its result has it. */
  readonly batch:
    ((operands: Operands<Value>, batched: Operands<boolean>, size: number, params: P) => Value) | NoRule;
  readonly lower: Lowering<P>;
  readonly mayRefuse?: (inputs: Operands<Value>, params: P) => boolean;
  readonly samples: Samples<P>;
}

/** The list as its rule sees it: its length is the primitive's arity, which the rule knows. */
const operandsOf = <V>(list: readonly V[]): Operands<V> => list as unknown as Operands<V>;

/** A primitive of one output. */
export const primitive = <P>(record: PrimitiveRecord<P>): Primitive<P> =>
  withDerivatives(record, record.jvp, record.transpose);

/** A record with its rules of derivatives. */
export const withDerivatives = <P>(
  record: Omit<PrimitiveRecord<P>, "jvp" | "transpose">,
  jvp: PrimitiveRecord<P>["jvp"],
  transpose: PrimitiveRecord<P>["transpose"],
): Primitive<P> => {
  const { name, shape, evaluate, batch, lower, mayRefuse } = record;
  return new Recorded(
    name,
    (inputs, params) => {
      const output = shape(operandsOf(inputs), params);
      return output._tag === "Left" ? output : right([output.right]);
    },
    (inputs, params, outputs) => [evaluate(operandsOf(inputs), params, operandsOf(outputs)[0])],
    hasRule(jvp)
      ? (primals, tangents, params) => {
          const [primal, tangent] = jvp(operandsOf(primals), operandsOf(tangents), params);
          return { primals: [primal], tangents: [tangent] };
        }
      : jvp,
    hasRule(transpose)
      ? ([cotangent = zero], operands, of, params) =>
          isZero(cotangent)
            ? operands.map(() => zero)
            : transpose(cotangent, operandsOf(operands), operandsOf(of), params)
      : transpose,
    hasRule(batch)
      ? (operands, batched, size, params) => ({
          outputs: [batch(operandsOf(operands), operandsOf(batched), size, params)],
          batched: [true],
        })
      : batch,
    lower,
    mayRefuse === undefined ? never : (inputs, params) => mayRefuse(operandsOf(inputs), params),
    record,
  );
};

const never = (): boolean => false;

/**
 * A primitive whose samples are made when the laws ask for them, not while the library is imported. A class, so that all are alike
 * to the engine: an object with an accessor of its own is a dictionary, and an eager operation takes a quarter longer.
 */
class Recorded<P> implements Primitive<P> {
  constructor(
    readonly name: string,
    readonly shape: Primitive<P>["shape"],
    readonly evaluate: Primitive<P>["evaluate"],
    readonly jvp: Primitive<P>["jvp"],
    readonly transpose: Primitive<P>["transpose"],
    readonly batch: Primitive<P>["batch"],
    readonly lower: Primitive<P>["lower"],
    readonly mayRefuse: NonNullable<Primitive<P>["mayRefuse"]>,
    private readonly record: { readonly samples: Samples<P> },
  ) {}

  get samples(): Samples<P> {
    return this.record.samples;
  }
}

/** Applies a primitive of one output. */
export const apply = <P>(applied: Primitive<P>, inputs: readonly Value[], params: P): Value => {
  const [output] = bind(applied, inputs, params);
  return output as Value; // a record of one output gives one
};

/** A function with the record that it applies: what the laws are generated from. */
export interface Applies<P = unknown> {
  readonly primitive: Primitive<P>;
}

/** Attaches the record to the function that applies it. */
export const operation = <F extends object, P>(applied: Primitive<P>, call: F): F & Applies<P> =>
  Object.assign(call, { primitive: applied });

/**
 * A primitive that is linear in some of its operands together (by default in all): `f(a x + b y) = a f(x) + b f(y)`.
 * Its forward rule is itself.
 */
export const linear = <P>(
  record: Omit<PrimitiveRecord<P>, "jvp"> & { readonly linearIn?: readonly boolean[] },
): Primitive<P> => {
  const isLinear = (index: number): boolean => record.linearIn?.[index] ?? true;
  const self: Primitive<P> = withDerivatives(
    record,
    (primals, tangents, params) => [
      apply(self, primals, params),
      tangents.some((tangent, index) => isLinear(index) && !isZero(tangent))
        ? apply(
            self,
            primals.map((primal, index) =>
              isLinear(index) ? instantiate(tangents[index] ?? zero, primal) : primal,
            ),
            params,
          )
        : zero,
    ],
    record.transpose,
  );
  return self;
};

/** A primitive whose output has no tangent: integer and bool results. */
export const discrete = <P>(record: Omit<PrimitiveRecord<P>, "jvp" | "transpose">): Primitive<P> =>
  withDerivatives(
    record,
    zeroTangent("integers and bools have no tangent"),
    noRule(`${record.name} is not linear`),
  );

/** The elements of a symbolic zero, where a rule needs them. */
export const instantiate = (tangent: Tangent, like: Aval): Value =>
  isZero(tangent) ? fill(0, like) : tangent;

/** A constant of a shape and dtype: one stored element, stretched. */
export const fill = (value: number, { shape, dtype }: Aval): ArrayTensor => {
  const scalar = scalarTensor(value, dtype);
  return shape.length === 0
    ? scalar
    : viewTensor(
        scalar,
        shape,
        shape.map(() => 0),
        0,
      );
};
