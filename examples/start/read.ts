/** What a model takes digits for. */

import { argMax, concatenate, convert, equal, expectShape, item, mean, type Tensor } from "@cotangent/core";
import { dataLoader, tensorDataset, type Digits } from "@cotangent/data";

/** A model of ten logits. */
interface Model<P> {
  readonly apply: (params: P, images: Tensor<readonly [number, 28, 28]>) => Tensor<readonly [number, 10]>;
}

/** What was read, and how much of it is right. */
export interface Reading {
  readonly guesses: Tensor<readonly [number], "int32">;
  readonly accuracy: number;
}

/** Reads digits, a thousand at a time. */
export const read = <P>(model: Model<P>, params: P, digits: Digits): Reading => {
  const parts = [...dataLoader(tensorDataset(digits), { batchSize: 1000 })].map(({ images }) =>
    argMax(model.apply(params, images), { axis: 1 }),
  );
  const guesses = expectShape(concatenate(parts), [-1]);
  return { guesses, accuracy: item(mean(convert(equal(guesses, digits.labels), "float32"))) };
};
