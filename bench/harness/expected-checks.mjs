/**
 * The check values that every contestant must reproduce, and the verdict on a line (workloads.md,
 * "Checks").
 */

const softmaxOfRows = [0.000976562, 7.64096e-5, 0.00279747, 0.0094756];
const afterTwentyThousandSteps = [1.9999956, 8.82151e-6];

/** What each workload's check must be, to six digits. */
export const expectedChecks = {
  linreg3: [1.99737, 0.00598472, 5.16294e-6],
  logistic6: [3.25209, 1.51741, -14.4777, 0.0198706],
  l1line: [1.99858, 0.5, 0.00179577],
  "mlp784-sgd": [2.01777],
  "mlp784-adam": [1.07064],
  "mnist-epoch": [0.966],
  matmul64: [2.14327, -0.579966, 0.571753, -3.07393],
  matmul256: [4.25748, 0.264995, 0.0212707, -12.8046],
  matmul512: [6.01118, 2.44819, 1.29388, 11.2426],
  matmul1024: [8.50236, 14.8224, -4.41452, -12.4037],
  "elementwise-fwd": [2.36562, 1.04737, 1.23982, 2.5027],
  "elementwise-grad": [0.994559, 0.425094, -0.867521, 1.15904],
  "softmax-rows": softmaxOfRows,
  "logsumexp-grad": softmaxOfRows,
  "layernorm-grad": [
    50.5963, 0.172751, 0.23697, 0.10862, 0.0437516, 10.5747, 15.3344, -13.4162, -3.6315, 10.1221, -16.3154,
    34.5181, -0.417695,
  ],
  "sum-axis0": [1024.56, 1016.71, 1028.35, 1020.5],
  "sum-axis1": [256.139, 250.691, 241.557, 259.632],
  "sum-full": [524572],
  "small-add-chain": [1000, 2000, 3000],
  "small-add-read": [2, 4, 6],
  "small-grad": [1, 2, 3],
  conv: [
    0.440118, 0.20919, 0.769078, 0.336587, 0.622457, 0.353905, -0.887531, -0.775997, 29.2699, 24.9688,
    -49.4262, -80.1515,
  ],
  hessian: [60.2248, 248.445, 0, 200],
  "per-example-grad": [0.249383, 0.383642, -0.207397, -0.150635],
  scan: [-0.237232, 0.448115, 0.10382, -0.651034, 0.352555],
  "startup-time": [2, 4, 6],
  "startup-rss": [2, 4, 6],
  "memory-rss": afterTwentyThousandSteps,
  "memory-growth": afterTwentyThousandSteps,
};

/** Accuracies depend on how sums are rounded, and those of mnist-epoch on the generator that shuffles. */
const accuracyTolerances = { "mnist-epoch": 0.01, start: 0.003 };

/** What a line's check must be: the line says it itself where the workload is Cotangent's own. */
export const expectedOf = ({ workload, expected = expectedChecks[workload] }) => expected;

/** Whether a line's check `agrees`, `disagrees`, or is `absent`: not run to its end, or not run at all. */
export function verdict(line) {
  const { workload, median, check, note } = line;
  if (median === null || check === null || /accuracy after/.test(note ?? "")) return "absent";
  const expected = expectedOf(line);
  const largest = Math.max(...expected.map(Math.abs));
  const tolerance = (value) => accuracyTolerances[workload] ?? 1e-3 * Math.abs(value) + 1e-5 * largest;
  const close = (value, index) => Math.abs(value - expected[index]) <= tolerance(expected[index]);
  return check.length === expected.length && check.every(close) ? "agrees" : "disagrees";
}
