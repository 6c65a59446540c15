/** The inputs of every workload, as flat row-major Float32Arrays (workloads.md, section "The list"). */
import { noise, uniform } from "./noise.mjs";

export const linreg3 = {
  x: Float32Array.of(1, 2, 3),
  y: Float32Array.of(2, 4, 6),
  learningRate: 0.01,
  epochs: 2000,
};

export const logistic6 = {
  x: Float32Array.of(1, 2, 2, 3, 3, 1, 4, 3, 5, 3, 6, 2),
  y: Float32Array.of(0, 0, 0, 1, 1, 1),
  learningRate: 1,
  epochs: 1000,
};

export function l1line() {
  const x = Float32Array.from({ length: 1000 }, (_, i) => -1 + (2 * i) / 999);
  return { x, y: x.map((value) => 2 * value + 0.5), weight: 0.1, learningRate: 0.01, steps: 500 };
}

/** A perceptron of 784, 256 and 10 units; its parameters alternate weights [in, out] and biases. */
export const mlp784 = () => ({
  sizes: [784, 256, 10],
  batchSize: 128,
  x: noise(128 * 784, 1),
  labels: Int32Array.from({ length: 128 }, (_, i) => i % 10),
  parameters: [
    noise(784 * 256, 2, 0.05),
    new Float32Array(256),
    noise(256 * 10, 3, 0.05),
    new Float32Array(10),
  ],
});

export function mnistNetwork() {
  const sizes = [784, 512, 512, 10];
  const parameters = [0, 1, 2].flatMap((layer) => {
    const [inputs, outputs] = [sizes[layer], sizes[layer + 1]];
    return [noise(inputs * outputs, 10 + layer, 1 / Math.sqrt(inputs)), new Float32Array(outputs)];
  });
  return { sizes, batchSize: 100, parameters };
}

/** The shape of each parameter of a perceptron: [in, out], [out], and so on. */
export const parameterShapes = (sizes) =>
  sizes.slice(1).flatMap((outputs, layer) => [[sizes[layer], outputs], [outputs]]);

export const matmulSizes = [64, 256, 512, 1024];
export const matmul = (n) => ({ a: noise(n * n, 20), b: noise(n * n, 21) });

export const elementwise = () => noise(1_000_000, 30, 3);

export const rowsShape = [512, 1024];
export const rows = () => noise(512 * 1024, 40, 5);

export const layerNorm = () => ({
  x: rows(),
  scale: noise(1024, 41, 0.1, 1),
  shift: noise(1024, 42, 0.1),
  weight: noise(512 * 1024, 43),
  epsilon: 1e-5,
});

export const sumsShape = [2048, 512];
export const sums = () => noise(2048 * 512, 50, 0.5, 0.5);

export const convolution = () => ({
  x: noise(16 * 32 * 28 * 28, 60),
  kernel: noise(64 * 32 * 3 * 3, 61, 0.1),
  weight: noise(16 * 64 * 28 * 28, 62),
});

export const rosenbrock = () => noise(30, 70, 0.3, 1);

export const perExample = () => ({
  x: noise(1000 * 20, 80),
  y: Float32Array.from({ length: 1000 }, (_, i) => (uniform(i, 81) >= 0 ? 1 : -1)),
  weight: noise(20, 82, 0.5),
});

export const recurrence = () => ({
  steps: 1000,
  width: 32,
  weight: noise(32 * 32, 90, 0.3),
  x: noise(1000 * 32, 91, 0.5),
});

/** Labels as rows of zeros with a single one. */
export function oneHot(labels, classes) {
  const encoded = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    encoded[i * classes + label] = 1;
  });
  return encoded;
}
