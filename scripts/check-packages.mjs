/**
 * Checks each package as its users get it; run after a build, by `pnpm check-packages`. It packs the packages,
 * judges the tarballs (publint, "are the types wrong"), installs them with npm into empty folders, and there
 * type-checks and runs the programs of `consumers/`, with the declarations of all dependencies checked too. And it
 * checks that a bundler keeps nothing of a package of which nothing is used.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { node, npm, pnpm, run } from "./run.mjs";
import { unusedCode } from "./unused-code.mjs";
import { packages, root } from "./workspace.mjs";

/** Each program, the packages that it installs, and the optional peers that it asks for. */
const consumers = [
  { program: "core.ts", installs: ["core"], peers: [] },
  { program: "core-testing.ts", installs: ["core"], peers: ["fast-check@4"] },
  { program: "nn.ts", installs: ["core", "nn"], peers: [] },
  { program: "optim.ts", installs: ["core", "optim"], peers: [] },
  { program: "data.ts", installs: ["core", "data"], peers: [] },
];

const resolutions = [
  { module: "NodeNext", moduleResolution: "NodeNext" },
  { module: "ES2022", moduleResolution: "Bundler" },
];

/**
 * @param {Promise<number>} exit
 * @param {string} task
 */
const succeed = async (exit, task) => {
  const code = await exit;
  if (code !== 0) throw new Error(`${task} failed (exit code ${String(code)})`);
};

/**
 * Packs a package and gives the path of its tarball.
 * @param {string} name
 * @param {string} destination
 */
const pack = async (name, destination) => {
  mkdirSync(destination);
  const flags = ["--loglevel", "error", "pack", "--pack-destination", destination];
  await succeed(pnpm(flags, join(root, "packages", name)), `packing ${name}`);
  const tarball = readdirSync(destination).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`packing ${name} left no tarball`);
  return join(destination, tarball);
};

/**
 * Has a tarball judged by the two linters of published packages.
 * @param {string} name
 * @param {string} tarball
 */
const judge = async (name, tarball) => {
  const bytes = new Uint8Array(readFileSync(tarball)).buffer;
  const { messages, pkg } = await publint({ strict: true, level: "warning", pack: { tarball: bytes } });
  const findings = messages.map((message) => formatMessage(message, pkg) ?? message.code);
  if (findings.length > 0) throw new Error(`publint on ${name}:\n${findings.join("\n")}`);
  const flags = [
    tarball,
    "--profile",
    "esm-only",
    "--no-definitely-typed",
    "--no-summary",
    "--format",
    "table-flipped",
  ];
  await succeed(run("@arethetypeswrong/cli", flags, { command: "attw" }), `attw on ${name}`);
};

/** Some computed numbers are kept anyway; one primitive would bring along a quarter of core. */
const mostUnusedBytes = 1024;

/** @param {string} name */
const checkUnused = async (name) => {
  const code = await unusedCode(join(root, "packages", name, "dist", "index.js"));
  if (code.length > mostUnusedBytes)
    throw new Error(
      `a bundler keeps ${String(code.length)} bytes of ${name} that nobody uses; annotate calls at the level of modules with /* @__PURE__ */:\n${code.slice(-500)}`,
    );
};

/**
 * Installs what a program needs into an empty folder, type-checks the program there, and runs it.
 * @param {string} program
 * @param {readonly string[]} installs tarballs and packages
 * @param {string} folder
 */
const consume = async (program, installs, folder) => {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  copyFileSync(join(root, "scripts", "consumers", program), join(folder, program));
  const quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"];
  await succeed(npm(["install", ...quietly, ...installs], folder), `installing for ${program}`);
  for (const resolution of resolutions) {
    const compilerOptions = {
      ...resolution,
      target: "ES2022",
      lib: ["ES2022"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      outDir: "out",
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [program] }));
    const task = `type-checking ${program} under ${resolution.module}`;
    await succeed(run("typescript", ["-p", folder, "--pretty"], { command: "tsc", cwd: folder }), task);
    await succeed(node(join(folder, "out", program.replace(/ts$/, "js")), [], folder), `running ${program}`);
  }
  console.log(`consumers/${program}: typed and run`);
};

const temporary = mkdtempSync(join(tmpdir(), "cotangent-"));
try {
  /** @type {Map<string, string>} */
  const tarballs = new Map();
  for (const name of packages) {
    const tarball = await pack(name, join(temporary, name));
    await judge(name, tarball);
    await checkUnused(name);
    tarballs.set(name, tarball);
  }
  for (const { program, installs, peers } of consumers) {
    const folder = join(temporary, program.replace(".", "-"));
    // Without the folder's own path, which may hold spaces.
    const files = installs.map((name) => relative(folder, tarballs.get(name) ?? name));
    await consume(program, [...files, ...peers], folder);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
