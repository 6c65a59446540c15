/** The library by its public names: an entry point or a name that does not exist yet makes a case missing. */

import { BadCase } from "./json.js";
import { apiNames, type EntryPoint } from "./api.js";

/** A public name that the library does not have yet. */
export class MissingName extends Error {
  override readonly name = "MissingName";
  constructor(readonly publicName: string) {
    super(`the library has no ${publicName}`);
  }
}

export type Callable = (...args: readonly unknown[]) => unknown;

/** What each entry point exports; one that does not exist has none. */
export type Exports = { readonly [entry in EntryPoint]?: { readonly [name: string]: unknown } };

export interface Library {
  /** @throws MissingName */
  readonly get: (entry: EntryPoint, name: string) => unknown;
}

export const libraryOf = (exports: Exports): Library => ({
  get: (entry, name) => {
    const value = exports[entry]?.[name];
    if (value !== undefined) return value;
    if (!apiNames[entry].includes(name)) throw new BadCase(`${entry} is not to have a ${name}`);
    throw new MissingName(entry === "@cotangent/core" ? name : `${entry}: ${name}`);
  },
});

const isCallable = (value: unknown): value is Callable => typeof value === "function";

export const functionOf = (library: Library, entry: EntryPoint, name: string): Callable => {
  const value = library.get(entry, name);
  if (!isCallable(value)) throw new BadCase(`${entry}: ${name} is not a function`);
  return value;
};

/** An entry point as an object whose missing names throw when they are read. */
export const namespaceOf = <T extends object>(library: Library, entry: EntryPoint): T =>
  // The proxy answers every name, so `T` says only what the callers may ask for and with which types.
  new Proxy({} as T, { get: (_, name) => (typeof name === "string" ? library.get(entry, name) : undefined) });

/** Imports every entry point that exists. Where one does not load, the cases that ask for it fail. */
export const loadLibrary = async (): Promise<Library> => {
  const entries = Object.keys(apiNames) as EntryPoint[];
  const loaded = await Promise.all(entries.map(async (entry) => [entry, await load(entry)] as const));
  const failures = new Map<EntryPoint, Error>();
  for (const [entry, module] of loaded) if (module instanceof Error) failures.set(entry, module);
  const library = libraryOf(Object.fromEntries(loaded.filter(([entry]) => !failures.has(entry))));
  return {
    get: (entry, name) => {
      const failure = failures.get(entry);
      if (failure !== undefined) throw failure;
      return library.get(entry, name);
    },
  };
};

const load = async (entry: EntryPoint): Promise<Readonly<Record<string, unknown>> | Error | undefined> => {
  try {
    return (await import(entry)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (isAbsent(error, entry)) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return new Error(`${entry} does not load: ${reason}`, { cause: error });
  }
};

/** Whether the entry point itself is absent, rather than something that it imports. */
const isAbsent = (error: unknown, entry: EntryPoint): boolean => {
  if (!(error instanceof Error)) return false;
  const subpath = `"./${entry.split("/").slice(2).join("/")}"`;
  const { message } = error;
  return (
    ("code" in error && error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") ||
    message.includes(`${subpath} is not exported`) ||
    message.includes(`Missing ${subpath} specifier`) ||
    message.includes(`Cannot find package '${entry}'`) ||
    /imported from .*[/\\]golden[/\\]names\.ts/.test(message)
  );
};
