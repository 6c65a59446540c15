/**
 * node bars.mjs RESULTS.jsonl: holds a run's results against the bars below. Exits with 1 when one is
 * missed.
 */
import { parseArgs } from "node:util";
import { bestLine, timesSlower } from "./harness/best-line.mjs";
import { verdict } from "./harness/expected-checks.mjs";
import { readResults } from "./harness/results-file.mjs";

/**
 * What Cotangent promises. A bar holds the line of `workload` and `variant` against
 *
 * - `limit`, in the workload's `unit`; or
 * - `peer`, the best line of that contestant among its variants of `mode`: Cotangent may be `times` slower.
 */
const bars = [
  { workload: "small-add-chain", variant: "eager", peer: "torch-1t", mode: "eager", times: 1 },
  { workload: "small-grad", variant: "eager", limit: 20, unit: "us" },
  { workload: "linreg3", variant: "eager", peer: "torch-1t", mode: "eager", times: 1 },
  { workload: "elementwise-fwd", variant: "eager", peer: "hand", mode: "best", times: 1.5 },
  { workload: "memory-growth", variant: "idiomatic", limit: 100e6 / 2 ** 20, unit: "MiB" },
];

const contestant = "cotangent";

/** Each bar's outcome: `{ name, passed, reading }`. */
function judge(lines) {
  return [...bars.map((bar) => judgeBar(bar, lines)), judgeChecks(lines)];
}

function judgeBar({ workload, variant, limit, unit, peer, mode, times = 1 }, lines) {
  const ours = (line) =>
    line.contestant === contestant && line.workload === workload && line.variant === variant;
  const line = lines.find(ours);
  const reference = peer === undefined ? { median: limit } : bestLine(lines, workload, peer, mode);
  const bound = peer === undefined ? `${digits(limit)} ${unit}` : `${times} x ${peer}`;
  const name = `${workload} ${variant}: at most ${bound}`;
  if (line === undefined || line.median === null)
    return missed(name, line?.note ?? `no line of ${contestant}`);
  if (reference === undefined) return missed(name, `no line of ${peer}`);
  const ratio = timesSlower(line, reference);
  const against = peer === undefined ? "" : ` against ${digits(reference.median)} ${reference.variant}`;
  const reading = `${digits(line.median)} ${line.unit}${against}, ratio ${digits(ratio)}`;
  return { name, passed: ratio <= times, reading };
}

/** Every finished line of Cotangent's must carry a check, and the right one. */
function judgeChecks(lines) {
  const finished = lines.filter(
    (line) => line.contestant.startsWith(contestant) && line.median !== null && line.partial !== true,
  );
  const wrong = finished.filter((line) => verdict(line) !== "agrees");
  const name = "every check agrees";
  if (finished.length === 0) return missed(name, `no line of ${contestant}`);
  if (wrong.length === 0) return { name, passed: true, reading: `${finished.length} of ${finished.length}` };
  return missed(name, wrong.map((line) => `${line.workload} ${line.variant} ${verdict(line)}`).join(", "));
}

const missed = (name, reading) => ({ name, passed: false, reading });
const digits = (value) => String(Number(value.toPrecision(3)));

const [file] = parseArgs({ allowPositionals: true }).positionals;
if (file === undefined) {
  console.error("usage: node bars.mjs RESULTS.jsonl");
  process.exit(2);
}
const outcomes = judge(readResults(file));
for (const { name, passed, reading } of outcomes)
  console.log(`${passed ? "pass" : "FAIL"}  ${name}  (${reading})`);
const passes = outcomes.filter(({ passed }) => passed).length;
console.log(`${passes} bars pass, ${outcomes.length - passes} fail`);
process.exitCode = passes === outcomes.length ? 0 : 1;
