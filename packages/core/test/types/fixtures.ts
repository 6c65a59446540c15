/** Compiles the programs beside this file, once, and reads what the compiler says about them. */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A line that is wrong on purpose: what its comment says about it, and what the compiler says. */
export interface Mistake {
  readonly file: string;
  readonly description: string;
  readonly messages: readonly string[];
}

/** What the compiler says about a line that should be right, as an editor shows it. */
export type Complaint = string;

export interface Findings {
  /** About the programs as they are: none, if each expected mistake is one, and nothing else is. */
  readonly complaints: readonly Complaint[];
  /** The mistakes that the comments hide. */
  readonly mistakes: readonly Mistake[];
  /** About lines that no comment expects to be wrong, once the comments are taken out. */
  readonly unexpected: readonly Complaint[];
}

const here = dirname(fileURLToPath(import.meta.url));
const expectation = "// @ts-expect-error ";

const programsIn = (folder: string): readonly string[] =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(here, folder, name));

const compilerOptions = (): ts.CompilerOptions => {
  const path = ts.findConfigFile(here, (file) => ts.sys.fileExists(file));
  if (path === undefined) throw new Error("no tsconfig.json above the programs");
  const source = ts.readJsonConfigFile(path, (file) => ts.sys.readFile(file));
  // Its options matter here, not its files.
  const host = { ...ts.sys, readDirectory: () => [] };
  const { options } = ts.parseJsonSourceFileConfigFileContent(source, host, dirname(path));
  // Without Node's types: none of the programs needs them.
  return { ...options, noEmit: true, types: [] };
};

/** The path of the copy without comments: it exists for the compiler alone, so that one compilation sees both. */
const bare = (path: string): string => path.replace(/\.ts$/, ".bare.ts");

const host = (options: ts.CompilerOptions, wrong: readonly string[]): ts.CompilerHost => {
  const disk = ts.createCompilerHost(options);
  const copies = new Map(
    wrong.map((path) => [bare(path), (ts.sys.readFile(path) ?? "").replaceAll(expectation, "// ")]),
  );
  return {
    ...disk,
    fileExists: (path) => copies.has(path) || disk.fileExists(path),
    getSourceFile: (path, language) => {
      const copy = copies.get(path);
      return copy === undefined
        ? disk.getSourceFile(path, language)
        : ts.createSourceFile(path, copy, language);
    },
  };
};

/** The sentence of a type-level check, which the compiler quotes last; otherwise the first line of what it says. */
const readable = (message: string): string =>
  [...message.matchAll(/'"([^"]*: [^"]*)"'/g)].at(-1)?.[1] ?? message.split("\n")[0] ?? "";

const lineOf = ({ file, start = 0 }: ts.Diagnostic): number =>
  (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;

const messageOf = ({ messageText }: ts.Diagnostic): string =>
  readable(ts.flattenDiagnosticMessageText(messageText, "\n"));

const complaint = (diagnostic: ts.Diagnostic): Complaint =>
  `${basename(diagnostic.file?.fileName ?? "")}:${lineOf(diagnostic)} ${messageOf(diagnostic)}`;

/** The lines that follow an expectation, with what it says. */
const expectedIn = (path: string): ReadonlyMap<number, string> =>
  new Map(
    (ts.sys.readFile(path) ?? "")
      .split("\n")
      .flatMap((text, index) =>
        text.startsWith(expectation) ? [[index + 2, text.slice(expectation.length)] as const] : [],
      ),
  );

/** Compiles everything under `right/` and `wrong/`. */
export const compile = (): Findings => {
  const right = programsIn("right");
  const wrong = programsIn("wrong");
  const options = compilerOptions();
  const program = ts.createProgram([...right, ...wrong, ...wrong.map(bare)], options, host(options, wrong));
  const diagnostics = (path: string): readonly ts.Diagnostic[] =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path));

  const files = wrong.map((path) => ({ path, expected: expectedIn(path), found: diagnostics(bare(path)) }));
  return {
    complaints: [...right, ...wrong].flatMap(diagnostics).map(complaint),
    mistakes: files.flatMap(({ path, expected, found }) =>
      [...expected].map(([line, description]) => ({
        file: basename(path, ".ts"),
        description,
        messages: found.filter((diagnostic) => lineOf(diagnostic) === line).map(messageOf),
      })),
    ),
    unexpected: files.flatMap(({ expected, found }) =>
      found.filter((diagnostic) => !expected.has(lineOf(diagnostic))).map(complaint),
    ),
  };
};
