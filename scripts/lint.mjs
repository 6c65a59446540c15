/** Runs the linter; beside it the check of the import graph, then that of the format. */
import { run } from "./run.mjs";

const imports = () =>
  run("dependency-cruiser", ["--config", ".dependency-cruiser.mjs", "packages", "examples", "scripts"], {
    command: "depcruise",
  });

const format = () => run("prettier", ["--check", "--log-level", "warn", "--cache", "."]);

const codes = await Promise.all([
  run("eslint", [".", ...process.argv.slice(2)]),
  imports().then(async (code) => Math.max(code, await format())),
]);
process.exitCode = Math.max(...codes);
