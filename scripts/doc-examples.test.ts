/** Every code block of the documentation type-checks and runs, and gives what its comments state. */

import path from "node:path";
import { runInNewContext, runInThisContext } from "node:vm";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isTensor, toArray, type Tensor } from "@cotangent/core";
import { describe, expect, it } from "vitest";
import { docstringBlocks, markdownBlocks, withChecks, type CodeBlock } from "./doc-examples.js";

const root = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

const blocks: readonly CodeBlock[] = [
  ...markdownBlocks(root, "README.md"),
  ...markdownBlocks(root, "packages/core/ARCHITECTURE.md"),
  ...["core", "nn", "optim", "data"].flatMap((name) => [
    ...markdownBlocks(root, `packages/${name}/README.md`),
    ...docstringBlocks(root, `packages/${name}/src`),
  ]),
];

const modules: Readonly<Record<string, () => Promise<unknown>>> = {
  "@cotangent/core": () => import("@cotangent/core"),
  "@cotangent/core/pipe": () => import("@cotangent/core/pipe"),
  "@cotangent/core/random": () => import("@cotangent/core/random"),
  "@cotangent/core/io": () => import("@cotangent/core/io"),
  "@cotangent/core/testing": () => import("@cotangent/core/testing"),
  "@cotangent/nn": () => import("@cotangent/nn"),
  "@cotangent/optim": () => import("@cotangent/optim"),
  "@cotangent/data": () => import("@cotangent/data"),
  "@cotangent/data/node": () => import("@cotangent/data/node"),
  "fp-ts/lib/function.js": () => import("fp-ts/lib/function.js"),
  "fp-ts/lib/Apply.js": () => import("fp-ts/lib/Apply.js"),
  "fp-ts/lib/State.js": () => import("fp-ts/lib/State.js"),
  "fp-ts/lib/Either.js": () => import("fp-ts/lib/Either.js"),
  "fast-check": () => import("fast-check"),
  "io-ts": () => import("io-ts"),
  "@cotangent/core/testing/vitest": () => import("@cotangent/core/testing/vitest"),
  vitest: () => import("vitest"),
};

/** The value that a comment states, if it is a literal. */
const literal = (text: string): unknown => {
  try {
    return runInNewContext(`(${text})`);
  } catch {
    return undefined;
  }
};

/** Tensors as their elements, numbers to six digits. */
const plain = (value: unknown): unknown => {
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(6)) + 0 : value;
  if (isTensor(value)) return plain(toArray(value as Tensor));
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return value;
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
};

const check = (value: unknown, text: string): void => {
  const expected = literal(text);
  if (expected !== undefined) expect(plain(value)).toEqual(plain(expected));
};

const run = async (code: string): Promise<void> => {
  const { outputText } = ts.transpileModule(withChecks(code), {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const names = [...code.matchAll(/from "([^"]+)"/g)].map(([, name]) => name ?? "");
  const loaded = new Map(
    await Promise.all(names.map(async (name) => [name, await modules[name]?.()] as const)),
  );
  const require = (name: string): unknown =>
    loaded.get(name) ?? expect.fail(`the block imports ${name}, which its test does not know`);
  const block = runInThisContext(`(async (require, exports, check) => {${outputText}\n})`) as (
    ...args: readonly unknown[]
  ) => Promise<void>;
  await block(require, {}, check);
};

const typeErrors = (): readonly string[] => {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, "tsconfig.json"),
    { noEmit: true, incremental: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const files = new Map(
    blocks.map(({ code }, index) => [path.join(root, `doc-example-${index}.ts`), `${code}\nexport {};\n`]),
  );
  // An expression alone on its line is fine in an example.
  const options: ts.CompilerOptions = {
    ...config?.options,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  const host = ts.createCompilerHost(options);
  host.fileExists = (name) => files.has(path.normalize(name)) || ts.sys.fileExists(name);
  host.readFile = (name) => files.get(path.normalize(name)) ?? ts.sys.readFile(name);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file, index) => {
    const source = program.getSourceFile(file);
    return program
      .getSemanticDiagnostics(source)
      .map(
        ({ messageText }) =>
          `${blocks[index]?.place ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
  });
};

describe("documentation", () => {
  it.each(blocks.map((block) => [block.place, block.code] as const))("runs %s", async (_place, code) => {
    await run(code);
  });

  it("type-checks", () => {
    expect(typeErrors()).toEqual([]);
  });
});
