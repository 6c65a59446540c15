/** The gradient of a small graph, and why no tensor has a `.grad`: you ask a function for it (S001-1). */

import { abs, add, grad, mul, square, sub, sum, tensor } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import { show } from "../print-as-torch.js";

type Vector = Tensor<[2]>;

const x = tensor([2, 3]);
const target = tensor([3, 4]);

// z = 2 x² + 3, and the sum of its distances from the target.
const z = (y: Vector) => add(mul(2, y), 3);
const distance = (z: Vector) => sum(abs(sub(z, target)));
const loss = (x: Vector) => distance(z(square(x)));
show("by x", grad(loss)(x));

// In PyTorch y.grad and z.grad are None, with a warning: only leaves of the graph keep a gradient. Here what is a
// leaf is what you say: the loss as a function of y, or of z, has a gradient like any other.
const y = square(x);
show("by y", grad((y: Vector) => distance(z(y)))(y));
show("by z", grad(distance)(z(y)));
