/**
 * node bars.mjs RESULTS.jsonl: holds a run's results against harness/promised-bars.mjs. Exits with 1 when one is
 * missed.
 */
import { parseArgs } from "node:util";
import { bestLine, timesSlower } from "./harness/best-line.mjs";
import { verdict } from "./harness/expected-checks.mjs";
import { promisedBars } from "./harness/promised-bars.mjs";
import { readResults } from "./harness/results-file.mjs";

/** Each bar's outcome: `{ name, passed, reading }`. */
function judge(lines) {
  return [...promisedBars.map((bar) => judgeBar(bar, lines)), judgeChecks(lines)];
}

function judgeBar(bar, lines) {
  const { workload, variant, on, times = 1 } = bar;
  const bound = boundOf(bar);
  const name = `${workload} ${variant} of ${on}: at most ${bound}`;
  const line = lineOf(lines, workload, variant, on);
  const reference = referenceOf(bar, lines);
  if (line === undefined || line.median === null) return missed(name, line?.note ?? `no line of ${on}`);
  if (reference === undefined || reference.median === null)
    return missed(name, `nothing to hold it against: ${bar.peer ?? bar.than.workload} is missing`);
  const ratio = timesSlower(line, reference);
  const against = bar.limit === undefined ? ` against ${digits(reference.median)} ${reference.variant}` : "";
  const reading = `${digits(line.median)} ${line.unit}${against}, ratio ${digits(ratio)}`;
  return { name, passed: ratio <= times, reading };
}

function boundOf({ limit, unit, peer, mode, than, times }) {
  if (limit !== undefined) return `${digits(limit)} ${unit}`;
  if (peer !== undefined) return `${digits(times)} x ${peer}${mode === "best" ? "" : ` ${mode}`}`;
  return `${digits(times)} x ${than.workload} ${than.variant}`;
}

function referenceOf({ workload, limit, peer, mode, than, on }, lines) {
  if (limit !== undefined) return { median: limit };
  // A peer that computes something else is nothing to hold against.
  if (peer !== undefined)
    return bestLine(
      lines.filter((line) => verdict(line) !== "disagrees"),
      workload,
      peer,
      mode,
    );
  return lineOf(lines, than.workload, than.variant, on);
}

function lineOf(lines, workload, variant, contestant) {
  if (variant === "best") return bestLine(lines, workload, contestant);
  return lines.find(
    (line) => line.contestant === contestant && line.workload === workload && line.variant === variant,
  );
}

/** Every finished line of Cotangent's must carry a check, and the right one. */
function judgeChecks(lines) {
  const finished = lines.filter((line) => isCotangent(line) && line.median !== null && line.partial !== true);
  const wrong = finished.filter((line) => verdict(line) !== "agrees");
  const name = "every check agrees";
  if (finished.length === 0) return missed(name, `no line of cotangent`);
  if (wrong.length === 0) return { name, passed: true, reading: `${finished.length} of ${finished.length}` };
  return missed(name, wrong.map((line) => `${line.workload} ${line.variant} ${verdict(line)}`).join(", "));
}

const isCotangent = ({ contestant }) => /^(cotangent|kernels)/.test(contestant);
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
