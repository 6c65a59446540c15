/** Workload 11: a convolution and both its gradients. */
import { conv, fromTypedArray, vjp } from "@cotangent/core";
import { sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";

if (wants("conv")) {
  const { x, kernel, weight } = inputs.convolution();
  const padding = [
    [1, 1],
    [1, 1],
  ];
  const convolve = (image, filter) => conv(image, filter, { padding });
  const withGradients = (image, filter, cotangent) => {
    const [y, pullback] = vjp(convolve, [image, filter]);
    return [y, ...pullback(cotangent)];
  };
  const operands = [
    fromTypedArray(x, [16, 32, 28, 28]),
    fromTypedArray(kernel, [64, 32, 3, 3]),
    fromTypedArray(weight, [16, 64, 28, 28]),
  ];
  evaluate("conv", "ms", withGradients, operands, { check: (parts) => parts.flatMap(sum4) });
}
