/** Newton's method on Rosenbrock's valley: the Hessian of a function of named numbers, and its gradient. */

import { add, div, hessian, item, mul, scalar, square, sub, valueAndGrad } from "@cotangent/core";
import type { Tensor } from "@cotangent/core";

type Real = Tensor<[], "float64">;
type Point = { readonly x: Real; readonly y: Real };

// f(x, y) = (1 - x)² + 100 (y - x²)²: a curved valley, with its lowest point at (1, 1).
const valley = ({ x, y }: Point) => add(square(sub(1, x)), mul(100, square(sub(y, square(x)))));

// The step d solves H d = -g. The Hessian of a function of { x, y } is a tree of trees, with ∂²f/∂x∂y at [x][y]; two
// equations in two unknowns are solved by Cramer's rule.
const newtonStep = ({ x, y }: Point, gradient: Point): Point => {
  const { x: { x: a, y: b }, y: { x: c, y: d } } = hessian(valley)({ x, y }); // prettier-ignore
  const determinant = sub(mul(a, d), mul(b, c));
  return {
    x: sub(x, div(sub(mul(gradient.x, d), mul(b, gradient.y)), determinant)),
    y: sub(y, div(sub(mul(a, gradient.y), mul(gradient.x, c)), determinant)),
  };
};

let point: Point = { x: scalar(-1.2, { dtype: "float64" }), y: scalar(1, { dtype: "float64" }) };
for (let step = 0; step <= 6; step++) {
  const [value, gradient] = valueAndGrad(valley)(point);
  const [x, y] = [item(point.x).toFixed(6), item(point.y).toFixed(6)];
  console.log(`step ${step}  x ${x.padStart(9)}  y ${y.padStart(9)}  f ${item(value).toExponential(3)}`);
  point = newtonStep(point, gradient);
}

// At the lowest point it is positive definite: 802 along x, and the determinant 802 · 200 - 400² = 400.
const { x: { x: a, y: b }, y: { x: c, y: d } } = hessian(valley)(point); // prettier-ignore
const rows = [[a, b], [c, d]].map((row) => row.map((entry) => item(entry).toFixed(1)).join(", ")); // prettier-ignore
console.log(`hessian [[${rows.join("], [")}]]`);
