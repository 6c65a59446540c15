/** L-BFGS on Rosenbrock's function: points, losses and the count of evaluations, step by step. */

import { Mismatch, expectClose } from "./compare.js";
import { NotRun, type Context } from "./context.js";
import { asList, asNumber, asNumbers, type JsonRecord } from "./json.js";
import { applyUpdates, optimiserOf } from "./optimisers.js";
import type { Core, Tensor } from "./signatures.js";
import { readEvery, readTensor, vector } from "./tensor-json.js";
import { asTensor, fromTensor, toTensor } from "./values.js";

/** Σ 100 (x[i+1] - x[i]²)² + (1 - x[i])² */
const rosenbrock = (core: Core, x: Tensor): Tensor => {
  const { add, mul, shapeOf, slice, square, sub, sum } = core;
  const n = shapeOf(x)[0] ?? 0;
  const [head, tail] = [slice(x, [0], [n - 1]), slice(x, [1], [n])];
  return sum(add(mul(100, square(sub(tail, square(head)))), square(sub(1, head))));
};

export const runLbfgs = (record: JsonRecord, options: JsonRecord, context: Context): void => {
  if (context.precision === "float32") throw new NotRun("L-BFGS has too few digits in float32");
  const { core, library } = context;
  const points = readEvery(record["points"], "points");
  const losses = asNumbers(record["lossBeforeStep"], "lossBeforeStep");
  const evaluations = asNumbers(record["evaluations"], "evaluations");
  const tolerances = asList(record["tolerances"], "tolerances").map((limit) =>
    limit === null ? undefined : asNumber(limit, "tolerances"),
  );
  const { init, update } = optimiserOf("lbfgs", options, context);

  let counted = 0;
  const exact = core.valueAndGrad((x: Tensor) => rosenbrock(core, x));
  const valueAndGrad = (x: Tensor): ReturnType<typeof exact> => {
    counted += 1;
    return exact(x);
  };
  const expectLoss = (what: string, expected: number, at: Tensor, tolerance: number | undefined): void => {
    if (tolerance === undefined) return;
    const actual = fromTensor(library, rosenbrock(core, at), what);
    expectClose(what, vector([expected]), vector(actual.data), { tolerance });
  };

  let x = toTensor(library, readTensor(record["start"], "start"));
  let state = init(x);
  points.forEach((point, i) => {
    const before = losses[i] ?? NaN;
    expectLoss(`lossBeforeStep[${String(i)}]`, before, x, i === 0 ? 1e-12 : tolerances[i - 1]);
    // PyTorch's closure is called for these too.
    const [value, grads] = valueAndGrad(x);
    const [updates, next] = update(grads, state, x, { value, valueAndGrad });
    [x, state] = [asTensor(applyUpdates(context, x, updates)), next];
    const tolerance = tolerances[i];
    if (tolerance !== undefined)
      expectClose(`points[${String(i)}]`, point, fromTensor(library, x, "the point"), { tolerance });
    if (before > 1e-6 && counted !== evaluations[i])
      throw new Mismatch(
        `evaluations[${String(i)}]: expected ${String(evaluations[i])}, got ${String(counted)}`,
      );
  });
  expectLoss("lossAtEnd", asNumber(record["lossAtEnd"], "lossAtEnd"), x, tolerances.at(-1));
};
