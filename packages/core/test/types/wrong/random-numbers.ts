/** A random number needs a key, and a key is used as one. */
import { add, type Tensor, zeros } from "@cotangent/core";
import * as random from "@cotangent/core/random";

const key = random.key(0);

// @ts-expect-error draws without a key
random.normal([3]);

// @ts-expect-error draws with a seed for a key
random.normal(0, [3]);

// @ts-expect-error draws with a tensor of floats for a key
random.uniform(zeros([2]), [3]);

// @ts-expect-error draws with a list of keys
random.normal(random.split(key), [3]);

// @ts-expect-error takes a third key of two
const [, , third] = random.split(key);

// @ts-expect-error adds noise of another shape
add(zeros([3]), random.normal(key, [4]));

// @ts-expect-error draws normal numbers that are integers
random.normal(key, [3], { dtype: "int32" });

// @ts-expect-error draws whole numbers without bounds
random.randint(key, [3]);

// @ts-expect-error draws whole numbers that are floats
random.randint(key, [3], 0, 10, { dtype: "float32" });

// @ts-expect-error uses coin flips as numbers
add(random.bernoulli(key, 0.5, [3]), 1);

// @ts-expect-error draws indices in the shape of the scores
add(random.categorical(key, zeros([5, 3])), zeros([5, 3], { dtype: "int32" }));

// @ts-expect-error expects double precision without asking for it
const noise: Tensor<[3], "float64"> = random.normal(key, [3]);

void third;
void noise;
