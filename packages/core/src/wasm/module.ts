/** Modules: functions, and all that they call, as the bytes that an engine compiles. */

import { counted, joined, nameBytes, section, unsigned, vector } from "./bytes.js";
import type { Callable } from "./code.js";
import { codeBytes } from "./code-bytes.js";
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
  const found = reachable(names.map((name) => exports[name]));
  const importedFunctions = found.filter(({ importedFrom }) => importedFrom !== undefined);
  const own = found.filter(({ importedFrom }) => importedFrom === undefined);
  const callables = [...importedFunctions, ...own];
  const indices = new Map(callables.map((callable, index) => [callable, index]));
  const indexOf = (callable: Callable): readonly number[] => unsigned(indices.get(callable)!);
  const signatures = callables.map(signature);
  const types = new Map(signatures.map((bytes) => [bytes.join(), bytes]));
  const typeNumbers = new Map([...types.keys()].map((text, index) => [text, index]));
  const typesOf = signatures.map((bytes) => unsigned(typeNumbers.get(bytes.join())!));
  const bytes = joined([
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    section(1, [...types.values()]),
    section(2, [
      ...(memory === undefined
        ? []
        : [[...nameBytes(memory.from), ...nameBytes(memory.name), 0x02, 0x00, ...unsigned(memory.pages)]]),
      ...importedFunctions.map(({ importedFrom = "", name }, index) => [
        ...nameBytes(importedFrom),
        ...nameBytes(name),
        0x00,
        ...typesOf[index]!,
      ]),
    ]),
    section(3, typesOf.slice(importedFunctions.length)),
    section(
      7,
      names.map((name) => [...nameBytes(name), 0x00, ...indexOf(exports[name])]),
    ),
    section(
      10,
      own.map((callable) => functionBytes(callable, indices, fuses)),
    ),
  ]);
  return { bytes, names };
};

/** Functions and what they call, callers first. */
const reachable = (roots: readonly Callable[]): readonly Callable[] => {
  const found = new Set(roots);
  // A set is walked in the order of insertion, what is added meanwhile included.
  for (const { body } of found) body?.callables.forEach((callable) => found.add(callable));
  return [...found];
};

const typesBytes = (types: readonly ValueType[]): readonly number[] => [
  ...unsigned(types.length),
  ...types.map((type) => typeCodes[type]),
];

const signature = ({ parameters, result }: Callable): readonly number[] => [
  0x60,
  ...typesBytes(parameters),
  ...typesBytes(result === undefined ? [] : [result]),
];

/** A function's variables behind the parameters, and its code. */
const functionBytes = (
  { parameters, body }: Callable,
  indices: ReadonlyMap<Callable, number>,
  fuses: boolean,
): Uint8Array => {
  const { code, variables } = body!; // what is not imported has one
  const places = new Map(variables.map((variable, index) => [variable, index]));
  const { bytes, vectors } = codeBytes(code, {
    variable: (variable) => places.get(variable)!,
    callable: (callable) => indices.get(callable)!,
    fuses,
    variables: variables.length,
  });
  const types = variables.slice(parameters.length).map(({ type }) => [0x01, typeCodes[type]]);
  const further = vectors === 0 ? [] : [[...unsigned(vectors), typeCodes.v128]];
  return counted(joined([vector([...types, ...further]), ...bytes]));
};
