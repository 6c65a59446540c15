/** Workloads 14 and 15 as seen from outside: runs a contestant's process program and gives the lines. */
import { spawnSync } from "node:child_process";
import { sixDigits } from "./check-values.mjs";
import { median } from "./measure.mjs";

/**
 * The workloads that only Cotangent has, one process each: `[workload, unit, variants, processes]`, of which there are three for times and
 * one for the rest if left out, and the median counts. Their processes give the value and the check that is expected.
 */
const alone = [
  ["compile-mlp", "ms", ["jit-sgd", "jit-adam"]],
  ["compile-equations-1000", "ms", ["jit", "jit-warm"]],
  ["compile-equations-4000", "ms", ["jit", "jit-warm"]],
  // Where the collector stands at a peak differs from process to process by what a loop makes while it marks.
  ["memory-compiled", "MiB", ["jit"], 3],
  ["scan-gradient-5000", "ms", ["jit"]],
  ["scan-gradient-10000", "ms", ["jit"]],
  ["scan-memory-5000", "MiB", ["jit"]],
  ["scan-memory-10000", "MiB", ["jit"]],
  ["chain-memory", "MiB", ["eager", "eager-without", "jit", "jit-without"]],
  ["start", "s", ["process"]],
];

const wantsStartup = (wants) => wants("startup-time") || wants("startup-rss");
const wantsMemory = (wants) => wants("memory-rss") || wants("memory-growth");

/** The lines of a prepared contestant's whole processes. */
export function measureProcesses({ name, memory, measuresAlone, launch }, { wants, quick }) {
  const startup = memory.length > 0 && wantsStartup(wants) ? startupLines(launch, quick ? 3 : 7) : [];
  const own = measuresAlone
    ? alone.filter(([workload]) => wants(workload) && !(quick && workload === "start"))
    : [];
  const lines = [
    ...startup,
    ...(wantsMemory(wants) ? memory.flatMap((mode) => memoryLines(launch, mode)) : []),
    ...own.flatMap((each) => aloneLines(launch, each, quick)),
  ];
  return lines.filter(({ workload }) => wants(workload)).map((line) => ({ contestant: name, ...line }));
}

function startupLines(launch, repetitions) {
  const variant = "process";
  try {
    const runs = Array.from({ length: repetitions }, () => runProcess(launch("process", "startup")));
    const line = (workload, unit, values) => ({
      workload,
      variant,
      median: sixDigits(median(values)),
      min: sixDigits(Math.min(...values)),
      unit,
      check: runs[0].check,
      reps: repetitions,
    });
    return [
      line(
        "startup-time",
        "ms",
        runs.map((run) => run.milliseconds),
      ),
      line(
        "startup-rss",
        "MiB",
        runs.map((run) => run.peak),
      ),
    ];
  } catch (problem) {
    return [notAvailable("startup-time", variant, problem), notAvailable("startup-rss", variant, problem)];
  }
}

function memoryLines(launch, mode) {
  const variant = mode === "memory" ? "idiomatic" : mode;
  try {
    const run = runProcess(launch("process", mode));
    const finished = run.steps === 20_000;
    const note = [
      `${run.steps} steps in ${(run.milliseconds / 1000).toFixed(1)} s${finished ? "" : " (stopped early)"}`,
      ...(run.tensors === undefined ? [] : [`${run.tensors} live tensors`]),
    ].join("; ");
    const line = (workload, value) => ({
      workload,
      variant,
      median: sixDigits(value),
      min: sixDigits(value),
      unit: "MiB",
      check: finished ? run.check.map(sixDigits) : null,
      reps: 1,
      note,
    });
    return [line("memory-rss", run.peak), line("memory-growth", run.peak - run.before)];
  } catch (problem) {
    return [notAvailable("memory-rss", variant, problem), notAvailable("memory-growth", variant, problem)];
  }
}

/** The lines of a workload that only Cotangent has: each the median of some processes. */
function aloneLines(launch, [workload, unit, variants, processes = unit === "ms" ? 3 : 1], quick) {
  return variants.map((variant) => {
    try {
      const runs = Array.from({ length: quick ? 1 : processes }, () =>
        runProcess(launch("alone", `${workload}/${variant}`)),
      );
      const values = runs.map(({ value }) => value);
      const [{ check, expected, note }] = runs;
      return {
        workload,
        variant,
        median: sixDigits(median(values)),
        min: sixDigits(Math.min(...values)),
        unit,
        check,
        expected,
        reps: runs.length,
        ...(note !== undefined && { note }),
      };
    } catch (problem) {
      return notAvailable(workload, variant, problem);
    }
  });
}

function runProcess({ command, args, env }) {
  const start = performance.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, { env, encoding: "utf8" });
  const milliseconds = performance.now() - start;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1) || `exit ${status}`);
  return { milliseconds, ...JSON.parse(stdout.trim().split("\n").at(-1)) };
}

const notAvailable = (workload, variant, { message }) => ({
  workload,
  variant,
  median: null,
  min: null,
  unit: null,
  check: null,
  note: `n/a: ${message.slice(0, 160)}`,
});
