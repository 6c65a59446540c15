/** Random words from keys: a key is two uint32 words, the last axis of its tensor. */

import type { Shape } from "../types/tensor.js";
import { left, right } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { encryptCounters, encryptPairs, type WordForm } from "../kernels/threefry.js";
import { axisIndex, fixedIndex, type Element, type Emit, type Reading } from "../program/lowering.js";
import type { Primitive } from "../program/primitive.js";
import type { Samples } from "../program/samples.js";
import { rowMajorStrides, sameShape, showAval, sizeOfShape, type Aval } from "../tensor/shape.js";
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

/** By how many bits a word of the cipher is rotated in each round. */
const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** The cipher of the counter (x, y): five groups of four rounds, and words of the key behind each (see the kernel). */
const cipher = <E extends Element>(
  emit: Emit<E>,
  [key0, key1]: readonly [E, E],
  [x, y]: readonly [E, E],
): readonly [E, E] => {
  const word = (value: number): E => emit.constant(value, "uint32");
  const keys = [key0, key1, emit.xor(emit.xor(key0, key1), word(0x1bd11bda))] as const;
  const keyOf = (number: number): E => keys[(number % 3) as 0 | 1 | 2];
  let [a, b] = [emit.add(x, key0), emit.add(y, key1)];
  for (let group = 1; group <= 5; group++) {
    for (const bits of rotations[((group - 1) % 2) as 0 | 1]) {
      const rotated = emit.or(emit.shiftLeft(b, word(bits)), emit.shiftRight(b, word(32 - bits)));
      a = emit.add(a, b);
      b = emit.xor(rotated, a);
    }
    a = emit.add(a, keyOf(group));
    b = emit.add(emit.add(b, keyOf(group + 1)), word(group));
  }
  return [a, b];
};

/** Of a cipher, beside the 12 of an exponential. */
const cost = 60;

/** A word, 0 or 1, of the pairs of an operand of [..., 2], the leading axes being those of the result. */
const wordOf = (operand: number, { shape }: Aval, rank: number, word: number): Reading => ({
  operand,
  at: shape.map((_, axis) => (axis === shape.length - 1 ? fixedIndex(rank, word) : axisIndex(rank, axis))),
});

/** One of two words, by its number. */
const chosen = <E extends Element>(emit: Emit<E>, [a, b]: readonly [E, E], number: E): E =>
  emit.select(emit.equal(number, emit.constant(0, "uint32")), a, b);

/** The first 52 bits of two words as a number in [0, 1): what stands in a float64 behind the point of 1.…, exactly. */
const fraction = <E extends Element>(emit: Emit<E>, [high, low]: readonly [E, E]): E => {
  const word = (value: number): E => emit.constant(value, "uint32");
  const part = (bits: E, unit: number): E =>
    emit.mul(emit.convert(bits, "float64"), emit.constant(unit, "float64"));
  const lower = emit.or(emit.shiftLeft(high, word(20)), emit.shiftRight(low, word(12)));
  return emit.add(part(emit.shiftRight(high, word(12)), 2 ** -20), part(lower, 2 ** -52));
};

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
  lower: {
    kind: "stencil",
    cost,
    reads: (inputs, _params, { shape }) => {
      const rank = shape.length;
      const words = inputs.flatMap((input, place) => [0, 1].map((word) => wordOf(place, input, rank, word)));
      return [...words, { number: axisIndex(rank, rank - 1) }];
    },
    emit<E extends Element>(emit: Emit<E>, elements: readonly E[]): E {
      const [key0, key1, x, y, number] = elements as readonly [E, E, E, E, E]; // as they are read
      return chosen(emit, cipher(emit, [key0, key1], [x, y]), number);
    },
  },
  get samples() {
    return {
      ...words,
      cases: [[2], [3, 2], [2, 1, 2], [0, 2]].map((shape) => ({
        shapes: [shape, shape],
        params: { by: "foldIn" },
      })),
    };
  },
});

/** The words of a counter under a key. */
export const threefry = (key: Value, counter: Value, by: string): Value =>
  apply(threefryPrimitive, [key, counter], { by });

/** What a form makes of the words of the counters 0, 1, …, one an element of `shape`, under each key of [..., 2]. */
export const randomBitsPrimitive: Primitive<RandomBitsParams> = /* @__PURE__ */ discrete({
  name: "randomBits",
  shape: ([key], { shape, form }) =>
    isPair(key)
      ? right({
          shape: [...key.shape.slice(0, -1), ...shape, ...(form === "pair" ? [2] : [])],
          dtype: form === "fraction" ? "float64" : "uint32",
        })
      : left(notKeys("randomBits", [key])),
  evaluate: ([key], { shape, form }, output) => encryptCounters(key, sizeOfShape(shape), form, output.shape),
  batch: ([key], _batched, _size, params) => apply(randomBitsPrimitive, [key], params),
  lower: {
    kind: "stencil",
    cost,
    reads: (inputs, { shape, form }, output) => {
      const [key] = inputs as readonly [Aval];
      const rank = output.shape.length;
      const leading = key.shape.length - 1;
      const steps = [...new Array<number>(leading).fill(0), ...rowMajorStrides(shape)];
      const words = [0, 1].map((word) => wordOf(0, key, rank, word));
      if (form !== "pair") return [...words, { number: { start: 0, steps } }];
      return [
        ...words,
        { number: { start: 0, steps: [...steps, 0] } },
        { number: axisIndex(rank, rank - 1) },
      ];
    },
    emit<E extends Element>(emit: Emit<E>, elements: readonly E[], { form }: RandomBitsParams): E {
      const [key0, key1, counter, number] = elements as readonly [E, E, E, E?]; // as they are read
      const pair = cipher(emit, [key0, key1], [emit.constant(0, "uint32"), counter]);
      if (form === "fraction") return fraction(emit, pair);
      return number === undefined ? emit.xor(...pair) : chosen(emit, pair, number);
    },
  },
  get samples(): Samples<RandomBitsParams> {
    return {
      ...words,
      cases: [
        { shapes: [[2]], params: { shape: [3], form: "word", by: "bits" } },
        { shapes: [[2]], params: { shape: [2, 3], form: "pair", by: "bits" } },
        { shapes: [[3, 2]], params: { shape: [], form: "word", by: "bits" } },
        { shapes: [[1, 2]], params: { shape: [2], form: "pair", by: "split" } },
        { shapes: [[3, 2]], params: { shape: [2], form: "fraction", by: "uniform" } },
        { shapes: [[2]], params: { shape: [0], form: "word", by: "bits" } },
        { shapes: [[0, 2]], params: { shape: [2], form: "word", by: "bits" } },
      ],
    };
  },
});

/** The words of the elements of a shape under a key. */
export const randomBits = (key: Value, shape: Shape, form: WordForm, by: string): Value =>
  apply(randomBitsPrimitive, [key], { shape, form, by });
