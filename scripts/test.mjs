/**
 * Runs the tests of every package and of the examples; `pnpm test [files…] [--long] [vitest's flags…]`.
 * The last line says `N passed, N failed`: a file that fails to load, a failing hook and an error outside
 * of every test each count as one failure. Having run no test is a failure too.
 */
import { parseCLI, startVitest } from "vitest/node";

const long = "--long";
const given = process.argv.slice(2).filter((argument) => argument !== "--");
if (given.includes(long)) process.env["COTANGENT_LONG"] = "1";

const { filter, options } = parseCLI(["vitest", "run", ...given.filter((argument) => argument !== long)]);
const vitest = await startVitest("test", filter, { watch: false, ...options });
await vitest.close();

let passed = 0;
let failed = vitest.state.getUnhandledErrors().length;
for (const module of vitest.state.getTestModules()) {
  for (const part of [module, ...module.children.allSuites()]) {
    if (part.errors().length > 0) failed += 1;
  }
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === "passed") passed += 1;
    else if (state === "failed") failed += 1;
  }
}

if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${String(passed)} passed, ${String(failed)} failed`);
