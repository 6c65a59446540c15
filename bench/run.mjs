/**
 * node run.mjs [--out FILE] [--only REGEX] [--quick] [--base NAME] [CONTESTANT...]
 *
 * Runs the contestants in turn. Each result is one JSON line, on standard output and in FILE as soon as it
 * is there, with the verdict on its check value; at the end comes compare.mjs's table. Exits with 1 when
 * Cotangent got a value wrong.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { parseArgs } from "node:util";
import { compare } from "./compare.mjs";
import { contestantNames, prepare } from "./harness/contestants.mjs";
import { verdict } from "./harness/expected-checks.mjs";
import { measureProcesses } from "./harness/measure-process.mjs";
import { peerDirectory } from "./harness/peers.mjs";
import { machineLine } from "./harness/results-file.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: path.join(peerDirectory, "results.jsonl") },
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    base: { type: "string", default: "hand" },
  },
});

const unknown = positionals.filter((name) => !contestantNames.includes(name));
if (unknown.length > 0) {
  console.error(`no contestant is named ${unknown.join(", ")}; there are ${contestantNames.join(", ")}`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : contestantNames;
const wants = (workload) => options.only === undefined || new RegExp(options.only).test(workload);

fs.mkdirSync(path.dirname(path.resolve(options.out)), { recursive: true });
fs.writeFileSync(options.out, `${JSON.stringify(machineLine())}\n`);
const lines = [];

function keep(line) {
  const judged = { ...line, verdict: verdict(line) };
  const text = JSON.stringify(judged);
  lines.push(judged);
  fs.appendFileSync(options.out, `${text}\n`);
  console.log(text);
}

/** Runs a contestant's main program, keeping each line as it comes; gives its exit code. */
async function runMain({ launch }) {
  const { command, args, env } = launch("main");
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => {
    child.once("error", (problem) => resolve(problem.message));
    child.once("close", resolve);
  });
  for await (const text of readline.createInterface({ input: child.stdout })) {
    if (text.startsWith("{")) keep(JSON.parse(text));
    else console.error(text);
  }
  return ended;
}

let broken = false;
for (const name of names) {
  const contestant = prepare(name, options);
  if (contestant.unavailable !== undefined) {
    console.error(`${name}: skipped, ${contestant.unavailable}`);
    broken ||= positionals.includes(name);
    continue;
  }
  const start = performance.now();
  const before = lines.length;
  const exit = await runMain(contestant);
  measureProcesses(contestant, { wants, quick: options.quick }).forEach(keep);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const ending = exit === 0 ? "" : `, ended with ${exit}`;
  broken ||= exit !== 0;
  console.error(
    `${name}: ${lines.length - before} lines in ${seconds} s, load ${os.loadavg()[0].toFixed(1)}${ending}`,
  );
}

console.log(`\n${compare(lines, { base: options.base })}\n\nresults are in ${options.out}`);
const wrong = lines.some(
  (line) => /^(cotangent|kernels)/.test(line.contestant) && line.verdict === "disagrees",
);
process.exitCode = broken || wrong ? 1 : 0;
