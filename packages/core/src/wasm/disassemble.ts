/** The functions of a module as text, instruction by instruction, in the names of WebAssembly's text format. */

import { byteReader, type ByteReader } from "./byte-reader.js";
import { instructions, type Immediate } from "./instruction-names.js";
import { typeCodes } from "./value-type.js";

/** A function of a module, as text. */
export interface DisassembledFunction {
  /** Its number, behind those of imported ones: what calls name. */
  readonly index: number;
  /** Its number, its names for the host, and its type. */
  readonly head: string;
  /** The length of its code, and its variables. */
  readonly bytes: number;
  /** Its variables behind the parameters by type; empty where there are none. */
  readonly locals: string;
  /** A line for each instruction, indented by the blocks around it; the last is the `end` of the function. */
  readonly instructions: readonly string[];
}

/** The sections of a module: the number of each, how long it is, and where it begins. */
export const sectionsOf = (bytes: Uint8Array) => {
  const found: { readonly id: number; readonly length: number; readonly start: number }[] = [];
  const reader = byteReader(bytes, 8);
  while (reader.place() < bytes.length) {
    const id = reader.byte();
    const length = reader.unsigned();
    found.push({ id, length, start: reader.place() });
    reader.take(length);
  }
  return found;
};

/**
 * The functions of a module that `assemble` wrote, without imported ones. Alignments are not told: each access has its width. Where an
 * instruction is not known, its opcode comes, and nothing more of the function.
 */
export const disassemble = (bytes: Uint8Array): readonly DisassembledFunction[] => {
  const readSection = <T>(id: number, item: (reader: ByteReader) => T): readonly T[] => {
    const section = sectionsOf(bytes).find((other) => other.id === id);
    if (section === undefined) return [];
    const reader = byteReader(bytes, section.start);
    return reader.list(() => item(reader));
  };
  const types = readSection(1, typeRead);
  const imports = readSection(2, importRead).flatMap((name) => name ?? []);
  const typeNumbers = readSection(3, (reader) => reader.unsigned());
  const exports = readSection(7, exportRead);
  return readSection(10, (reader) => reader.take(reader.unsigned())).map((code, place) => {
    const index = imports.length + place;
    const { parameters, results } = types[typeNumbers[place] ?? 0] ?? { parameters: [], results: [] };
    const names = exports.flatMap(({ name, number }) => (number === index ? [`(export "${name}")`] : []));
    const reader = byteReader(code);
    return {
      index,
      head: [`func ${index}`, ...names, ...typed("param", parameters), ...typed("result", results)].join(" "),
      bytes: code.length,
      locals: localsRead(reader, parameters.length),
      instructions: instructionsRead(reader, code.length, imports),
    };
  });
};

const typed = (what: string, types: readonly string[]): readonly string[] =>
  types.length === 0 ? [] : [`(${what} ${types.join(" ")})`];

const typeName = (reader: ByteReader): string => {
  const code = reader.byte();
  return Object.entries(typeCodes).find(([, other]) => other === code)?.[0] ?? hexadecimal(code);
};

const hexadecimal = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;

const typeRead = (reader: ByteReader) => {
  reader.byte(); // that it is a function's
  const read = (): string => typeName(reader);
  return { parameters: reader.list(read), results: reader.list(read) };
};

/** The name of a function; nothing for a memory, which has no maximum. */
const importRead = (reader: ByteReader): string | undefined => {
  const name = `${reader.name()}.${reader.name()}`;
  const isFunction = reader.byte() === 0;
  if (!isFunction) reader.byte();
  reader.unsigned();
  return isFunction ? name : undefined;
};

const exportRead = (reader: ByteReader) => {
  const name = reader.name();
  reader.byte(); // that it is a function
  return { name, number: reader.unsigned() };
};

/** The numbers of the variables of each type: `i32 1 3-5, v128 2`. */
const localsRead = (reader: ByteReader, parameters: number): string => {
  const ranges = new Map<string, { readonly first: number; last: number }[]>();
  let next = parameters;
  reader.list(() => {
    const count = reader.unsigned();
    const type = typeName(reader);
    const known = ranges.get(type) ?? [];
    const latest = known.at(-1);
    if (latest?.last === next - 1) latest.last += count;
    else known.push({ first: next, last: next + count - 1 });
    ranges.set(type, known);
    next += count;
  });
  return [...ranges]
    .map(([type, list]) =>
      [type, ...list.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))].join(" "),
    )
    .join(", ");
};

const instructionsRead = (reader: ByteReader, end: number, imports: readonly string[]): readonly string[] => {
  const lines: string[] = [];
  let depth = 1;
  while (reader.place() < end) {
    const first = reader.byte();
    const isPrefix = first === 0xfc || first === 0xfd;
    const opcode = isPrefix ? first * 0x1000 + reader.unsigned() : first;
    const instruction = instructions().get(opcode);
    if (instruction === undefined) {
      const second = isPrefix ? ` ${hexadecimal(opcode % 0x1000)}` : "";
      lines.push(
        `${indent(depth)}${hexadecimal(first)}${second} is not known, nor are the ${end - reader.place()} bytes behind it`,
      );
      break;
    }
    const { name, immediate } = instruction;
    if (name === "end" || name === "else") depth--;
    lines.push(`${indent(depth)}${[name, ...immediateRead[immediate](reader, imports)].join(" ")}`);
    if (immediate === "structure" || name === "else") depth++;
  }
  return lines;
};

const indent = (depth: number): string => "  ".repeat(depth);

/** How what comes behind an opcode is read and printed. */
const immediateRead: Readonly<
  Record<Immediate, (reader: ByteReader, imports: readonly string[]) => readonly string[]>
> = {
  none: () => [],
  structure: (reader) => {
    const type = typeName(reader);
    return type === "0x40" ? [] : typed("result", [type]);
  },
  types: (reader) =>
    typed(
      "result",
      reader.list(() => typeName(reader)),
    ),
  number: (reader) => [`${reader.unsigned()}`],
  function: (reader, imports) => {
    const index = reader.unsigned();
    const name = imports[index];
    return [`${index}`, ...(name === undefined ? [] : [`;; ${name}`])];
  },
  memories: (reader) => {
    reader.take(2); // there is one memory
    return [];
  },
  access: (reader) => {
    reader.byte(); // the alignment
    const offset = reader.unsigned();
    return offset === 0 ? [] : [`offset=${offset}`];
  },
  lane: (reader) => [`${reader.byte()}`],
  "access and lane": (reader, imports) => [
    ...immediateRead.access(reader, imports),
    ...immediateRead.lane(reader, imports),
  ],
  order: (reader) => Array.from(reader.take(16), String),
  signed: (reader) => [`${reader.signed()}`],
  float32: (reader) => [floatText(viewOf(reader.take(4)).getFloat32(0, true))],
  float64: (reader) => [floatText(viewOf(reader.take(8)).getFloat64(0, true))],
  vector: (reader) => {
    const view = viewOf(reader.take(16));
    const lanes = [0, 4, 8, 12].map((at) => `0x${view.getUint32(at, true).toString(16).padStart(8, "0")}`);
    return ["i32x4", ...lanes];
  },
};

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const floatText = (value: number): string =>
  Object.is(value, -0) ? "-0" : String(value).replace("Infinity", "inf").replace("NaN", "nan");
