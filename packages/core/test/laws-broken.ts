/** Records with a rule that is broken on purpose, and the laws that say so. */

import { onHost } from "../src/program/lowering.js";
import { right } from "../src/errors/either.js";
import { TensorError } from "../src/errors/tensor-error.js";
import type { Primitive } from "../src/program/primitive.js";
import { floating, type Samples } from "../src/program/samples.js";
import { isZero, zero } from "../src/program/symbolic-zero.js";
import { apply, primitive } from "../src/primitives/define.js";
import { noParams, type NoParams } from "../src/primitives/elementwise-rules.js";
import { laws } from "../src/testing/laws.js";
import type { LawName } from "../src/testing/laws/law.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { allocate } from "../src/tensor/dtype.js";
import { contiguousTensor, type ArrayTensor } from "../src/tensor/array-tensor.js";
import type { Value } from "../src/tensor/value.js";

export const samples: Samples<NoParams> = {
  operands: [{ min: -2, max: 2 }],
  dtypes: floating,
  cases: [{ shapes: [[3]], params: noParams }],
};
export const squares: Samples<NoParams> = { ...samples, cases: [{ shapes: [[2, 2]], params: noParams }] };

/** The laws that a record breaks. */
export const broken = (record: Primitive): readonly LawName[] =>
  laws(record)
    .filter((law) => {
      try {
        law.check();
        return false;
      } catch {
        return true;
      }
    })
    .map(({ name }) => name);

export const errorOf = (record: Primitive, name: LawName): TensorError => {
  try {
    laws(record)
      .find((law) => law.name === name)
      ?.check();
  } catch (error) {
    if (error instanceof TensorError) return error;
    throw error;
  }
  throw new Error(`${record.name}: the law "${name}" holds`);
};

/** A kernel on every element. */
export const each = (x: ArrayTensor, f: (element: number) => number, dtype = x.dtype): ArrayTensor => {
  const data = allocate(
    dtype,
    x.shape.reduce((size, length) => size * length, 1),
  );
  data.set(elementsOf(x).map(f));
  return contiguousTensor(data, x.shape, dtype);
};

/** f(x) = 3x, whose rules a test replaces one at a time. */
type Rules = Pick<
  Parameters<typeof primitive<NoParams>>[0],
  "shape" | "evaluate" | "jvp" | "transpose" | "batch" | "samples"
>;

export const triple = (name: string, rules: Partial<Rules> = {}): Primitive<NoParams> => {
  const self: Primitive<NoParams> = primitive({
    name,
    shape: ([x]) => right(x),
    evaluate: ([x]) => each(x, (element) => 3 * element),
    jvp: ([x], [dx]) => [apply(self, [x], noParams), isZero(dx) ? zero : apply(self, [dx], noParams)],
    transpose: (cotangent) => [apply(self, [cotangent], noParams)],
    batch: ([x]) => apply(self, [x], noParams),
    lower: onHost,
    samples,
    ...rules,
  });
  return self;
};

export const value = (x: unknown): Value => x as Value; // a public operation gives a value
