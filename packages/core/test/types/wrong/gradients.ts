/** A loss is a floating scalar, and the gradient has the type of what is differentiated. */
import { pipe } from "fp-ts/lib/function.js";
import { add, convert, dot, grad, less, mul, sin, square, sum, valueAndGrad, zeros } from "@cotangent/core";
import { type Tensor } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

interface Params {
  readonly weight: Tensor<[3]>;
  readonly steps: Tensor<[], "int32">;
}
declare const params: Params;
const vector = zeros([3]);
const loss = (p: Params, x: Tensor<[3]>) => sum(mul(p.weight, x));

// @ts-expect-error differentiates a vector
grad((x: Tensor<[3]>) => square(x))(vector);

// @ts-expect-error differentiates a shape-generic function at a vector
grad(sin)(vector);

// @ts-expect-error differentiates a loss of integers
grad((x: Tensor<[3]>) => convert(sum(x), "int32"))(vector);

// @ts-expect-error differentiates a comparison
grad((x: Tensor<[3]>) => less(sum(x), 1))(vector);

// @ts-expect-error differentiates a promise
grad(async (x: Tensor<[3]>) => Promise.resolve(sum(x)))(vector);

// @ts-expect-error differentiates a number
grad((_: Tensor<[3]>) => 1)(vector);

// @ts-expect-error differentiates a function that forgets to return
grad((x: Tensor<[3]>) => void sum(x))(vector);

// @ts-expect-error differentiates a record of losses
valueAndGrad((x: Tensor<[3]>) => ({ loss: sum(x) }))(vector);

// @ts-expect-error differentiates a gradient, which is a vector
grad(grad((x: Tensor<[3]>) => sum(square(x))))(vector);

// @ts-expect-error differentiates at a vector of another length
grad((x: Tensor<[3]>) => sum(square(x)))(zeros([2]));

// @ts-expect-error differentiates at another dtype
grad((x: Tensor<[3]>) => sum(square(x)))(zeros([3], { dtype: "float64" }));

// @ts-expect-error differentiates with respect to a number
grad((x: Tensor<[]> | number) => sin(x))(1);

// @ts-expect-error forgets the data
grad(loss)(params);

// @ts-expect-error gives data of another shape
grad(loss)(params, zeros([4]));

// @ts-expect-error gives one argument too many
grad(loss)(params, vector, vector);

// @ts-expect-error differentiates with respect to an argument that there is not
grad(loss, { argnums: 2 })(params, vector);

// @ts-expect-error differentiates with respect to a list that has one too many
grad(loss, { argnums: [0, 1, 2] })(params, vector);

// @ts-expect-error misspells argnums
grad(loss, { argNums: 1 });

// @ts-expect-error gives argnums without options
grad(loss, 1);

// @ts-expect-error promises an auxiliary part that does not come
grad(loss, { hasAux: true })(params, vector);

// @ts-expect-error returns an auxiliary part without saying so
grad((x: Tensor<[3]>) => [sum(x), x] as const)(vector);

// @ts-expect-error uses the gradient of an integer leaf
add(grad(loss)(params, vector).steps, 1);

// @ts-expect-error uses a gradient that is not in the tree
grad(loss)(params, vector).bias;

// @ts-expect-error takes the value and the gradient in the wrong order
add(valueAndGrad(loss)(params, vector)[1], 1);

// @ts-expect-error uses a gradient of the weight in the shape of something else
dot(grad(loss)(params, vector).weight, zeros([4]));

// @ts-expect-error takes the second gradient for the first
add(grad(loss, { argnums: [1, 0] })(params, vector)[0], zeros([2]));

// @ts-expect-error differentiates a vector in a pipe
pipe((x: Tensor<[3]>) => square(x), grad)(vector);

// @ts-expect-error differentiates a vector in a pipe, with options
pipe((x: Tensor<[3]>, y: Tensor<[3]>) => mul(x, y), P.grad({ argnums: 1 }))(vector, vector);

// @ts-expect-error has a mistake in the loss
grad((x: Tensor<[3]>) => sum(add(x, zeros([2]))))(vector);
