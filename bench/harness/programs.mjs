/** Programs of the host that the benchmark may use, found by trying them. */
import { spawnSync } from "node:child_process";
import { environmentPython } from "./peers.mjs";

/** Whether a command runs and exits with 0. */
export const succeeds = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

export const hasProgram = (command) => succeeds(command, ["--version"]);

const imports = (python, modules) => succeeds(python, ["-c", `import ${modules}`]);

const systemPythons = ["/usr/bin/python3", "python3", "python"];

/**
 * A Python that imports the modules (comma-separated), the benchmark's own environment last; or undefined.
 */
export const pythonWith = (modules) =>
  [...systemPythons, environmentPython()].find((python) => python !== undefined && imports(python, modules));

/** Any Python at all, to make an environment with. */
export const anyPython = () => ["python3", "python"].find(hasProgram);
