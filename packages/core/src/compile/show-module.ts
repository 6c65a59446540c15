/** A module as text: how long its parts are, and the code of its functions. */

import { byteReader } from "../wasm/byte-reader.js";
import { disassemble, sectionsOf, type DisassembledFunction } from "../wasm/disassemble.js";

const sectionNames = [
  "custom",
  "types",
  "imports",
  "functions",
  "tables",
  "memories",
  "globals",
  "exports",
  "start",
  "elements",
  "code",
  "data",
  "data count",
];

const codeSection = 10;
const mostListed = 8;

/** Where there is more code than so many lines, long functions are cut; behind them no further function begins. */
const mostLines = 2000;

/** No function is cut to fewer instructions. */
const readable = 200;

/** The sizes of a module's sections and of its largest functions, and the instructions of each function. */
export const showModule = (bytes: Uint8Array): string => {
  const functions = disassemble(bytes);
  return [
    `module of ${bytes.length} bytes`,
    ...sectionsOf(bytes).flatMap(({ id, length, start }) => [
      `  ${sectionNames[id] ?? `section ${id}`}: ${id === 0 ? "" : `${byteReader(bytes, start).unsigned()} in `}${length} bytes`,
      ...(id === codeSection ? sizeLines(functions) : []),
    ]),
    ...codeLines(functions),
  ].join("\n");
};

const sizeLines = (functions: readonly DisassembledFunction[]): readonly string[] => [
  ...[...functions]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, mostListed)
    .map(({ index, bytes }) => `    func ${index}: ${bytes} bytes`),
  ...(functions.length > mostListed ? [`    … ${functions.length - mostListed} smaller ones`] : []),
];

const codeLines = (functions: readonly DisassembledFunction[]): readonly string[] => {
  const lengths = functions.map(({ instructions }) => instructions.length);
  const most = Math.max(readable, cutLength(lengths, mostLines));
  const lines: string[] = [];
  for (const [place, shown] of functions.entries()) {
    if (lines.length >= mostLines) return [...lines, `  … ${functions.length - place} functions more`];
    lines.push(...functionLines(shown, most));
  }
  return lines;
};

const functionLines = (
  { head, locals, instructions }: DisassembledFunction,
  most: number,
): readonly string[] => [
  `  ${head}`,
  ...(locals === "" ? [] : [`    local ${locals}`]),
  ...instructions.slice(0, most).map((line) => `  ${line}`),
  ...(instructions.length > most ? [`    … ${instructions.length - most} instructions more`] : []),
];

/** The length to which the longest are cut, so that all together are no longer than `most`. */
const cutLength = (lengths: readonly number[], most: number): number => {
  const ascending = [...lengths].sort((a, b) => a - b);
  let rest = most;
  for (const [place, length] of ascending.entries()) {
    const share = Math.floor(rest / (ascending.length - place));
    if (length > share) return share;
    rest -= length;
  }
  return Infinity;
};
