/** What autograd is: the derivative of a function at a point (S004-1). */

import { add, grad, item, mul, scalar, square } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";

// z = 2 w² + 5, so dz/dw = 4 w.
const z = (w: Tensor<[]>) => add(mul(2, square(w)), 5);

console.log(`gradient by w: ${item(grad(z)(scalar(2))).toFixed(1)}`);

// `grad(z)` is a function again, and has a derivative itself: d²z/dw² = 4 everywhere.
console.log(`second derivative: ${item(grad(grad(z))(scalar(2))).toFixed(1)}`);
