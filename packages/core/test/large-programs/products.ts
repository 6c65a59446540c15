/** Operations that are products of matrices. */

import { sub } from "../../src/primitives/additive.js";
import { contract } from "../../src/primitives/contract.js";
import { maximum } from "../../src/primitives/extremum.js";
import { times } from "../../src/primitives/multiplicative.js";
import { permute } from "../../src/primitives/reshape.js";
import { tanh } from "../../src/primitives/trigonometry.js";
import type { Value } from "../../src/tensor/value.js";
import { fitted, inDType, inShape, like, lowBits, onValues } from "./fitted.js";
import { type Family, type Gives, along, axesUpTo, small } from "./operation.js";

/** A matrix product over an axis that both have, or the sum of all products. */
const product: Gives = (x, y, choice) => {
  const other = inDType(y, x.dtype);
  const i = choice % Math.max(1, x.shape.length);
  const j = other.shape.indexOf(x.shape[i] ?? -1);
  if (j >= 0) return contract(x, other, { contracted: [[i], [j]], batch: [[], []] });
  const axes = axesUpTo(x);
  return contract(x, inShape(other, x.shape), { contracted: [axes, axes], batch: [[], []] });
};

/** A matrix product with as many rows as columns. */
const square = (x: Value, y: Value, axis: number): Value =>
  contract(small(x), y, { contracted: [[axis], [axis]], batch: [[], []] });

/** Some are followed by what is computed of their results. */
export const products: Family = {
  product: ["floats", (x, y, choice) => product(small(x), y, choice)],
  wholeProduct: ["integers", (x, y, choice) => small(product(lowBits(x, 31), y, choice))],
  layer: ["floats", (x, y, choice) => onValues(tanh)(product(small(x), y, choice))],
  gram: [
    "floats",
    along((x, axis) => {
      const gram = square(x, x, axis);
      return onValues(maximum)(gram, like(gram, 0));
    }),
  ],
  besideTurned: [
    "floats",
    along((x, axis, y) => {
      const made = square(x, fitted(y, x), axis);
      return sub(made, inShape(permute(made, [...axesUpTo(made)].reverse()), made.shape));
    }),
  ],
  rowByRow: [
    "floats",
    (x, y) =>
      x.shape.length < 2
        ? times(x, fitted(y, x))
        : contract(small(x), fitted(y, x), { contracted: [[1], [1]], batch: [[0], [0]] }),
  ],
};
