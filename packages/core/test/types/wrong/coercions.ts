/** A tensor is no number, and it does not change. */
import { add, tensor, zeros } from "@cotangent/core";

const vector = tensor([1, 2, 3]);

// @ts-expect-error adds with an operator
vector + 1;

// @ts-expect-error multiplies with an operator
vector * 2;

// @ts-expect-error compares with an operator
if (vector > 0) add(vector, 1);

// @ts-expect-error reads an element by its position
vector[0];

// @ts-expect-error writes an element by its position
vector[0] = 5;

// @ts-expect-error iterates over the elements
for (const element of vector) add(element, 1);

// @ts-expect-error calls an operation as a method
vector.add(1);

// @ts-expect-error takes the tensor for a number
const number: number = tensor(1);

// @ts-expect-error takes an array for a tensor
add([1, 2, 3], vector);

// @ts-expect-error takes a typed array for a tensor
add(new Float32Array(3), vector);

// @ts-expect-error forgets the second operand
add(zeros([3]));

void number;
