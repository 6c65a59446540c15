/** A literal's shape is its type. */
import { arange, eye, full, linspace, ones, scalar, tensor, type Tensor, zeros } from "@cotangent/core";
import { is } from "../is.js";

is<Tensor<[]>>()(tensor(3));
is<Tensor<[3]>>()(tensor([1, 2, 3]));
is<Tensor<[2, 2]>>()(
  tensor([
    [1, 2],
    [3, 4],
  ]),
);
is<Tensor<[2, 1, 1]>>()(tensor([[[1]], [[2]]]));
is<Tensor<[0]>>()(tensor([]));
is<Tensor<[2, 0]>>()(tensor([[], []]));
is<Tensor<[2], "bool">>()(tensor([true, false]));
is<Tensor<[2], "int32">>()(tensor([1, 2], { dtype: "int32" }));
is<Tensor<[number]>>()(tensor([1, 2].map((x) => 2 * x)));
is<Tensor<[2, number]>>()(tensor([[1].map(Math.sqrt), [4].map(Math.sqrt)]));
is<Tensor<[]>>()(scalar(2));
is<Tensor<[], "bool">>()(scalar(true));
is<Tensor<[], "uint32">>()(scalar(2, { dtype: "uint32" }));
is<Tensor<[2, 3]>>()(zeros([2, 3]));
is<Tensor<[]>>()(ones([]));
is<Tensor<[2], "float64">>()(ones([2], { dtype: "float64" }));
is<Tensor<[2, 2]>>()(full([2, 2], 0.5));
is<Tensor<[2], "bool">>()(full([2], false));
is<Tensor<[4, 4]>>()(eye(4));
is<Tensor<[4, 2]>>()(eye(4, { m: 2 }));
is<Tensor<[5]>>()(linspace(0, 1, 5));
is<Tensor<[number]>>()(arange(5));
is<Tensor<[number], "int32">>()(arange(0, 10, 2, { dtype: "int32" }));

const annotated: Tensor<[2, 2]> = tensor([
  [1, 2],
  [3, 4],
]);
const loose: Tensor<[number, 2]> = annotated;
is<Tensor<[number, 2]>>()(loose);
