/** Datasets and loaders as plain values and pure functions, and readers of bytes. */

export type { Dataset } from "./datasets/dataset.js";
export { tensorDataset, type BatchOf, type RowOf, type TensorDataset } from "./datasets/tensor-dataset.js";
export { collate, type Collated } from "./loader/collate.js";
export { dataLoader, type DataLoader, type DefaultBatch } from "./loader/data-loader.js";
export { dataLoaderOptions, type DataLoaderOptions } from "./loader/options.js";
export { position, type Position } from "./loader/position.js";
export { idx } from "./readers/idx.js";
export { mnist, type Digits, type Mnist, type MnistBytes } from "./readers/mnist.js";
