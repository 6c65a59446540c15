/** vmap: the arguments have the mapped axis, the function does not see it; a mapped tree has the outline of the tree. */
import { pipe } from "fp-ts/lib/function.js";
import { add, dot, grad, matmul, square, sum, type Tensor, treeMap, vmap, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const vector = zeros([3]);
const batch = zeros([5, 3]);
const energy = (x: Tensor<[3]>) => sum(square(x));
const product = (a: Tensor<[3]>, b: Tensor<[3]>) => dot(a, b);

// @ts-expect-error maps over an argument without the mapped axis
vmap(energy)(vector);

// @ts-expect-error maps over rows of another length
vmap(energy)(zeros([5, 4]));

// @ts-expect-error maps over columns without saying so
vmap(energy)(zeros([3, 5]));

// @ts-expect-error maps over batches of lengths 5 and 6
vmap(product)(batch, zeros([6, 3]));

// @ts-expect-error shares an argument and gives a batch of it
vmap(product, { inAxes: [0, null] })(batch, batch);

// @ts-expect-error maps over an argument that it is told to share
vmap(product, { inAxes: [null, 0] })(batch, batch);

// @ts-expect-error gives one axis for two arguments
vmap(product, { inAxes: [0] })(batch, batch);

// @ts-expect-error misspells inAxes
vmap(product, { in_axes: [0, null] });

// @ts-expect-error gives an axis as a string
vmap(product, { inAxes: ["0", null] });

// @ts-expect-error gives the axes without options
vmap(product, [0, null]);

// @ts-expect-error forgets the second argument
vmap(product)(batch);

// @ts-expect-error uses the result without the mapped axis
matmul(vmap(energy)(batch), zeros([4]));

// @ts-expect-error uses a gradient of each row as the gradient of one
const one: Tensor<[3]> = vmap(grad(energy))(batch);

// @ts-expect-error maps a function that has a mistake
vmap((x: Tensor<[3]>) => add(x, zeros([2])));

// @ts-expect-error maps over a vector in a pipe
pipe(energy, grad, P.vmap())(vector);

// @ts-expect-error uses a leaf that is not in the mapped tree
treeMap((leaf) => leaf, { weight: vector }).bias;

// @ts-expect-error maps a function of two leaves over one tree
treeMap((a: Tensor, b: Tensor) => add(a, b), { weight: vector });

void one;
