/** Random words from keys: a key is two uint32 words, the last axis of its tensor. */

import type { Shape } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { encryptCounters, encryptPairs, type WordForm } from "../kernels/threefry.js";
import { onHost } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import type { Samples } from "../program/samples.js";
import { sameShape, showAval, sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { apply, discrete } from "./define.js";
import { batchFront } from "./sum-broadcast.js";

/** Who draws. It changes nothing but what `checkKeys` says. */
interface Drawn {
  readonly by: string;
}

interface RandomBitsParams extends Drawn {
  /** The shape of what each key gives. */
  readonly shape: Shape;
  readonly form: WordForm;
}

const words: Omit<Samples<unknown>, "cases"> = {
  operands: [{ min: 0, max: 2 ** 31 - 1, whole: true, points: [0, 1] }],
  dtypes: [["uint32"]],
};

const isPair = ({ shape, dtype }: Aval): boolean => dtype === "uint32" && shape.at(-1) === 2;

const notKeys = (operation: string, inputs: readonly Aval[]): TensorError =>
  tensorError({
    kind: "ShapeMismatch",
    operation,
    problem: "keys and counters are pairs of uint32 words",
    found: inputs.map((input, index) => [index === 0 ? "key" : "counter", showAval(input)] as const),
    fix: "make a key with random.key(seed)",
  });

/** The words of each counter under the key beside it: both are [..., 2], and so is the result. */
export const threefryPrimitive: Primitive<Drawn> = /* @__PURE__ */ discrete({
  name: "threefry",
  shape: ([key, counter]) =>
    isPair(key) && isPair(counter) && sameShape(key.shape, counter.shape)
      ? right(key)
      : left(notKeys("threefry", [key, counter])),
  evaluate: ([key, counter]) => encryptPairs(key, counter),
  batch: ([key, counter], batched, size, params) =>
    apply(
      threefryPrimitive,
      [batchFront(key, batched[0], size), batchFront(counter, batched[1], size)],
      params,
    ),
  lower: onHost,
  samples: {
    ...words,
    cases: [[2], [3, 2], [2, 1, 2], [0, 2]].map((shape) => ({
      shapes: [shape, shape],
      params: { by: "foldIn" },
    })),
  },
});

/** The words of a counter under a key. */
export const threefry = (key: Value, counter: Value, by: string): Value =>
  apply(threefryPrimitive, [key, counter], { by });

/** The words of the counters 0, 1, …, one an element of `shape`, under each key of [..., 2]. */
export const randomBitsPrimitive: Primitive<RandomBitsParams> = /* @__PURE__ */ discrete({
  name: "randomBits",
  shape: ([key], { shape, form }) =>
    isPair(key)
      ? right({
          shape: [...key.shape.slice(0, -1), ...shape, ...(form === "pair" ? [2] : [])],
          dtype: "uint32",
        })
      : left(notKeys("randomBits", [key])),
  evaluate: ([key], { shape, form }, output) => encryptCounters(key, sizeOfShape(shape), form, output.shape),
  batch: ([key], _batched, _size, params) => apply(randomBitsPrimitive, [key], params),
  lower: onHost,
  samples: {
    ...words,
    cases: [
      { shapes: [[2]], params: { shape: [3], form: "word", by: "bits" } },
      { shapes: [[2]], params: { shape: [2, 3], form: "pair", by: "bits" } },
      { shapes: [[3, 2]], params: { shape: [], form: "word", by: "bits" } },
      { shapes: [[1, 2]], params: { shape: [2], form: "pair", by: "split" } },
      { shapes: [[2]], params: { shape: [0], form: "word", by: "bits" } },
      { shapes: [[0, 2]], params: { shape: [2], form: "word", by: "bits" } },
    ],
  },
});

/** The words of the elements of a shape under a key. */
export const randomBits = (key: Value, shape: Shape, form: WordForm, by: string): Value =>
  apply(randomBitsPrimitive, [key], { shape, form, by });
