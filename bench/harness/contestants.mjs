/** Who takes part: how each contestant is started, and why one cannot be here. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { missingBuild } from "./cotangent-build.mjs";
import { node24, openBlas, peerFile } from "./peers.mjs";
import { hasProgram, pythonWith } from "./programs.mjs";

const bench = fileURLToPath(new URL("..", import.meta.url));

const thisNode = () => process.execPath;
const torchPython = () => pythonWith("torch, functorch, numpy");
const jaxPython = () => pythonWith("jax, optax");

const packageMissing = (name) => () =>
  fs.existsSync(peerFile(name)) ? undefined : `${name} is not installed: setup.mjs`;
const tensorFlowMissing = packageMissing("@tensorflow/tfjs");
const jaxJsMissing = packageMissing("@jax-js/jax");
const cannotPin = () => (hasProgram("taskset") ? undefined : "a process cannot be kept on one core here");

// Debian's torch calls the system's BLAS, so OpenBLAS is put in front of it.
const withOpenBlas = () => (openBlas() === undefined ? {} : { LD_LIBRARY_PATH: openBlas() });
const withOneThread = () => ({ ...withOpenBlas(), THREADS: "1", OMP_NUM_THREADS: "1" });

/**
 * Every contestant, in the order of a full run.
 *
 * - `folder` holds its programs, `main` and `process`; `argument` is passed to both.
 * - `program` gives what runs them, or undefined where it is not installed; `missing`, the reason why all
 *   else fails.
 * - `memory` names the runs of workload 15; a contestant without any has no whole-process lines of peers' either.
 * - `measuresAlone` adds the workloads that only Cotangent has.
 * - `pinned` keeps it on one core, where the system can.
 */
const table = [
  { name: "hand", folder: "hand", program: thisNode, memory: ["memory"] },
  {
    name: "cotangent",
    folder: "cotangent",
    program: thisNode,
    missing: missingBuild,
    memory: ["memory"],
    measuresAlone: true,
  },
  { name: "kernels", folder: "kernels", program: thisNode, missing: missingBuild },
  { name: "torch", folder: "torch", program: torchPython, environment: withOpenBlas, memory: ["memory"] },
  { name: "torch-1t", folder: "torch", program: torchPython, environment: withOneThread, pinned: true },
  { name: "jax", folder: "jax", program: jaxPython, memory: ["memory"] },
  { name: "jax-1t", folder: "jax", program: jaxPython, missing: cannotPin, pinned: true },
  {
    name: "tfjs-wasm",
    folder: "tfjs",
    argument: "wasm",
    program: thisNode,
    missing: tensorFlowMissing,
    memory: ["memory", "naive"],
  },
  {
    name: "tfjs-cpu",
    folder: "tfjs",
    argument: "cpu",
    program: thisNode,
    missing: tensorFlowMissing,
    memory: ["memory", "naive"],
  },
  { name: "jaxjs", folder: "jaxjs", program: thisNode, missing: jaxJsMissing, memory: ["memory", "naive"] },
  { name: "hand-n24", folder: "hand", program: node24, memory: ["memory"] },
  {
    name: "cotangent-n24",
    folder: "cotangent",
    program: node24,
    missing: missingBuild,
    memory: ["memory"],
    measuresAlone: true,
  },
  { name: "kernels-n24", folder: "kernels", program: node24, missing: missingBuild },
  {
    name: "tfjs-wasm-n24",
    folder: "tfjs",
    argument: "wasm",
    program: node24,
    missing: tensorFlowMissing,
    memory: ["memory", "naive"],
  },
  { name: "jaxjs-n24", folder: "jaxjs", program: node24, missing: jaxJsMissing, memory: ["memory", "naive"] },
];

export const contestantNames = table.map(({ name }) => name);

/**
 * A contestant ready to start: `launch(script, mode)` gives the command, its arguments and its environment;
 * or `{ unavailable }`, the reason why it cannot take part.
 */
export function prepare(name, { quick, only }) {
  const {
    folder,
    program,
    argument,
    missing,
    environment,
    memory = [],
    measuresAlone = false,
    pinned = false,
  } = table.find((contestant) => contestant.name === name);
  const interpreter = program();
  if (interpreter === undefined) return { name, unavailable: "its interpreter is not installed: setup.mjs" };
  const reason = missing?.();
  if (reason !== undefined) return { name, unavailable: reason };

  const prefix = pinned && hasProgram("taskset") ? ["taskset", "-c", lastCore()] : [];
  const extension = [thisNode, node24].includes(program) ? "mjs" : "py";
  const inherited = { ...process.env };
  // They slow OpenBLAS down where a machine sets them.
  delete inherited.OPENBLAS_CORETYPE;
  delete inherited.OPENBLAS_L2_SIZE;
  const settings = {
    ...inherited,
    CONTESTANT: name,
    QUICK: quick ? "1" : "",
    ONLY: only ?? "",
    PYTHONPATH: path.join(bench, "harness", "python"),
    PYTHONDONTWRITEBYTECODE: "1",
    ...environment?.(),
  };
  const launch = (script, mode) => {
    const file = path.join(bench, "contestants", folder, `${script}.${extension}`);
    const words = [...prefix, interpreter, file, mode, argument].filter((word) => word !== undefined);
    return { command: words[0], args: words.slice(1), env: settings };
  };
  return { name, memory, measuresAlone, launch };
}

/** The last core that this process may use. */
function lastCore() {
  const affinity = execFileSync("taskset", ["-cp", String(process.pid)], { encoding: "utf8" });
  return affinity
    .trim()
    .split(/[:,\s-]+/)
    .at(-1);
}
