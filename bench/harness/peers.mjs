/**
 * Where the peers are installed, and how a contestant finds them: nothing of theirs lies inside the
 * project.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const peerDirectory = path.resolve(process.env.PEER_DIR ?? path.join(os.tmpdir(), "peer-bench"));

const packages = path.join(peerDirectory, "js", "node_modules");

/** A file of a package that setup.mjs installed. */
export const peerFile = (...segments) => path.join(packages, ...segments);

/** Imports a module file of an installed package. */
export const importPeer = (...segments) => import(pathToFileURL(peerFile(...segments)).href);

/** `require` as seen from the folder of the installed packages. */
export const requirePeer = createRequire(path.join(peerDirectory, "js", "main.js"));

/** The second Node of the comparison, or undefined where it is not installed. */
export const node24 = () =>
  existing(path.join(peerDirectory, "node24", "node_modules", "node", "bin", executable("node")));

/** The Python of JAX's virtual environment, or undefined where there is none. */
export const environmentPython = () =>
  existing(
    process.platform === "win32"
      ? path.join(peerDirectory, "venv", "Scripts", "python.exe")
      : path.join(peerDirectory, "venv", "bin", "python"),
  );

/** The folder that holds OpenBLAS's libblas.so.3, or undefined. */
export function openBlas() {
  const root = path.join(peerDirectory, "openblas");
  if (!fs.existsSync(root)) return undefined;
  const found = fs
    .readdirSync(root, { recursive: true })
    .find((file) => path.basename(file) === "libblas.so.3");
  return found === undefined ? undefined : path.dirname(path.join(root, found));
}

const existing = (file) => (fs.existsSync(file) ? file : undefined);
const executable = (name) => (process.platform === "win32" ? `${name}.exe` : name);
