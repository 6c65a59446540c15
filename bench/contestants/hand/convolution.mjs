/**
 * Workload 11: a convolution and both its gradients, as matrix products over the image's unrolled patches.
 */
import { sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { measure } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";
import { product, productTransposedLeft, productTransposedRight } from "./matrix-product.mjs";

const batchSize = 16;
const inChannels = 32;
const outChannels = 64;
const side = 28;
const pixels = side * side;
const patch = inChannels * 9;

/** Calls `visit(at, pixel)` for every entry of the [patch, pixels] matrix; `pixel` is -1 in the padding. */
function eachPatchEntry(visit) {
  let at = 0;
  for (let channel = 0; channel < inChannels; channel++) {
    for (let down = -1; down < 2; down++) {
      for (let right = -1; right < 2; right++) {
        for (let row = 0; row < side; row++) {
          for (let column = 0; column < side; column++, at++) {
            const r = row + down;
            const c = column + right;
            const outside = r < 0 || c < 0 || r >= side || c >= side;
            visit(at, outside ? -1 : channel * pixels + r * side + c);
          }
        }
      }
    }
  }
}

if (wants("conv")) {
  const { x, kernel, weight } = inputs.convolution();
  const y = new Float32Array(weight.length);
  const xGradient = new Float32Array(x.length);
  const kernelGradient = new Float32Array(kernel.length);
  const imageKernelGradient = new Float32Array(kernel.length);
  const patches = new Float32Array(patch * pixels);
  const patchesGradient = new Float32Array(patch * pixels);
  const run = () => {
    xGradient.fill(0);
    kernelGradient.fill(0);
    for (let image = 0; image < batchSize; image++) {
      const from = image * inChannels * pixels;
      const to = image * outChannels * pixels;
      const cotangent = weight.subarray(to, to + outChannels * pixels);
      eachPatchEntry((at, pixel) => {
        patches[at] = pixel < 0 ? 0 : x[from + pixel];
      });
      product(outChannels, pixels, patch, kernel, patches, y.subarray(to, to + outChannels * pixels));
      productTransposedRight(outChannels, patch, pixels, cotangent, patches, imageKernelGradient);
      for (let i = 0; i < kernelGradient.length; i++) kernelGradient[i] += imageKernelGradient[i];
      productTransposedLeft(patch, pixels, outChannels, kernel, cotangent, patchesGradient);
      eachPatchEntry((at, pixel) => {
        if (pixel >= 0) xGradient[from + pixel] += patchesGradient[at];
      });
    }
  };
  measure("conv", "plain", "ms", run, {
    check: () => [...sum4(y), ...sum4(xGradient), ...sum4(kernelGradient)],
  });
}
