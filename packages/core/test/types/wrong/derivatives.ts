/** One tangent a primal, each like its primal; one cotangent like the output. */
import { add, hessian, hvp, jacfwd, jacrev, jvp, linearize, linearTranspose, matmul } from "@cotangent/core";
import { mul, square, sum, type Tensor, vjp, zeros } from "@cotangent/core";

const vector = zeros([3]);
const matrix = zeros([2, 3]);
const product = (a: Tensor<[3]>, b: Tensor<[3]>) => mul(a, b);
const linear = (x: Tensor<[3]>) => matmul(matrix, x);
const energy = (x: Tensor<[3]>) => sum(square(x));

// @ts-expect-error gives jvp one tangent for two primals
jvp(product, [vector, vector], [vector]);

// @ts-expect-error gives jvp two tangents for one primal
jvp(energy, [vector], [vector, vector]);

// @ts-expect-error gives jvp a tangent of another shape
jvp(energy, [vector], [zeros([2])]);

// @ts-expect-error gives jvp a tangent of another dtype
jvp(energy, [vector], [zeros([3], { dtype: "float64" })]);

// @ts-expect-error gives jvp primals without a tuple
jvp(energy, vector, vector);

// @ts-expect-error gives jvp a primal that the function does not take
jvp(linear, [zeros([4])], [zeros([4])]);

// @ts-expect-error takes the tangent of a jvp for the output's neighbour
add(jvp(linear, [vector], [vector])[1], vector);

// @ts-expect-error gives a pullback the cotangent of an input
vjp(linear, [vector])[1](vector);

// @ts-expect-error takes a second cotangent where there is one primal
vjp(linear, [vector])[1](zeros([2]))[1];

// @ts-expect-error uses a cotangent in the shape of the output
add(vjp(linear, [vector])[1](zeros([2]))[0], zeros([2]));

// @ts-expect-error takes an auxiliary part that was not asked for
vjp(linear, [vector])[2];

// @ts-expect-error gives vjp one primal for two arguments
vjp(product, [vector]);

// @ts-expect-error gives a linear map a tangent of another shape
linearize(linear, [vector])[1](zeros([2]));

// @ts-expect-error gives a linear map one tangent for two primals
linearize(product, [vector, vector])[1](vector);

// @ts-expect-error gives a transposed map an input
linearTranspose(linear, [vector])(vector);

// @ts-expect-error uses a Jacobian with its axes exchanged
matmul(jacfwd(linear)(vector), zeros([2]));

// @ts-expect-error takes a Jacobian at a point of another length
jacrev(linear)(zeros([2]));

// @ts-expect-error uses a Hessian as a vector
const curvature: Tensor<[3]> = hessian(energy)(vector);

// @ts-expect-error gives hvp no direction for the second primal
hvp((a: Tensor<[3]>, b: Tensor<[3]>) => sum(mul(a, b)), [vector, vector], [vector]);

void curvature;
