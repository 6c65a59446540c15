/** The traces of one jitted function: found by the kind of a call's arguments, bounded, each with the reason why it was made. */

import { tensorError } from "../errors/tensor-error.js";
import type { Place } from "../program/backend.js";
import type { Program } from "../program/program.js";
import type { Value } from "../tensor/value.js";
import { matchArguments, type ArgumentsKey } from "./match-arguments.js";
import type { TreeBuilder } from "./tree-builder.js";

/** What a function was for one kind of arguments. */
export interface Trace {
  readonly key: ArgumentsKey;
  readonly program: Program;
  /** Closes the tree of its result. */
  readonly close: TreeBuilder;
  /** Which tensors are donated; undefined where none is. */
  readonly donated: readonly boolean[] | undefined;
}

/** A trace, and the tensors of the arguments that it was found for. */
export interface Found {
  readonly trace: Trace;
  readonly tensors: readonly Value[];
}

/** The most traces that a function keeps; the one used longest ago goes first. */
export const mostTraces = 64;
/** The most dropped traces of which it is known what they were for. */
const mostDropped = 256;
/** The most reasons: a function that is traced at every call has many. */
const mostReasons = 1024;

/** The traces of one jitted function, found by the arguments of a call. */
export class Traces {
  /** The one used last first. */
  readonly kept: Trace[] = [];
  /** What the traces were for that were dropped last. */
  private readonly dropped: ArgumentsKey[] = [];
  /** Why the latest traces were made. */
  readonly history: string[] = [];

  constructor(
    /** What the user called the function. */
    readonly label: string,
    readonly place: Place,
    /** Traces the function for arguments that no trace is for. */
    readonly traceFor: (args: readonly unknown[]) => Found & { readonly captured: readonly Value[] },
  ) {}

  find(args: readonly unknown[]): Found | undefined {
    for (let place = 0; place < this.kept.length; place++) {
      const trace = this.kept[place];
      const tensors = trace === undefined ? undefined : matchArguments(trace.key, args);
      if (trace === undefined || tensors === undefined) continue;
      if (place > 0) this.kept.unshift(...this.kept.splice(place, 1));
      return { trace, tensors };
    }
    return undefined;
  }

  note(reason: string): void {
    this.history.push(reason);
    if (this.history.length > mostReasons) this.history.shift();
  }

  keep(trace: Trace): void {
    this.kept.unshift(trace);
    if (this.kept.length > mostTraces) this.drop();
  }

  /** Whether there was a trace for the arguments of a call, as far as is remembered. */
  wasDropped(args: readonly unknown[]): boolean {
    return this.dropped.some((key) => matchArguments(key, args) !== undefined);
  }

  private drop(): void {
    const key = this.kept.pop()?.key;
    // A function, and what it closes over, is not kept alive for the sake of a message.
    if (key === undefined || key.statics.some(([, value]) => typeof value === "function")) return;
    this.dropped.push(key);
    if (this.dropped.length > mostDropped) this.dropped.shift();
  }
}

/** Weak in the jitted function: a declared cache. */
const known = /* @__PURE__ */ new WeakMap<object, Traces>();

/** Remembers the traces of a jitted function, for those who explain it. */
export const keepTraces = (jitted: object, traces: Traces): void => void known.set(jitted, traces);

/** @throws TensorError when a function was not made by jit. */
export const tracesOf = (operation: string, jitted: object): Traces => {
  const traces = known.get(jitted);
  if (traces !== undefined) return traces;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "the function was not made by jit",
    fix: "give what jit returned",
  });
};
