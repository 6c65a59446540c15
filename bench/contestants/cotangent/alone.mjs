/**
 * Workloads 16 to 21, which only Cotangent has: one whole process each, since they are about the first call and the peak of memory.
 *
 * node alone.mjs WORKLOAD/VARIANT
 */
import { compileEquations, compileTraining } from "./first-call.mjs";
import { chainMemory, growthOfSteps } from "./peak-memory.mjs";
import { scanGradient, scanMemory } from "./recurrence.mjs";
import { startEpoch } from "./start.mjs";

const [workload, variant] = process.argv[2].split("/");
const [, name, size] = /^([a-z-]*[a-z])(?:-(\d+))?$/.exec(workload);
const [form, manner] = variant.split("-");

/** What is measured, by the workload's name and the number that it may end with. */
const workloads = {
  "compile-mlp": () => compileTraining(manner),
  "compile-equations": (count) => compileEquations(count, manner === "warm"),
  "memory-compiled": growthOfSteps,
  "chain-memory": () => chainMemory(form, manner !== "without"),
  "scan-gradient": scanGradient,
  "scan-memory": scanMemory,
  start: startEpoch,
};

console.log(JSON.stringify(workloads[name](Number(size))));
