/**
 * node compare.mjs RESULTS.jsonl [--base NAME] [--mode best|eager|jit] [--all] [--only a,b,c] [--into FILE.md]
 *
 * A markdown table, workload by contestant. Each cell: median, variant, and how many times slower (x > 1)
 * or faster (x < 1) than the base contestant's best variant. Then what only Cotangent has, and its kernels one by
 * one; every check that disagrees, and every n/a with its reason. With `--into` it takes the place of what stands between
 * the marks `<!-- results -->` and `<!-- end of results -->` of a markdown file.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bestLine, timesSlower } from "./harness/best-line.mjs";
import { expectedOf, verdict } from "./harness/expected-checks.mjs";
import { readMachine, readResults } from "./harness/results-file.mjs";

/** The report on some result lines, as markdown. */
export function compare(lines, { base = "hand", mode = "best", all = false } = {}) {
  const among = mode === "best" ? "" : ` among ${mode}`;
  const legend = [
    `\`x\` = times slower than ${base}; ~ = few repetitions, cold, or extrapolated (see the line's note).`,
    `Best variant of each contestant${among}.`,
  ].join(" ");
  const kernels = lines.filter((line) => isKernel(line.workload));
  const own = lines.filter((line) => line.expected !== undefined && !kernels.includes(line));
  const shared = lines.filter((line) => !kernels.includes(line) && !own.includes(line));
  return [
    ...(shared.length > 0 ? [overview(shared, base, mode), legend] : []),
    ...(own.length > 0 ? ["Of Cotangent alone:", byContestant(own)] : []),
    ...(kernels.length > 0
      ? ["Kernels, with the share of what the machine can do:", byVariant(kernels)]
      : []),
    ...(all ? [everyLine(lines)] : []),
    checks(lines),
    ...absences(lines.filter((line) => line.median === null)),
  ].join("\n\n");
}

const unique = (values) => [...new Set(values)];

const markdownTable = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function overview(lines, base, mode) {
  const names = unique(lines.map((line) => line.contestant));
  const rows = unique(lines.map((line) => line.workload)).map((workload) => {
    const unit = lines.find((line) => line.workload === workload && line.unit !== null)?.unit ?? "";
    const reference = bestLine(lines, workload, base, mode);
    return [workload, unit, ...names.map((name) => cell(bestLine(lines, workload, name, mode), reference))];
  });
  return markdownTable(["workload", "unit", ...names], rows);
}

const isKernel = (workload) => /^(kernel|machine)-/.test(workload);

/** A row for each workload, a column for each contestant and variant. */
const byVariant = (lines) =>
  everyCell(
    lines,
    (line) => line.workload,
    (line) => `${line.contestant} ${line.variant}`,
  );

/** A row for each workload and variant, a column for each contestant. */
const byContestant = (lines) =>
  everyCell(
    lines,
    (line) => `${line.workload} ${line.variant}`,
    (line) => line.contestant,
  );

function everyCell(lines, rowOf, columnOf) {
  const columns = unique(lines.map(columnOf));
  const rows = unique(lines.map(rowOf)).map((row) => {
    const here = lines.filter((line) => rowOf(line) === row);
    const cells = columns.map((column) => shareCell(here.find((line) => columnOf(line) === column)));
    return [row, here.find((line) => line.unit !== null)?.unit ?? "", ...cells];
  });
  return markdownTable(["workload", "unit", ...columns], rows);
}

function shareCell(line) {
  if (line === undefined) return "";
  if (line.median === null) return "n/a";
  const share = line.share === undefined ? "" : `, ${threeDigits(100 * line.share)} % of ${line.of}`;
  return `${threeDigits(line.median)}${share}`;
}

const unremarkable = ["plain", "process", "idiomatic"];

function cell(line, reference) {
  if (line === undefined) return "n/a";
  const uncertain = /extrapolated|times 10|slow/.test(line.note ?? "") ? "~" : "";
  const variant = unremarkable.includes(line.variant) ? "" : ` ${line.variant}`;
  const comparable = reference !== undefined && reference.contestant !== line.contestant;
  const ratio = comparable ? ` x${threeDigits(timesSlower(line, reference))}` : "";
  return `${threeDigits(line.median)}${uncertain}${variant}${ratio}`;
}

const threeDigits = (value) =>
  value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const everyLine = (lines) =>
  markdownTable(
    ["workload", "contestant", "variant", "median", "min (best)", "unit", "reps", "note"],
    lines.map(({ workload, contestant, variant, median, min, unit, reps, note }) =>
      [workload, contestant, variant, median ?? "n/a", min, unit, reps, note].map((value) => value ?? ""),
    ),
  );

function checks(lines) {
  const finished = lines.filter((line) => line.median !== null);
  const judgedAs = (outcome) => finished.filter((line) => verdict(line) === outcome);
  const disagreeing = judgedAs("disagrees");
  const wrong = disagreeing.map((line) => {
    const { workload, contestant, variant, check } = line;
    const [found, expected] = [check, expectedOf(line)].map((values) => JSON.stringify(values));
    return `- ${workload} ${contestant} ${variant}: ${found} against ${expected}`;
  });
  return [
    "Checks that disagree:",
    ...(wrong.length > 0 ? wrong : ["- none"]),
    [
      `${judgedAs("agrees").length} agree`,
      `${disagreeing.length} disagree`,
      `${judgedAs("absent").length} lines carry no full check.`,
    ].join(", "),
  ].join("\n");
}

const absences = (lines) =>
  lines.length === 0
    ? []
    : [
        [
          "n/a:",
          ...lines.map((line) => `- ${line.workload} ${line.contestant} ${line.variant}: ${line.note}`),
        ].join("\n"),
      ];

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      base: { type: "string" },
      mode: { type: "string" },
      all: { type: "boolean" },
      only: { type: "string" },
      into: { type: "string" },
    },
  });
  const [file] = positionals;
  if (file === undefined) {
    console.error(
      "usage: node compare.mjs RESULTS.jsonl [--base NAME] [--mode best|eager|jit] [--all] [--only a,b,c] [--into FILE.md]",
    );
    process.exit(2);
  }
  const wanted = values.only?.split(",");
  const lines = readResults(file).filter(
    ({ contestant }) => wanted === undefined || wanted.includes(contestant),
  );
  const report = compare(lines, values);
  if (values.into === undefined) console.log(report);
  else writeInto(values.into, [readMachine(file) ?? "", report].join("\n\n").trim());
}

function writeInto(file, report) {
  const [begin, end] = ["<!-- results -->", "<!-- end of results -->"];
  const text = fs.readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} ... ${end}`);
  fs.writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${report}\n\n${text.slice(to)}`);
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
