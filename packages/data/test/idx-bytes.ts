/** Bytes as an IDX file has them. */

/** A header: a type code and the lengths of the axes, then the bytes of the elements. */
export const idxBytes = (code: number, shape: readonly number[], body: Iterable<number>): Uint8Array => {
  const lengths = shape.flatMap((length) => [24, 16, 8, 0].map((shift) => (length >>> shift) & 255));
  return Uint8Array.of(0, 0, code, shape.length, ...lengths, ...body);
};

/** A few digits, all alike, and their labels, in the form of MNIST's files. */
export const digitBytes = (
  labels: readonly number[],
  grey = 51,
): { images: Uint8Array; labels: Uint8Array } => ({
  images: idxBytes(8, [labels.length, 28, 28], new Uint8Array(labels.length * 784).fill(grey)),
  labels: idxBytes(8, [labels.length], labels),
});
