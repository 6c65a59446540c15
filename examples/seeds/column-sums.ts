/** The gradient of sum(X a) by a is the sum of the rows of X, whatever X is: autograd finds what algebra says (S003-1). */

import { grad, matmul, sum, tensor } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { show } from "../print-as-torch.js";

const x = random.normal(random.key(0), [100, 3]);
const a = tensor([1, 2, 3]);

const o = (a: Tensor<[3]>) => sum(matmul(x, a));

// do/da_k = Σ_i x_ik. The numbers are those of this key; the tutorial's run had no seed.
show("the gradient by a", grad(o)(a));
show("the sum of the rows", sum(x, { axis: 0 }));
