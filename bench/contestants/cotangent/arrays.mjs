/** Workloads 6 to 9: matrix products, large elementwise functions, rows, sums. */
import {
  add,
  div,
  exp,
  fromTypedArray,
  grad,
  logSumExp,
  matmul,
  max,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  tanh,
  valueAndGrad,
} from "@cotangent/core";
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { gigaflops } from "../../harness/measure.mjs";
import { wants, wantsAny } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";

for (const n of inputs.matmulSizes.filter((size) => wants(`matmul${size}`))) {
  const { a, b } = inputs.matmul(n);
  const operands = [fromTypedArray(a, [n, n]), fromTypedArray(b, [n, n])];
  evaluate(`matmul${n}`, "GFLOP/s", matmul, operands, { convert: gigaflops(n) });
}

if (wantsAny("elementwise-fwd", "elementwise-grad")) {
  const values = inputs.elementwise();
  const x = fromTypedArray(values, [values.length]);
  const f = (t) => add(mul(tanh(t), t), 1);
  evaluate("elementwise-fwd", "ms", f, [x]);
  evaluate(
    "elementwise-grad",
    "ms",
    grad((t) => sum(f(t))),
    [x],
  );
}

if (wants("softmax-rows")) {
  const softmax = (x) => {
    const shifted = exp(sub(x, max(x, { axis: -1, keepDims: true })));
    return div(shifted, sum(shifted, { axis: -1, keepDims: true }));
  };
  evaluate("softmax-rows", "ms", softmax, [fromTypedArray(inputs.rows(), inputs.rowsShape)]);
}

if (wants("logsumexp-grad")) {
  const loss = (x) => sum(logSumExp(x, { axis: -1 }));
  evaluate("logsumexp-grad", "ms", grad(loss), [fromTypedArray(inputs.rows(), inputs.rowsShape)]);
}

if (wants("layernorm-grad")) {
  const data = inputs.layerNorm();
  const weight = fromTypedArray(data.weight, inputs.rowsShape);
  const layerNorm = (x, scale, shift) => {
    const centred = sub(x, mean(x, { axis: -1, keepDims: true }));
    const variance = mean(square(centred), { axis: -1, keepDims: true });
    return add(mul(mul(centred, rsqrt(add(variance, data.epsilon))), scale), shift);
  };
  const loss = (x, scale, shift) => sum(mul(layerNorm(x, scale, shift), weight));
  const operands = [
    fromTypedArray(data.x, inputs.rowsShape),
    fromTypedArray(data.scale, [1024]),
    fromTypedArray(data.shift, [1024]),
  ];
  evaluate("layernorm-grad", "ms", valueAndGrad(loss, { argnums: [0, 1, 2] }), operands, {
    check: ([[value], ...gradients]) => [sixDigits(value), ...gradients.flatMap(sum4)],
  });
}

if (wantsAny("sum-axis0", "sum-axis1", "sum-full")) {
  const x = fromTypedArray(inputs.sums(), inputs.sumsShape);
  evaluate("sum-axis0", "ms", (t) => sum(t, { axis: 0 }), [x]);
  evaluate("sum-axis1", "ms", (t) => sum(t, { axis: 1 }), [x]);
  evaluate("sum-full", "ms", (t) => sum(t), [x], { check: ([[value]]) => [sixDigits(value)] });
}
