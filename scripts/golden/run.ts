/** Runs the cases of a file or of a folder. */

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { NotRun, contextOf, type RunCase } from "./context.js";
import { runControl } from "./control.js";
import { runFunction } from "./functions.js";
import { BadCase, asList, asRecord, asString, type Json, type JsonRecord } from "./json.js";
import { missingIn } from "./missing.js";
import type { Library } from "./names.js";
import { runNnJax } from "./nn-jax.js";
import { runOp } from "./ops.js";
import { runOptax } from "./optax.js";
import type { Precision } from "./precision.js";
import { runRandom } from "./random-jax.js";
import { runTorchLayer } from "./torch-layers.js";
import { runTorchLoss } from "./torch-losses.js";
import { runTorchOptim } from "./torch-optim.js";
import { runTorchRandom } from "./torch-random.js";

export type Outcome =
  | { readonly status: "passed" }
  | { readonly status: "failed"; readonly reason: string; readonly stack?: string | undefined }
  | { readonly status: "missing"; readonly publicName: string }
  | { readonly status: "differs"; readonly reason: string }
  | { readonly status: "notRun"; readonly reason: string };

export type Result = Outcome & { readonly file: string; readonly name: string };

/** Files are told apart by their names. */
const kinds: { readonly [file: string]: RunCase } = {
  "functions.json": runFunction,
  "control.json": runControl,
  "random-jax.json": runRandom,
  "optax.json": runOptax,
  "nn-jax.json": runNnJax,
  "torch-layers.json": runTorchLayer,
  "torch-losses.json": runTorchLoss,
  "torch-optim.json": runTorchOptim,
  "torch-random.json": runTorchRandom,
  "torch-init.json": runTorchRandom,
};

const kindOf = (path: string): RunCase | undefined => (path.startsWith("ops/") ? runOp : kinds[path]);

/** Worked examples of documents: they have no runner. */
const withoutRunner = ["seeds.json"];

/** The data files of a folder: its own, and those of ops/. */
const filesOf = async (folder: string): Promise<readonly string[]> => {
  const names = async (path: string): Promise<readonly string[]> =>
    (await readdir(path, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
      .map((entry) => entry.name)
      .sort();
  const hasOps = (await readdir(folder, { withFileTypes: true })).some(
    (entry) => entry.isDirectory() && entry.name === "ops",
  );
  const ops = hasOps ? (await names(join(folder, "ops"))).map((name) => `ops/${name}`) : [];
  return [...ops, ...(await names(folder))].filter((path) => !withoutRunner.includes(path));
};

export const readGolden = async (folder: string, path: string): Promise<JsonRecord> =>
  asRecord(JSON.parse(await readFile(join(folder, path), "utf8")) as Json, path);

export interface RunOptions {
  readonly precision?: Precision;
  /** Only these cases; all of them without it. */
  readonly only?: ((file: string, name: string) => boolean) | undefined;
}

export const runFile = (
  library: Library,
  path: string,
  file: JsonRecord,
  { precision = "float64", only }: RunOptions = {},
): readonly Result[] => {
  const context = contextOf(library, precision, path, file);
  const run = kindOf(path);
  return asList(file["cases"], `${path}: cases`)
    .map((json, i) => ({ record: asRecord(json, `${path}: case ${String(i)}`), i }))
    .map(({ record, i }) => ({
      record,
      name: typeof record["name"] === "string" ? record["name"] : String(i),
    }))
    .filter(({ name }) => only === undefined || only(path, name))
    .map(({ record, name }) => ({
      file: path,
      name,
      ...outcomeOf(record, run, () => run?.(record, context)),
    }));
};

const outcomeOf = (record: JsonRecord, run: RunCase | undefined, thunk: () => void): Outcome => {
  try {
    asString(record["name"], "name");
    if ("differs" in record) return { status: "differs", reason: asString(record["differs"], "differs") };
    if (run === undefined) throw new BadCase("no runner for this file");
    thunk();
    return { status: "passed" };
  } catch (error) {
    const publicName = missingIn(error);
    if (publicName !== undefined) return { status: "missing", publicName };
    if (error instanceof NotRun) return { status: "notRun", reason: error.message };
    return error instanceof Error
      ? { status: "failed", reason: `${error.name}: ${error.message}`, stack: error.stack }
      : { status: "failed", reason: String(error) };
  }
};

export const runFolder = async (
  library: Library,
  folder: string,
  options: RunOptions = {},
): Promise<readonly Result[]> => {
  const paths = await filesOf(folder);
  const results: Result[] = [];
  for (const path of paths) results.push(...runFile(library, path, await readGolden(folder, path), options));
  return results;
};
