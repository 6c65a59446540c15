/** Workloads 6 to 9 and 11: matrix products, large elementwise functions, rows, sums, a convolution. */
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { gigaflops } from "../../harness/measure.mjs";
import { quick, wants, wantsAny } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";
import { array, grad, lax, nn, np, valueAndGrad } from "./library.mjs";

for (const n of inputs.matmulSizes.filter((size) => wants(`matmul${size}`))) {
  const { a, b } = inputs.matmul(n);
  evaluate(`matmul${n}`, "GFLOP/s", np.matmul, [array(a, n, n), array(b, n, n)], { convert: gigaflops(n) });
}

if (wantsAny("elementwise-fwd", "elementwise-grad")) {
  const values = inputs.elementwise();
  const x = array(values, values.length);
  const f = (t) => np.tanh(t.ref).mul(t).add(1);
  evaluate("elementwise-fwd", "ms", f, [x]);
  evaluate(
    "elementwise-grad",
    "ms",
    grad((t) => f(t).sum()),
    [x],
  );
}

if (wants("softmax-rows")) {
  evaluate("softmax-rows", "ms", (x) => nn.softmax(x, -1), [array(inputs.rows(), ...inputs.rowsShape)]);
}

if (wants("logsumexp-grad")) {
  const gradient = grad((x) => nn.logsumexp(x, -1).sum());
  evaluate("logsumexp-grad", "ms", gradient, [array(inputs.rows(), ...inputs.rowsShape)]);
}

if (wants("layernorm-grad")) {
  const data = inputs.layerNorm();
  const weight = array(data.weight, ...inputs.rowsShape);
  const loss = (x, scale, shift) => {
    const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
    const variance = np.square(centred.ref).mean(-1, { keepdims: true });
    const normalized = centred.div(np.sqrt(variance.add(data.epsilon)));
    return normalized.mul(scale).add(shift).mul(weight.ref).sum();
  };
  const operands = [array(data.x, ...inputs.rowsShape), array(data.scale, 1024), array(data.shift, 1024)];
  evaluate("layernorm-grad", "ms", valueAndGrad(loss, { argnums: [0, 1, 2] }), operands, {
    check: ([[value], ...gradients]) => [sixDigits(value), ...gradients.flatMap(sum4)],
  });
}

if (wantsAny("sum-axis0", "sum-axis1", "sum-full")) {
  const x = array(inputs.sums(), ...inputs.sumsShape);
  evaluate("sum-axis0", "ms", (t) => t.sum(0), [x]);
  evaluate("sum-axis1", "ms", (t) => t.sum(1), [x]);
  evaluate("sum-full", "ms", (t) => t.sum(), [x], { check: ([[value]]) => [sixDigits(value)] });
}

if (wants("conv")) {
  const data = inputs.convolution();
  const weight = array(data.weight, 16, 64, 28, 28);
  const loss = (x, kernel) => {
    const y = lax.conv(x, kernel, [1, 1], "SAME");
    return [y.ref.mul(weight.ref).sum(), y];
  };
  const run = (x, kernel) => {
    const [[value, y], gradients] = valueAndGrad(loss, { argnums: [0, 1], hasAux: true })(x, kernel);
    value.dispose();
    return [y, ...gradients];
  };
  const operands = [array(data.x, 16, 32, 28, 28), array(data.kernel, 64, 32, 3, 3)];
  evaluate("conv", "ms", run, operands, {
    check: (read) => read.flatMap(sum4),
    atLeast: 3,
    warmUp: 1,
    slow: quick ? 8000 : 30_000,
  });
}
