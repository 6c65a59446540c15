/** The handwritten digits of MNIST, from the bytes of their four files. */

import { fromTypedArray, TensorError, type Tensor } from "@cotangent/core";
import { sequenceS } from "fp-ts/lib/Apply.js";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { idxArray, type IdxArray } from "./idx-array.js";

/** The bytes of the four files, unpacked. */
export interface MnistBytes {
  /** train-images-idx3-ubyte */
  readonly trainImages: Uint8Array;
  /** train-labels-idx1-ubyte */
  readonly trainLabels: Uint8Array;
  /** t10k-images-idx3-ubyte */
  readonly testImages: Uint8Array;
  /** t10k-labels-idx1-ubyte */
  readonly testLabels: Uint8Array;
}

/** Digits, and which they are. */
export interface Digits {
  /** Grey values from 0 to 1 (pixel / 255), of 28 rows of 28. */
  readonly images: Tensor<readonly [number, 28, 28]>;
  /** From 0 to 9. */
  readonly labels: Tensor<readonly [number], "int32">;
}

/** 60,000 digits to learn from, 10,000 to test with; fewer, if the files hold fewer. */
export interface Mnist {
  readonly train: Digits;
  readonly test: Digits;
}

/**
 * The digits of MNIST, from the bytes of their four files, or what is wrong with them; never a part of them.
 *
 * From a folder or a package they come by `mnist` of `@cotangent/data/node`.
 *
 * @see LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, 1998.
 * @example
 * ```ts
 * import { orThrow, shapeOf } from "@cotangent/core";
 * import * as data from "@cotangent/data";
 *
 * const header = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28];
 * const images = Uint8Array.from({ length: 16 + 784 }, (_, i) => header[i] ?? 0);
 * const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5);
 * const digits = { trainImages: images, trainLabels: labels, testImages: images, testLabels: labels };
 * shapeOf(orThrow(data.mnist(digits)).train.images); // [1, 28, 28]
 * ```
 */
export const mnist = (source: MnistBytes): E.Either<TensorError, Mnist> =>
  both({
    train: digits("train", source.trainImages, source.trainLabels),
    test: digits("test", source.testImages, source.testLabels),
  });

const both = /* @__PURE__ */ sequenceS(E.Apply);

const digits = (
  part: "train" | "test",
  images: Uint8Array,
  labels: Uint8Array,
): E.Either<TensorError, Digits> =>
  pipe(
    both({
      images: pipe(idxArray("mnist", images), E.chain(asImages), E.mapLeft(at(`${part}Images`))),
      labels: pipe(idxArray("mnist", labels), E.chain(asLabels), E.mapLeft(at(`${part}Labels`))),
    }),
    E.filterOrElse(
      (found) => found.images.shape[0] === found.labels.shape[0],
      (found) => counts(part, found.images, found.labels),
    ),
    E.map((found) => ({
      images: greys(found.images),
      labels: fromTypedArray(new Int32Array(found.labels.data), [found.labels.data.length]),
    })),
  );

const at =
  (path: string) =>
  ({ details }: TensorError): TensorError =>
    new TensorError({ ...details, path });

const asImages = (array: IdxArray): E.Either<TensorError, IdxArray> =>
  array.data instanceof Uint8Array &&
  array.shape.length === 3 &&
  array.shape[1] === 28 &&
  array.shape[2] === 28
    ? E.right(array)
    : E.left(unlike("bytes [n, 28, 28]", array));

const asLabels = (array: IdxArray): E.Either<TensorError, IdxArray> => {
  if (!(array.data instanceof Uint8Array) || array.shape.length !== 1)
    return E.left(unlike("bytes [n]", array));
  const wrong = array.data.findIndex((label) => label > 9);
  if (wrong < 0) return E.right(array);
  return E.left(
    malformed("a label is no digit", [["got", `${String(array.data[wrong])}, at place ${wrong}`]]),
  );
};

const greys = ({ data, shape }: IdxArray): Digits["images"] => {
  const quotients = Float32Array.from({ length: 256 }, (_, pixel) => pixel / 255);
  const values = new Float32Array(data.length); // filled by a loop: `from` takes seconds for 47 million
  for (let place = 0; place < values.length; place++) values[place] = quotients[data[place] ?? 0] ?? 0;
  return fromTypedArray(values, [shape[0] ?? 0, 28, 28]);
};

const malformed = (problem: string, found: readonly (readonly [string, string])[]): TensorError =>
  new TensorError({
    kind: "MalformedData",
    operation: "mnist",
    problem,
    found,
    fix: "give the files of MNIST, unpacked, each in its place",
  });

const unlike = (expected: string, { data, shape }: IdxArray): TensorError =>
  malformed("the array is not of the form of MNIST's", [
    ["expected", expected],
    ["got", `${data instanceof Uint8Array ? "bytes" : data.constructor.name} [${shape.join(", ")}]`],
  ]);

const counts = (part: string, images: IdxArray, labels: IdxArray): TensorError =>
  malformed("there is not one label for each image", [
    [`${part}Images`, String(images.shape[0])],
    [`${part}Labels`, String(labels.shape[0])],
  ]);
