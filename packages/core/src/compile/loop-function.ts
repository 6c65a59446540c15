/** What loops over programs share: a function of its own for the steps, so that the engine replaces it by better code while the loop runs. */

import type { Value } from "../tensor/value.js";
import { local, type Expression, type Local, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import type { ValueType } from "../wasm/value-type.js";
import { loadNumber, storeNumber } from "./access.js";
import { isSmall } from "./analysis.js";
import type { CodeBlock } from "./code-block.js";
import { FunctionWriter } from "./function-writer.js";
import { scalarType, type Lane } from "./lanes.js";
import { bytesOf } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { BufferStorage, LaneStorage, Storage } from "./storage.js";

/** Steps that one call of the function makes: even, so that carries are back where they were. */
export const stepsPerCall = 128;

/** A carry between steps: small ones in variables, others in two buffers that change places. */
export interface Carry {
  readonly aval: Aval;
  /** Where it is between calls, and where the next one is written if it is not in variables. */
  readonly home: BufferStorage;
  readonly other: BufferStorage | undefined;
}

/** A function of its own for the steps of a loop, given what it reads from the function around it. */
export class LoopFunction {
  readonly writer: FunctionWriter;
  /** Pointers of the outer function that the inner one is given. */
  private readonly passed = new Map<Expression<"i32">, Local<"i32">>();

  constructor(private readonly outer: CodeBlock) {
    this.writer = new FunctionWriter(outer.writer.module);
  }

  get parameters(): readonly Local<"i32">[] {
    return [this.writer.base, ...this.passed.values()];
  }

  get operands(): readonly Expression<"i32">[] {
    return [this.outer.writer.base, ...this.passed.keys()];
  }

  /** A buffer of the outer function as the inner one sees it. */
  inside(buffer: BufferStorage): BufferStorage {
    if (buffer.pointer === this.outer.writer.base)
      return { ...buffer, pointer: this.writer.base, piece: undefined };
    const known = this.passed.get(buffer.pointer) ?? local("i32");
    this.passed.set(buffer.pointer, known);
    return { ...buffer, pointer: known, piece: undefined };
  }

  /** Whether a value is kept in variables. */
  keeps(aval: Aval, copies = 1): boolean {
    return isSmall(aval) && this.writer.takeVariables(copies * sizeOfShape(aval.shape));
  }

  /** A constant of the loop: small ones are read once, in front of it. */
  constant(value: Value): { readonly storage: Storage; readonly memory?: BufferStorage } {
    const buffer = this.inside(this.outer.bufferOf(value));
    if (!this.keeps(buffer)) return { storage: buffer };
    return { storage: this.loaded(buffer, this.writer.prologue), memory: buffer };
  }

  /** The elements of a small buffer in variables. */
  loaded(buffer: BufferStorage, statements: Statement[]): LaneStorage {
    const { shape, dtype } = buffer;
    const size = bytesOf(dtype);
    const lanes = Array.from({ length: sizeOfShape(shape) }, (_, place): Lane => {
      const variable = local<ValueType>(scalarType(dtype));
      const number = loadNumber(buffer.pointer, buffer.offset + place * size, dtype);
      statements.push(variable.set(number));
      return { dtype, value: variable };
    });
    return { kind: "lanes", shape, dtype, lanes };
  }

  /** Stores variables. */
  stored(lanes: readonly Lane[], { pointer, offset, dtype }: BufferStorage): readonly Statement[] {
    return lanes.map((lane, place) => storeNumber(pointer, offset + place * bytesOf(dtype), lane));
  }
}

/** Puts the start of a carry where the loop finds it. */
export const carryOf = (block: CodeBlock, loop: LoopFunction, start: Value): Carry => {
  const { shape, dtype } = start;
  const aval = { shape, dtype };
  const home = block.allocate(aval);
  block.copyTo(block.storageOf(start), home);
  return { aval, home, other: loop.keeps(aval, 2) ? undefined : block.allocate(aval) };
};

/** The carry inside of the function. */
export interface RunningCarry {
  readonly storage: Storage;
  /** Where a step writes the next one. */
  readonly target: BufferStorage | undefined;
  /** What a step ends with: the next carry becomes this one. */
  readonly step: (next: () => readonly Lane[]) => {
    readonly read: readonly Statement[];
    readonly write: readonly Statement[];
  };
  /** What a call ends with. */
  readonly end: readonly Statement[];
}

/** A carry inside of the steps: where it is read, where the next one goes, and what each step ends with. */
export const runningCarry = (loop: LoopFunction, { home, other }: Carry): RunningCarry => {
  const inner = loop.inside(home);
  const { prologue } = loop.writer;
  if (other === undefined) {
    const storage = loop.loaded(inner, prologue);
    return {
      storage,
      target: undefined,
      step: (next) => {
        const lanes = next();
        const between = lanes.map(({ value }) => local<ValueType>(value.type));
        return {
          read: lanes.map(({ value }, place) => (between[place] as Local<ValueType>).set(value)),
          write: storage.lanes.map(({ value }, place) =>
            (value as Local<ValueType>).set(between[place] as Expression),
          ),
        };
      },
      end: loop.stored(storage.lanes, inner),
    };
  }
  const [current, next, swapped] = [local("i32"), local("i32"), local("i32")];
  const second = loop.inside(other);
  prologue.push(
    current.set(i32.add(inner.pointer, inner.offset)),
    next.set(i32.add(second.pointer, second.offset)),
  );
  return {
    storage: { ...inner, pointer: current, offset: 0 },
    target: { ...inner, pointer: next, offset: 0 },
    step: () => ({ read: [], write: [swapped.set(current), current.set(next), next.set(swapped)] }),
    end: [],
  };
};
