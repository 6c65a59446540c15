/**
 * Workload 11. TensorFlow.js convolves NHWC with kernels HWIO, so the inputs are transposed beforehand, and
 * the checks are transposed back.
 */
import { sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";
import { backend, tf } from "./library.mjs";

// The whole batch takes the cpu backend over a minute (its check agreed when that was run): one image,
// times 16.
const images = backend === "cpu" ? 1 : 16;

if (wants("conv")) {
  const data = inputs.convolution();
  const channelsLast = (values, channels) =>
    tf.tidy(() => {
      const shape = [images, channels, 28, 28];
      return tf.transpose(tf.tensor4d(values.subarray(0, images * channels * 784), shape), [0, 2, 3, 1]);
    });
  const x = channelsLast(data.x, 32);
  const weight = channelsLast(data.weight, 64);
  const kernel = tf.tidy(() => tf.transpose(tf.tensor4d(data.kernel, [64, 32, 3, 3]), [2, 3, 1, 0]));

  let y;
  const gradients = tf.grads((input, filter) => {
    y = tf.keep(tf.conv2d(input, filter, 1, "same"));
    return tf.sum(tf.mul(y, weight));
  });
  let read = [];
  const run = () => {
    tf.tidy(() => {
      const [xGradient, kernelGradient] = gradients([x, kernel]);
      read = [y, xGradient, kernelGradient].map((tensor) => tensor.dataSync());
    });
    y.dispose();
  };
  const inOrder = (values, shape, permutation) =>
    sum4(tf.tidy(() => tf.transpose(tf.tensor4d(values, shape), permutation).dataSync()));
  const check = () => [
    ...inOrder(read[0], [16, 28, 28, 64], [0, 3, 1, 2]),
    ...inOrder(read[1], [16, 28, 28, 32], [0, 3, 1, 2]),
    ...inOrder(read[2], [3, 3, 32, 64], [3, 2, 0, 1]),
  ];
  measure("conv", "eager", "ms", run, {
    per: images / 16,
    check: () => (images === 16 ? check() : null),
    ...(images < 16 && { slow: 3000, note: "extrapolated from 1 of 16 images" }),
  });

  if (backend === "wasm") {
    const inputGradient = tf.grad((input) => tf.sum(tf.mul(tf.conv2d(input, kernel, 1, "same"), weight)));
    const partly = () => {
      tf.tidy(() => {
        inputGradient(x).dataSync();
      });
    };
    measure("conv", "input-grad-only", "ms", partly, {
      partial: true,
      note: "forward + input gradient, no kernel gradient",
    });
  }
}
