/** Files of results: one JSON line about the machine, then one a result; other lines are ignored. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import { node24 } from "./peers.mjs";

const objects = (file) =>
  fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

export const readResults = (file) => objects(file).filter(({ workload }) => workload !== undefined);

/** Where and when the results were measured, as one sentence; undefined if the file does not say. */
export function readMachine(file) {
  const found = objects(file).find(({ machine }) => machine !== undefined)?.machine;
  if (found === undefined) return undefined;
  const { date, processor, cores, memory, nodes, load } = found;
  return [
    `${date}, ${processor}, ${cores} cores, ${memory} GiB, Node ${nodes.join(" and ")}`,
    `load ${load} before the first contestant.`,
  ].join("; ");
}

/** The line about this machine, now. */
export function machineLine() {
  const second = node24();
  const nodes = [
    process.version,
    ...(second === undefined ? [] : [execFileSync(second, ["--version"], { encoding: "utf8" }).trim()]),
  ];
  return {
    machine: {
      date: new Date().toISOString().slice(0, 10),
      processor: os.cpus()[0]?.model ?? os.arch(),
      cores: os.availableParallelism(),
      memory: Math.round(os.totalmem() / 2 ** 30),
      nodes: nodes.map((version) => version.replace("v", "")),
      load: os.loadavg()[0].toFixed(1),
    },
  };
}
