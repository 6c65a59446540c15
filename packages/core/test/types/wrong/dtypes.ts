/** Dtypes are strict: two that differ never meet, and an operation names those that it takes. */
import { pipe } from "fp-ts/lib/function.js";
import {
  add,
  atan2,
  bitwiseAnd,
  bitwiseNot,
  convert,
  less,
  matmul,
  mul,
  sin,
  take,
  tensor,
  type Tensor,
  variance,
  where,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const single = zeros([3]);
const double = zeros([3], { dtype: "float64" });
const signed = zeros([3], { dtype: "int32" });
const unsigned = zeros([3], { dtype: "uint32" });
const flags = tensor([true, false, true]);

// @ts-expect-error adds float32 and float64
add(single, double);

// @ts-expect-error adds float32 and int32
add(single, signed);

// @ts-expect-error multiplies int32 and uint32
mul(signed, unsigned);

// @ts-expect-error compares float64 and int32
less(double, signed);

// @ts-expect-error multiplies matrices of two dtypes
matmul(zeros([2, 3]), double);

// @ts-expect-error chooses between float32 and int32
where(flags, single, signed);

// @ts-expect-error multiplies two dtypes in a pipe
pipe(single, P.mul(double));

// @ts-expect-error adds bools
add(flags, flags);

// @ts-expect-error takes the sine of integers
sin(signed);

// @ts-expect-error takes the sine of bools
sin(flags);

// @ts-expect-error takes the angle of integers
atan2(signed, signed);

// @ts-expect-error takes the variance of integers
variance(signed);

// @ts-expect-error takes the variance of bools in a pipe
pipe(flags, P.variance());

// @ts-expect-error masks the bits of floats
bitwiseAnd(single, single);

// @ts-expect-error masks the bits of floats with a number
bitwiseAnd(single, 7);

// @ts-expect-error inverts the bits of a number, which is a float32
bitwiseNot(7);

// @ts-expect-error chooses by a condition of floats
where(single, 1, 0);

// @ts-expect-error takes elements at fractional positions
take(single, double);

// @ts-expect-error converts to a dtype that there is not
convert(single, "float16");

// @ts-expect-error makes zeros of a dtype that there is not
zeros([3], { dtype: "int64" });

// @ts-expect-error adds a bool of JavaScript
add(single, true);

// @ts-expect-error adds a string
add(single, "1");

// @ts-expect-error calls integers floats
const floats: Tensor<[3]> = signed;

void floats;
