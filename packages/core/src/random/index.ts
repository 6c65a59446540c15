/** Random numbers: pure functions of keys, bit for bit JAX's. */

export { foldIn, key, split, type Key } from "./key.js";
export { bits } from "./bits.js";
export { uniform, type FloatingOptions, type UniformOptions } from "./uniform.js";
export { normal, truncatedNormal } from "./normal.js";
export { bernoulli } from "./bernoulli.js";
export { randint, type IntegerOptions } from "./randint.js";
export { permutation, type PermutationOptions } from "./permutation.js";
export { categorical, type CategoricalOptions } from "./categorical.js";
export { choice, type ChoiceOptions } from "./choice.js";
export { exponential, gumbel, laplace } from "./exponential.js";
export { draw, runRandom, type Random } from "./state.js";
