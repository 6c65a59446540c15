/** Times one workload of a contestant and prints its line (workloads.md, section "Timing"). */
import fs from "node:fs";
import { sixDigits } from "./check-values.mjs";
import { contestant, quick, wants } from "./settings.mjs";

/**
 * Times `run`, in milliseconds a call, and prints the line.
 *
 * - `unit` is ms, us, ns or s, divided by `per` (the steps that one call makes); or `convert` gives a rate
 *   from milliseconds, of which more is better.
 * - `check` runs after the timing. `run` may throw: the line then says n/a, and why.
 * - `expected` is what the check must be, where no other contestant tells it; `details` gives more of the line from the median time.
 * - `partial` marks a line that does less than the workload.
 * - `atLeast`, `budget`, `warmUp`, `slow` go to `sample`.
 */
export function measure(workload, variant, unit, run, options = {}) {
  if (!wants(workload)) return;
  const { check, expected, details, per = 1, convert, note, partial = false, ...sampling } = options;
  try {
    const { times, note: sampled } = sample(run, sampling);
    const values = times.map(convert ?? ((time) => (time * perMillisecond[unit]) / per));
    const notes = [note, sampled].filter(Boolean).join("; ");
    emit({
      workload,
      variant,
      median: sixDigits(median(values)),
      min: sixDigits(convert ? Math.max(...values) : Math.min(...values)),
      unit,
      check: check?.() ?? null,
      ...(expected !== undefined && { expected }),
      ...details?.(median(times)),
      reps: values.length,
      ...(partial && { partial }),
      ...(notes && { note: notes }),
    });
  } catch (problem) {
    if (process.env.TRACE) console.error(problem);
    notAvailable(workload, variant, String(problem?.message ?? problem).slice(0, 160));
  }
}

/** Prints the line of a workload that this contestant cannot run, with the reason. */
export function notAvailable(workload, variant, reason) {
  if (!wants(workload)) return;
  emit({ workload, variant, median: null, min: null, unit: null, check: null, note: `n/a: ${reason}` });
}

export const emit = (line) => fs.writeSync(1, `${JSON.stringify({ contestant, ...line })}\n`);

/** From milliseconds to GFLOP/s, for the product of two n by n matrices. */
export const gigaflops = (n) => (time) => (2 * n ** 3) / time / 1e6;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const perMillisecond = { s: 1e-3, ms: 1, us: 1e3, ns: 1e6 };

/**
 * Samples of `run` in milliseconds a call. Calls shorter than 2 ms are batched so that one sample lasts 2
 * ms. There are at least `atLeast` samples, and as many as fit in `budget` ms; fewer when one call alone
 * takes `slow` ms.
 */
export function sample(run, options) {
  const { atLeast, budget, warmUp, slow } = limits(options);
  let once = time(run);
  if (once > slow) return { times: [once], note: "1 repetition, cold (slow)" };

  const warmUpStart = performance.now();
  const isCold = () => once < 2 && performance.now() - warmUpStart < (quick ? 50 : 300);
  for (let i = 0; i < warmUp || isCold(); i++) once = time(run);

  const batch = once >= 2 ? 1 : Math.min(100_000, Math.ceil(2 / Math.max(once, 1e-5)));
  const times = [];
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  while (times.length < atLeast || (elapsed() < budget && times.length < 1000)) {
    times.push(time(run, batch));
    if (times.length >= 2 && elapsed() > slow * 2) break;
  }
  return { times, note: times.length < 5 ? `${times.length} repetitions (slow)` : undefined };
}

function limits({ atLeast = 5, budget = 1500, warmUp = 2, slow = 8000 }) {
  if (!quick) return { atLeast, budget, warmUp, slow };
  return { atLeast: Math.min(atLeast, 3), budget: Math.min(budget, 200), warmUp, slow: Math.min(slow, 1500) };
}

function time(run, calls = 1) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) run();
  return (performance.now() - start) / calls;
}
