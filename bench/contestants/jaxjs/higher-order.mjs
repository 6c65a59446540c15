/** Workloads 12 and 13: a Hessian, per-example gradients, and a recurrence with its gradient. */
import * as inputs from "../../harness/inputs.mjs";
import { measure, notAvailable } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";
import { array, grad, hessian, jit, nn, np, valueAndGrad, vmap } from "./library.mjs";

if (wants("hessian")) {
  const values = inputs.rosenbrock();
  const rosenbrock = (x) => {
    const next = x.ref.slice([1]);
    const each = x.slice([0, -1]);
    return np
      .square(next.sub(np.square(each.ref)))
      .mul(100)
      .add(np.square(np.subtract(1, each)))
      .sum();
  };
  evaluate("hessian", "ms", hessian(rosenbrock), [array(values, values.length)]);
}

if (wants("per-example-grad")) {
  const data = inputs.perExample();
  const gradients = vmap(
    grad((weight, x, y) => nn.softplus(np.dot(x, weight).mul(y).neg())),
    [null, 0, 0],
  );
  const operands = [array(data.weight, 20), array(data.x, 1000, 20), array(data.y, 1000)];
  evaluate("per-example-grad", "ms", gradients, operands, { note: "vmap(grad)" });
}

if (wants("scan")) {
  const { steps, width, weight, x } = inputs.recurrence();
  const w = array(weight, width, width);
  const rows = Array.from({ length: steps / 10 }, (_, t) =>
    array(x.slice(t * width, (t + 1) * width), width),
  );
  const first = valueAndGrad((matrix) => {
    let h = np.zeros([width]);
    for (const row of rows) h = np.tanh(np.dot(matrix.ref, h).add(row.ref));
    matrix.dispose();
    return h.sum();
  });
  // One eager call over all 1000 steps was once timed at 209 s, its check in agreement; jitted, it
  // overflows the stack.
  notAvailable("scan", "eager", "a call takes minutes");
  for (const [variant, run] of [
    ["eager-100x10", first],
    ["jit-100x10", jit(first)],
  ]) {
    const once = () => run(w.ref).forEach((result) => result.dataSync());
    measure("scan", variant, "ms", once, {
      per: 0.1,
      budget: 1000,
      slow: 5000,
      note: "first 100 of 1000 steps, times 10",
    });
  }
}
