/** Runs other programs to their end, as children that share this one's terminal. Each gives its exit code. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

/**
 * @param {string} program
 * @param {readonly string[]} flags
 * @param {{ cwd: string, shell?: boolean }} options
 * @returns {Promise<number>}
 */
const execute = (program, flags, options) =>
  new Promise((resolve, reject) => {
    spawn(program, flags, { stdio: "inherit", ...options })
      .on("error", reject)
      .on("exit", (code) => {
        resolve(code ?? 1);
      });
  });

/**
 * A Node program.
 * @param {string} file
 * @param {readonly string[]} flags
 */
export const node = (file, flags = [], cwd = root) => execute(process.execPath, [file, ...flags], { cwd });

/**
 * A command of a package that the workspace installs.
 * @param {string} tool
 * @param {readonly string[]} flags
 * @param {{ command?: string, cwd?: string }} [options] the command, where it is not named after the package
 */
export const run = (tool, flags, { command = tool, cwd = root } = {}) => {
  const folder = join(root, "node_modules", tool);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[command];
  if (file === undefined) throw new Error(`${tool} has no command ${command}`);
  return node(join(folder, file), flags, cwd);
};

/**
 * The pnpm that runs this script.
 * @param {readonly string[]} flags
 * @param {string} cwd
 */
export const pnpm = (flags, cwd) => {
  const file = process.env["npm_execpath"];
  if (file?.includes("pnpm") !== true) throw new Error("run this through pnpm: pnpm check-packages");
  return /\.[cm]?js$/.test(file) ? node(file, flags, cwd) : execute(file, flags, { cwd });
};

/**
 * The npm beside Node, which on Windows is a batch file and needs a shell.
 * @param {readonly string[]} flags
 * @param {string} cwd
 */
export const npm = (flags, cwd) => execute("npm", flags, { cwd, shell: process.platform === "win32" });
