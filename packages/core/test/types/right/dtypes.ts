/** A number takes the dtype of the tensor beside it; some operations give a dtype of their own. */
import { pipe } from "fp-ts/lib/function.js";
import {
  add,
  all,
  argMax,
  bitwiseAnd,
  bitwiseNot,
  convert,
  type DType,
  exp,
  isNaN,
  logicalAnd,
  logicalNot,
  mul,
  neg,
  oneHot,
  onesLike,
  shiftLeft,
  sin,
  square,
  sum,
  take,
  tensor,
  type Tensor,
  zeros,
  zerosLike,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is } from "../is.js";

const single = zeros([3]);
const double = zeros([3], { dtype: "float64" });
const signed = zeros([3], { dtype: "int32" });
const flags = tensor([true, false, true]);

is<Tensor<[3], "float64">>()(add(double, 1));
is<Tensor<[3], "int32">>()(mul(2, signed));
is<Tensor<[3], "int32">>()(neg(signed));
is<Tensor<[3], "int32">>()(square(signed));
is<Tensor<[3], "float64">>()(exp(sin(double)));
is<Tensor<[3], "int32">>()(bitwiseAnd(signed, 7));
is<Tensor<[3], "int32">>()(bitwiseNot(signed));
is<Tensor<[3], "int32">>()(shiftLeft(signed, 1));
is<Tensor<[3], "bool">>()(logicalNot(flags));
is<Tensor<[3], "bool">>()(logicalAnd(flags, flags));
is<Tensor<[3], "bool">>()(isNaN(double));
is<Tensor<[], "bool">>()(all(flags));
is<Tensor<[], "int32">>()(sum(signed));
is<Tensor<[], "int32">>()(argMax(double));
is<Tensor<[3], "float64">>()(convert(signed, "float64"));
is<Tensor<[], "int32">>()(convert(3, "int32"));
is<Tensor<[3], "uint32">>()(pipe(single, P.convert("uint32")));
is<Tensor<[3], "float64">>()(add(convert(single, "float64"), double));
is<Tensor<[3], "int32">>()(zerosLike(signed));
is<Tensor<[3], "float64">>()(onesLike(signed, { dtype: "float64" }));
is<Tensor<[3, 10]>>()(oneHot(signed, 10));
is<Tensor<[3]>>()(take(single, signed));

// A dtype that is not known fits any, until the operation runs.
declare const some: Tensor<[3], DType>;
is<Tensor<[3]>>()(add(some, single));
