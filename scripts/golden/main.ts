/**
 * Runs the cases of a folder of golden values against the library.
 *
 *   pnpm golden <folder> [--only <regex>] [--float32] [--verbose]
 */

import { parseArgs } from "node:util";
import { loadLibrary } from "./names.js";
import { hasFailed, report } from "./report.js";
import { runFolder } from "./run.js";

const usage = "usage: pnpm golden <folder> [--only <regex>] [--float32] [--verbose]";

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: "string" },
      float32: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  const pattern = values.only === undefined ? undefined : new RegExp(values.only);
  const results = await runFolder(await loadLibrary(), folder, {
    precision: values.float32 ? "float32" : "float64",
    only: pattern === undefined ? undefined : (file, name) => pattern.test(`${file}/${name}`),
  });
  for (const line of report(results, { verbose: values.verbose })) console.log(line);
  return hasFailed(results) || results.length === 0 ? 1 : 0;
};

process.exitCode = await main();
