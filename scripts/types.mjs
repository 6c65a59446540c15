/**
 * Type-checks the whole workspace (tsconfig.json) and, beside it, core's sources as they are built: without
 * Node's types. The checks keep what they learnt in node_modules/.cache.
 */
import { join } from "node:path";
import { run } from "./run.mjs";
import { root } from "./workspace.mjs";

const cache = join(root, "node_modules", ".cache", "types");

/**
 * @param {string} name
 * @param {string} project
 */
const check = (name, project) => {
  const learnt = ["--incremental", "--tsBuildInfoFile", join(cache, `${name}.tsbuildinfo`)];
  return run("typescript", ["-p", project, "--noEmit", "--pretty", ...learnt], { command: "tsc" });
};

const codes = await Promise.all([
  check("workspace", "tsconfig.json"),
  check("core", "packages/core/tsconfig.build.json"),
]);
process.exitCode = Math.max(...codes);
