/** Workloads 12 and 13: a Hessian, per-example gradients, and a recurrence with its gradient. */
import {
  add,
  dot,
  fromTypedArray,
  grad,
  hessian,
  logAddExp,
  matmul,
  mul,
  neg,
  scan,
  slice,
  square,
  sub,
  sum,
  tanh,
  valueAndGrad,
  vmap,
  zeros,
} from "@cotangent/core";
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";

if (wants("hessian")) {
  const values = inputs.rosenbrock();
  const n = values.length;
  const rosenbrock = (x) => {
    const next = slice(x, [1], [n]);
    const each = slice(x, [0], [n - 1]);
    return sum(add(mul(100, square(sub(next, square(each)))), square(sub(1, each))));
  };
  evaluate("hessian", "ms", hessian(rosenbrock), [fromTypedArray(values, [n])]);
}

if (wants("per-example-grad")) {
  const data = inputs.perExample();
  const softplus = (x) => logAddExp(x, 0);
  const loss = (weight, x, y) => softplus(neg(mul(y, dot(x, weight))));
  const operands = [
    fromTypedArray(data.weight, [20]),
    fromTypedArray(data.x, [1000, 20]),
    fromTypedArray(data.y, [1000]),
  ];
  const gradients = vmap(grad(loss), { inAxes: [null, 0, 0] });
  evaluate("per-example-grad", "ms", gradients, operands, { note: "vmap(grad)" });
}

if (wants("scan")) {
  const { steps, width, weight, x } = inputs.recurrence();
  const rows = Array.from({ length: steps }, (_, t) =>
    fromTypedArray(x.subarray(t * width, (t + 1) * width), [width]),
  );
  const step = (w, h, row) => tanh(add(matmul(w, h), row));
  const unrolled = (w) => sum(rows.reduce((h, row) => step(w, h, row), zeros([width])));
  const folded = (w, xs) => sum(scan((h, row) => [step(w, h, row), null], zeros([width]), xs)[0]);
  const w = fromTypedArray(weight, [width, width]);
  const check = ([[value], gradient]) => [sixDigits(value), ...sum4(gradient)];
  evaluate("scan", "ms", valueAndGrad(unrolled), [w], {
    variants: ["eager"],
    note: "JavaScript loop",
    check,
  });
  evaluate("scan", "ms", valueAndGrad(folded), [w, fromTypedArray(x, [steps, width])], {
    variants: ["jit"],
    note: "the library's scan",
    check,
  });
}
