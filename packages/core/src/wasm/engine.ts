/** The host's WebAssembly, as far as it is used: typed here, for not every host's types declare it. */

import { f32x4 } from "./simd.js";
import { valued } from "./function.js";
import { assemble, type WasmModule } from "./module.js";

/** A memory of the host's: bytes that modules and JavaScript share. To grow puts another buffer in its place. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB; throws a RangeError where there are none. */
  readonly grow: (pages: number) => number;
}

type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The host's `WebAssembly`: whether bytes are a module, and modules, instances and memories of them. */
export interface Engine {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Imports) => { readonly exports: object };
  readonly Memory: new (limits: { readonly initial: number; readonly maximum?: number }) => Memory;
}

/** What a module exports: functions of numbers; those without a result give undefined. */
export type Exports<N extends string> = Readonly<Record<N, (...values: readonly number[]) => number>>;

/** The host's engine, if it has one. */
export const hostEngine = (): Engine | undefined =>
  (globalThis as { readonly WebAssembly?: Engine }).WebAssembly;

/**
 * The functions of a module; nothing where the engine does not know its instructions, or is forbidden to compile (a
 * content-security policy, which throws).
 */
export const instantiate = <N extends string>(
  engine: Engine,
  { bytes }: WasmModule<N>,
  imports: Imports,
): Exports<N> | undefined => {
  if (!engine.validate(bytes)) return undefined;
  try {
    // The engine forgets the names, which the bytes were made with.
    return new engine.Instance(new engine.Module(bytes), imports).exports as Exports<N>;
  } catch {
    return undefined;
  }
};

/** A memory of so many pages; nothing where the engine has no room for it, or forbids it. */
export const newMemory = (
  engine: Engine,
  limits: { readonly initial: number; readonly maximum?: number },
): Memory | undefined => {
  try {
    return new engine.Memory(limits);
  } catch {
    return undefined;
  }
};

/** A value that is made when it is first asked for, and kept: compiled modules are the caches of this library. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/**
 * Whether there is a relaxed multiply-add that rounds once. (1 + 2⁻¹²)² - (1 + 2⁻¹¹) is 2⁻²⁴ then; where the product is rounded, 0.
 */
export const fusesMultiplyAdd = (engine: Engine): boolean => {
  const factor = f32x4.const(1 + 2 ** -12);
  const sum = f32x4.multiplyAdd(factor, factor, f32x4.const(-(1 + 2 ** -11)));
  const probe = valued("probe", [], [], f32x4.extractLane(sum, 0));
  return instantiate(engine, assemble({ exports: { probe }, fuses: true }), {})?.probe() === 2 ** -24;
};
