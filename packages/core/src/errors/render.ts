/** The one place where an error becomes text. */

import type { ErrorDetails } from "./error-details.js";

/** Renders `operation: problem.` and one indented line for each fact, the path and the fix. */
export const renderError = ({ operation, problem, found = [], path, fix }: ErrorDetails): string => {
  const rows = [
    ...found,
    ...(path === undefined ? [] : [["at", path] as const]),
    ...(fix === undefined ? [] : [["fix", fix] as const]),
  ];
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  const lines = rows.map(
    ([label, text]) => `  ${label.padEnd(width)}   ${text.replaceAll("\n", `\n${" ".repeat(width + 5)}`)}`,
  );
  return [`${operation}: ${problem}.`, ...lines].join("\n");
};
