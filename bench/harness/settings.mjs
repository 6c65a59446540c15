/** What run.mjs tells a contestant, through the environment. */

/** The name the lines carry; `hand-n24` and `hand` run the same file. */
export const contestant = process.env.CONTESTANT ?? "unnamed";

/** A smoke run: short budgets, so that checks are good and timings are not. */
export const quick = process.env.QUICK === "1";

const only = process.env.ONLY ? new RegExp(process.env.ONLY) : undefined;

/** Whether this run includes a workload. */
export const wants = (workload) => only === undefined || only.test(workload);

/** Whether this run includes any of several workloads. */
export const wantsAny = (...workloads) => workloads.some(wants);
