/** A key is a tensor; a sampler's result has the shape that is asked for. */
import { stack, type Tensor, vmap, zeros } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { is } from "../is.js";

const key = random.key(0);
const [first, second] = random.split(key);
const four = random.split(key, 4);

is<random.Key>()(first);
is<Tensor<[2], "uint32">>()(second);
is<Tensor<[2, 3]>>()(random.normal(first, [2, 3]));
is<Tensor<[3], "float64">>()(random.uniform(second, [3], { dtype: "float64" }));
is<Tensor<[3], "int32">>()(random.randint(key, [3], 0, 10));
is<Tensor<[3], "bool">>()(random.bernoulli(key, 0.5, [3]));
is<Tensor<[5], "int32">>()(random.categorical(key, zeros([5, 3])));
is<Tensor<[10], "int32">>()(random.permutation(key, 10));
is<random.Key>()(random.foldIn(key, 1));
is<Tensor<[4, 2], "uint32">>()(stack(four));
is<Tensor<[4, 3]>>()(vmap((k: random.Key) => random.normal(k, [3]))(stack(four)));
