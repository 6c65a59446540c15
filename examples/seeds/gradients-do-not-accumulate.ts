/** Why there is no `zero_grad`: a gradient is the result of a function, and the same each time (S000-4). */

import { grad, item, mul, scalar } from "@cotangent/core";

const w = scalar(2);

// In PyTorch the same loop prints 2, 4, 6, ..., 40: `backward` adds to what w.grad holds already, until `zero_grad`
// empties it. Here w holds nothing but its value. `grad` gives a new tensor on every call, so that there is nothing
// to add to and nothing to reset.
for (let epoch = 1; epoch <= 20; epoch++) {
  const gradient = grad((w) => mul(2, w))(w);
  console.log(`The derivative by w: ${item(gradient).toFixed(1)}`);
}
