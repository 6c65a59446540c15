/** The copied cases as tests: one `it` for each operation, function, layer or optimiser, all its cases in it. */

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asList, asRecord, asString, type Json, type JsonRecord } from "./json.js";
import type { Library } from "./names.js";
import type { Precision } from "./precision.js";
import { runFile } from "./run.js";

/** Registers the tests of every file under `data`, in float64 and, where a case has such a run, in float32. */
export const describeGolden = (library: Library, data: URL): void => {
  const folder = fileURLToPath(data);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
  for (const path of paths)
    describe(path, () => {
      const file = asRecord(JSON.parse(readFileSync(join(folder, path), "utf8")) as Json, path);
      for (const [subject, names] of subjectsOf(file))
        for (const precision of precisionsOf(path))
          it(`${subject}, ${precision} (${String(names.length)})`, () => {
            expect(failuresOf(library, path, file, names, precision)).toEqual([]);
          });
    });
};

/** The dtype of random numbers is the data's. */
const precisionsOf = (path: string): readonly Precision[] =>
  path === "random-jax.json" ? ["float64"] : ["float64", "float32"];

const subjectFields = ["op", "function", "layer", "loss", "optimiser", "transform"];

/** The cases of a file by what they are about. */
const subjectsOf = (file: JsonRecord): ReadonlyMap<string, readonly string[]> => {
  const subjects = new Map<string, readonly string[]>();
  for (const json of asList(file["cases"], "cases")) {
    const record = asRecord(json, "case");
    const field = subjectFields.find((name) => name in record) ?? "kind";
    const subject = asString(record[field], field);
    subjects.set(subject, [...(subjects.get(subject) ?? []), asString(record["name"], "name")]);
  }
  return subjects;
};

/** What did not pass: a missing name is a failure here, a case that differs is not. */
const failuresOf = (
  library: Library,
  path: string,
  file: JsonRecord,
  names: readonly string[],
  precision: Precision,
): readonly string[] =>
  runFile(library, path, file, { precision, only: (_, name) => names.includes(name) }).flatMap((result) => {
    if (result.status === "failed") return [`${result.name}: ${result.reason}`];
    return result.status === "missing" ? [`${result.name}: the library has no ${result.publicName}`] : [];
  });
