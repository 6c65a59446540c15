/**
 * A perceptron with relu between its layers and mean softmax cross entropy, trained by hand-derived
 * gradients.
 */
import { product, productTransposedLeft, productTransposedRight } from "./matrix-product.mjs";

const zerosLike = (arrays) => arrays.map((array) => new Float32Array(array.length));

export class Perceptron {
  constructor({ sizes, parameters, batchSize }) {
    this.sizes = sizes;
    this.layers = sizes.length - 1;
    this.batchSize = batchSize;
    this.parameters = parameters.map((array) => array.slice());
    this.activations = sizes.map((size) => new Float32Array(batchSize * size));
    this.cotangents = sizes.map((size) => new Float32Array(batchSize * size));
    this.gradients = zerosLike(parameters);
    this.firstMoments = zerosLike(parameters);
    this.secondMoments = zerosLike(parameters);
    this.updates = 0;
  }

  /** The logits of a batch. */
  forward(x) {
    const { sizes, layers, batchSize, parameters, activations } = this;
    activations[0] = x;
    for (let layer = 0; layer < layers; layer++) {
      const width = sizes[layer + 1];
      const out = activations[layer + 1];
      const bias = parameters[2 * layer + 1];
      const hidden = layer < layers - 1;
      product(batchSize, width, sizes[layer], activations[layer], parameters[2 * layer], out);
      for (let i = 0, at = 0; i < batchSize; i++) {
        for (let j = 0; j < width; j++, at++) {
          const value = out[at] + bias[j];
          out[at] = hidden && value < 0 ? 0 : value;
        }
      }
    }
    return activations[layers];
  }

  /** Sets the gradients of a batch's loss, and returns that loss. */
  differentiate(x, labels) {
    const { sizes, layers, batchSize, parameters, activations, cotangents, gradients } = this;
    const loss = this.lossOf(this.forward(x), labels);
    for (let layer = layers - 1; layer >= 0; layer--) {
      const width = sizes[layer + 1];
      const inputs = sizes[layer];
      const above = cotangents[layer + 1];
      const biasGradient = gradients[2 * layer + 1];
      productTransposedLeft(inputs, width, batchSize, activations[layer], above, gradients[2 * layer]);
      biasGradient.fill(0);
      for (let i = 0; i < batchSize; i++) {
        for (let j = 0; j < width; j++) biasGradient[j] += above[i * width + j];
      }
      if (layer > 0) {
        const below = cotangents[layer];
        const active = activations[layer];
        productTransposedRight(batchSize, inputs, width, above, parameters[2 * layer], below);
        for (let i = 0; i < below.length; i++) if (active[i] <= 0) below[i] = 0;
      }
    }
    return loss;
  }

  /**
   * The mean cross entropy; its cotangent, softmax less the label over the batch's size, goes into the last
   * layer's.
   */
  lossOf(logits, labels) {
    const { batchSize, layers } = this;
    const classes = this.sizes[layers];
    const cotangent = this.cotangents[layers];
    let loss = 0;
    for (let i = 0; i < batchSize; i++) {
      const row = i * classes;
      let largest = -Infinity;
      for (let j = 0; j < classes; j++) largest = Math.max(largest, logits[row + j]);
      let total = 0;
      for (let j = 0; j < classes; j++) total += Math.exp(logits[row + j] - largest);
      loss += Math.log(total) + largest - logits[row + labels[i]];
      for (let j = 0; j < classes; j++) {
        cotangent[row + j] =
          (Math.exp(logits[row + j] - largest) / total - (j === labels[i] ? 1 : 0)) / batchSize;
      }
    }
    return loss / batchSize;
  }

  sgd(learningRate) {
    this.parameters.forEach((parameter, index) => {
      const gradient = this.gradients[index];
      for (let i = 0; i < parameter.length; i++) parameter[i] -= learningRate * gradient[i];
    });
  }

  adam(learningRate) {
    this.updates += 1;
    const firstCorrection = 1 - 0.9 ** this.updates;
    const secondCorrection = 1 - 0.999 ** this.updates;
    this.parameters.forEach((parameter, index) => {
      const gradient = this.gradients[index];
      const first = this.firstMoments[index];
      const second = this.secondMoments[index];
      for (let i = 0; i < parameter.length; i++) {
        const g = gradient[i];
        const m = (first[i] = 0.9 * first[i] + 0.1 * g);
        const v = (second[i] = 0.999 * second[i] + 0.001 * g * g);
        parameter[i] -= (learningRate * (m / firstCorrection)) / (Math.sqrt(v / secondCorrection) + 1e-8);
      }
    });
  }
}
