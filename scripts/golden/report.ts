/** The report of a run as text: failures, names that the library does not have, counts. */

import type { Outcome, Result } from "./run.js";

export interface ReportOptions {
  /** Also each missing and each skipped case, and the stack of each failure. */
  readonly verbose?: boolean;
}

export const report = (
  results: readonly Result[],
  { verbose = false }: ReportOptions = {},
): readonly string[] => {
  const failures = results.filter((result) => result.status === "failed");
  const missing = results.filter((result) => result.status === "missing");
  const differing = results.filter((result) => result.status === "differs");
  const notRun = results.filter((result) => result.status === "notRun");
  const passed = results.filter((result) => result.status === "passed");
  return [
    ...failures.flatMap(({ file, name, reason, stack }, i) => {
      const alike = failures.slice(0, i).filter((other) => other.reason === reason).length;
      const body = alike > 0 ? "as above" : verbose ? (stack ?? reason) : reason;
      return [`FAILED ${file} ${name}`, ...indent(body)];
    }),
    ...(verbose ? missing.map(({ file, name, publicName }) => `MISSING ${file} ${name}: ${publicName}`) : []),
    ...(verbose ? differing.map(({ file, name, reason }) => `DIFFERS ${file} ${name}: ${reason}`) : []),
    ...missingNames(missing.map(({ publicName }) => publicName)),
    ...(notRun.length > 0 ? [`${String(notRun.length)} not run (${unique(notRun)})`] : []),
    `${String(differing.length)} differ`,
    `${String(passed.length)} passed, ${String(failures.length)} failed, ${String(missing.length)} missing`,
  ];
};

export const hasFailed = (results: readonly Outcome[]): boolean =>
  results.some(({ status }) => status === "failed");

const missingNames = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, n]) => `  ${name} (${cases(n)})`);
  return lines.length === 0 ? [] : ["The library does not have yet:", ...lines];
};

const cases = (n: number): string => `${String(n)} ${n === 1 ? "case" : "cases"}`;
const indent = (text: string): readonly string[] => text.split("\n").map((line) => `  ${line}`);
const unique = (results: readonly { readonly reason: string }[]): string =>
  [...new Set(results.map(({ reason }) => reason))].join("; ");
