/** Modules: functions, and all that they call, as the bytes that an engine compiles. */

import { append, nameBytes, section, unsigned, vector } from "./bytes.js";
import { referencesOf, writeCode, type Callable } from "./code.js";
import { constantsOfLoops } from "./loop-constants.js";
import { typeCodes, type ValueType } from "./value-type.js";

interface ModuleDefinition<N extends string> {
  /** The one memory, imported, of at least so many pages of 64 KiB. */
  readonly memory?: { readonly from: string; readonly name: string; readonly pages: number };
  /** Whether the engine has a relaxed multiply-add that rounds once: `multiplyAdd` is that one then. */
  readonly fuses?: boolean;
  /** What the host may call. */
  readonly exports: Readonly<Record<N, Callable>>;
}

/** A module's bytes, and the names of its exports. */
export interface WasmModule<N extends string = string> {
  readonly bytes: Uint8Array;
  readonly names: readonly N[];
}

/** Writes a module. Functions that exported ones call are found in their code. */
export const assemble = <N extends string>({
  memory,
  exports,
  fuses = false,
}: ModuleDefinition<N>): WasmModule<N> => {
  // Object.keys forgets which names there are.
  const names = Object.keys(exports) as N[];
  const callables = reachable(names.map((name) => exports[name]));
  const importedFunctions = callables.filter(({ importedFrom }) => importedFrom !== undefined);
  const own = callables.filter(({ importedFrom }) => importedFrom === undefined);
  const indices = new Map([...importedFunctions, ...own].map((callable, index) => [callable, index]));
  const indexOf = (callable: Callable): readonly number[] => unsigned(indices.get(callable)!);
  const signatures = [...new Set([...importedFunctions, ...own].map(signatureText))];
  const types = new Map(signatures.map((text, index) => [text, index]));
  const typeOf = (callable: Callable): readonly number[] => unsigned(types.get(signatureText(callable))!);
  const bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const sections = [
    section(
      1,
      signatures.map((text) => signature(callables.find((callable) => signatureText(callable) === text)!)),
    ),
    section(2, [
      ...(memory === undefined
        ? []
        : [[...nameBytes(memory.from), ...nameBytes(memory.name), 0x02, 0x00, ...unsigned(memory.pages)]]),
      ...importedFunctions.map((callable) => [
        ...nameBytes(callable.importedFrom ?? ""),
        ...nameBytes(callable.name),
        0x00,
        ...typeOf(callable),
      ]),
    ]),
    section(3, own.map(typeOf)),
    section(
      7,
      names.map((name) => [...nameBytes(name), 0x00, ...indexOf(exports[name])]),
    ),
    section(
      10,
      own.map((callable) => functionBytes(callable, indices, fuses)),
    ),
  ];
  for (const part of sections) append(bytes, part);
  return { bytes: Uint8Array.from(bytes), names };
};

/** Functions and what they call, callers first. */
const reachable = (roots: readonly Callable[]): readonly Callable[] => {
  const found = new Set(roots);
  // A set is walked in the order of insertion, what is added meanwhile included.
  for (const { code } of found) {
    if (code !== undefined) for (const callable of referencesOf(code).callables) found.add(callable);
  }
  return [...found];
};

const typesBytes = (types: readonly ValueType[]): readonly number[] =>
  vector(types.map((type) => [typeCodes[type]]));

const signature = ({ parameters, result }: Callable): readonly number[] => [
  0x60,
  ...typesBytes(parameters),
  ...typesBytes(result === undefined ? [] : [result]),
];

const signatureText = (callable: Callable): string => signature(callable).join();

/** A function's variables behind the parameters, and its code. */
const functionBytes = (
  { parameters, variables = [], code = [] }: Callable,
  indices: ReadonlyMap<Callable, number>,
  fuses: boolean,
): readonly number[] => {
  const constants = constantsOfLoops(code);
  const kept = [...constants.values()].flatMap(({ settings }) => [...settings.values()]);
  const all = [...variables, ...kept.map(([variable]) => variable)];
  const places = new Map(all.map((variable, index) => [variable, index]));
  const content = [...vector(all.slice(parameters.length).map(({ type }) => [0x01, typeCodes[type]]))];
  writeCode(
    code,
    {
      variable: (variable) => places.get(variable)!,
      callable: (callable) => indices.get(callable)!,
      fuses,
      constants,
    },
    content,
  );
  content.push(0x0b);
  const bytes = [...unsigned(content.length)];
  append(bytes, content);
  return bytes;
};
