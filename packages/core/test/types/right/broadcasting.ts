/** Broadcasting gives the shape that NumPy gives. */
import { pipe } from "fp-ts/lib/function.js";
import {
  add,
  broadcastTo,
  clip,
  equal,
  less,
  log,
  maximum,
  mul,
  scalar,
  sub,
  type Tensor,
  where,
  zeros,
} from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is } from "../is.js";

const vector = zeros([3]);
const matrix = zeros([2, 3]);
const column = zeros([2, 1]);

is<Tensor<[3]>>()(add(vector, vector));
is<Tensor<[2, 3]>>()(add(matrix, vector));
is<Tensor<[2, 3]>>()(add(vector, matrix));
is<Tensor<[2, 3]>>()(mul(column, vector));
is<Tensor<[2, 3]>>()(sub(column, matrix));
is<Tensor<[4, 5, 6]>>()(add(zeros([4, 1, 6]), zeros([5, 1])));
is<Tensor<[2, 3]>>()(maximum(matrix, scalar(0)));
is<Tensor<[0, 3]>>()(add(zeros([0, 3]), vector));
is<Tensor<[0]>>()(mul(zeros([0]), zeros([1])));

is<Tensor<[3]>>()(add(vector, 1));
is<Tensor<[3]>>()(sub(1, vector));
is<Tensor<[]>>()(add(1, 2));
is<Tensor<[]>>()(mul(scalar(2), 3));

is<Tensor<[3], "bool">>()(less(vector, 0));
is<Tensor<[2, 3], "bool">>()(equal(column, vector));
is<Tensor<[2, 3]>>()(where(less(vector, 0), matrix, 0));
is<Tensor<[2, 3]>>()(where(less(column, 0), vector, 0));
is<Tensor<[3]>>()(where(less(vector, 0), 1, 0));
is<Tensor<[3]>>()(clip(vector, { min: 0, max: 1 }));
is<Tensor<[2, 3]>>()(clip(vector, { min: column }));

is<Tensor<[2, 3]>>()(broadcastTo(vector, [2, 3]));
is<Tensor<[4, 2, 3]>>()(broadcastTo(column, [4, 2, 3]));

is<Tensor<[2, 3]>>()(pipe(vector, P.add(matrix)));
is<Tensor<[2, 3]>>()(pipe(matrix, P.mul(2), P.sub(vector), P.maximum(0)));
is<Tensor<[3], "bool">>()(pipe(vector, P.less(0)));
is<Tensor<[3]>>()(pipe(less(vector, 0), P.where(vector, 1)));
is<Tensor<[3]>>()(pipe(vector, P.clip({ min: 0, max: 1 })));
is<Tensor<[2, 3]>>()(pipe(vector, P.broadcastTo([2, 3])));
is<Tensor<[3]>>()(pipe(less(vector, 0), P.safeWhere(log, vector)));
is<Tensor<[2, 3]>>()(pipe([less(matrix, 0), less(vector, 1)] as const, P.select([vector, 2], 0)));
is<Tensor<[3]>>()(pipe(vector, P.fullLike(2)));
is<Tensor<[3], "int32">>()(pipe(vector, P.zerosLike({ dtype: "int32" })));
is<Tensor>()(pipe(matrix, P.einsum("ij,jk->ik", zeros([3, 3]))));
is<number>()(pipe(scalar(2), P.item));
is<readonly [2, 3]>()(pipe(matrix, P.shapeOf));
