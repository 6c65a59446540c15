/** Addresses inside of loops: accesses with the same buffer and steps share a pointer, and differ in constant offsets. */

import type { Affine } from "../program/lowering.js";
import { bytesOf } from "../tensor/dtype.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import type { Nest } from "./loop-axes.js";
import type { BufferStorage, Strided } from "./storage.js";

/** The pointers of the accesses of a nest of loops, and how they move from step to step. */
export class Pointers {
  constructor(
    private readonly nest: Nest,
    private readonly accesses: readonly Strided[],
  ) {}

  private readonly names = new Map<BufferStorage, number>();

  private keyOf(buffer: BufferStorage, { start, steps }: Affine): string {
    const name = this.names.get(buffer) ?? this.names.size;
    this.names.set(buffer, name);
    const goesBack = steps.some((step) => step < 0);
    return `${name} ${this.nest.levels.map(({ source }) => steps[source] ?? 0).join(",")}${goesBack ? ` from ${start}` : ""}`;
  }

  /** An address and a constant offset to it, where an access begins. */
  addressOf(
    buffer: BufferStorage,
    at: Affine,
    pointers: ReadonlyMap<string, Expression<"i32">>,
  ): { readonly address: Expression<"i32">; readonly offset: number } {
    const address = pointers.get(this.keyOf(buffer, at)) ?? buffer.pointer;
    const goesBack = at.steps.some((step) => step < 0);
    return { address, offset: goesBack ? 0 : buffer.offset + at.start * bytesOf(buffer.dtype) };
  }

  /** Before all loops. */
  first(): ReadonlyMap<string, Expression<"i32">> {
    const pointers = new Map<string, Expression<"i32">>();
    for (const { buffer, at } of this.accesses) {
      const goesBack = at.steps.some((step) => step < 0);
      const bytes = buffer.offset + at.start * bytesOf(buffer.dtype);
      pointers.set(this.keyOf(buffer, at), goesBack ? i32.add(buffer.pointer, bytes) : buffer.pointer);
    }
    return pointers;
  }

  /** Inside of a loop more. */
  moved(
    level: number,
    before: ReadonlyMap<string, Expression<"i32">>,
    counter: Expression<"i32">,
  ): {
    readonly statements: readonly Statement[];
    readonly pointers: ReadonlyMap<string, Expression<"i32">>;
  } {
    const { levels, vector } = this.nest;
    const { source } = levels[level] as Nest["levels"][number];
    const pointers = new Map(before);
    const statements: Statement[] = [];
    const done = new Set<string>();
    for (const { buffer, at } of this.accesses) {
      const key = this.keyOf(buffer, at);
      const step = at.steps[source] ?? 0;
      if (step === 0 || done.has(key)) continue;
      done.add(key);
      const size = bytesOf(buffer.dtype);
      const index = level === vector && size !== 4 ? i32.shrU(counter, 2) : counter;
      const factor = level === vector && size === 4 ? step : step * size;
      const distance = factor === 1 ? index : i32.mul(index, factor);
      const pointer = local("i32");
      statements.push(pointer.set(i32.add(before.get(key) ?? buffer.pointer, distance)));
      pointers.set(key, pointer);
    }
    return { statements, pointers };
  }
}
