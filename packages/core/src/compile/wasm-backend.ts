/** Programs as WebAssembly: optimised, compiled once, and run in the memory of all. Where that is refused, the reference runs the same program. */

import type { Backend, Explanation } from "../program/backend.js";
import { isVariableOf, type Program } from "../program/program.js";
import { programToString } from "../program/print.js";
import type { Variable } from "../program/variable.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { storageOf } from "../tensor/unread.js";
import type { Value } from "../tensor/value.js";
import { evaluateProgram } from "../transforms/call.js";
import { optimise } from "../transforms/optimise.js";
import { hostEngine, once, type Engine } from "../wasm/engine.js";
import type { Compile, CompiledProgram } from "./compiled-program.js";
import { compileProgram } from "./compile-program.js";
import { Executable } from "./executable.js";
import { inlineAllCalls, inlineCalls } from "./inline-calls.js";
import { showModule } from "./show-module.js";
import { Runtime, type RuntimeLimits } from "./runtime.js";

/** What is made of a program. */
interface Made {
  /** After all passes. */
  readonly program: Program;
  /** The part that is compiled: the inputs that its equations read, and what they give, each once. */
  readonly core: Program;
  /** For each input of the core, which input of the program it is. */
  readonly read: readonly number[];
  /** For each output, which output of the core it is, or which input, or a constant. */
  readonly outputs: readonly OutputSource[];
  readonly compiled: CompiledProgram | undefined;
  readonly executable: Executable | undefined;
}

type OutputSource =
  | { readonly kind: "computed" | "input"; readonly place: number }
  | { readonly kind: "constant"; readonly value: Value };

/** The engine's own, unless a host has none. */
export const wasmBackend = ({
  name = "wasm",
  compile = compileProgram,
  engine = hostEngine(),
  ...limits
}: {
  readonly name?: string;
  readonly compile?: Compile;
  readonly engine?: Engine | undefined;
} & RuntimeLimits = {}): Backend => {
  /** A declared cache, weak in the program. */
  const known = new WeakMap<Program, Made>();
  const runtime = once(() => {
    try {
      return engine === undefined ? undefined : new Runtime(engine, limits);
    } catch {
      return undefined; // no memory at all
    }
  });
  const madeOf = (program: Program): Made => {
    const found = known.get(program);
    if (found !== undefined) return found;
    const optimised = inlineAllCalls(optimise(inlineCalls(program)));
    const parts = partsOf(optimised);
    const compiled =
      parts.core.equations.length === 0 || runtime() === undefined ? undefined : compile(parts.core);
    const made = { program: optimised, ...parts, compiled, executable: executableOf(runtime(), compiled) };
    known.set(program, made);
    return made;
  };
  return {
    name,
    run: (program, inputs, donated) => {
      const { core, read, outputs, executable } = madeOf(program);
      const chosen =
        read.length === inputs.length ? inputs : read.map((place) => inputs[place] as ArrayTensor); // inputs of the program
      const mask = donated === undefined ? undefined : freeOf(madeOf(program), inputs, donated);
      // The reference says what is wrong where a check failed.
      const computed = executable?.run(chosen, mask) ?? evaluateProgram(core, chosen);
      return outputs.map((source) =>
        source.kind === "constant"
          ? (source.value as ArrayTensor) // a program that runs has no other constants
          : ((source.kind === "input" ? inputs : computed)[source.place] as ArrayTensor),
      );
    },
    explain: (program): Explanation => {
      const { program: optimised, compiled, executable } = madeOf(program);
      return {
        program: programToString(optimised),
        plan: compiled?.explain() ?? "",
        module:
          compiled === undefined
            ? ""
            : `${showModule(compiled.wasm)}${executable === undefined ? "\n  refused by the engine: the reference runs the program" : ""}`,
      };
    },
  };
};

/** Which inputs of the core are donated, and no output beside. */
const freeOf = (
  { read, outputs }: Made,
  inputs: readonly ArrayTensor[],
  donated: readonly boolean[],
): readonly boolean[] => {
  const handedOn = new Set(
    outputs.flatMap((source) =>
      source.kind === "input" ? [storageOf(inputs[source.place] as ArrayTensor)] : [],
    ),
  );
  return read.map(
    (place) => donated[place] === true && !handedOn.has(storageOf(inputs[place] as ArrayTensor)), // inputs of the program
  );
};

/** The module, compiled by the engine; nothing where it does not know its instructions or is forbidden to compile. */
const executableOf = (
  runtime: Runtime | undefined,
  compiled: CompiledProgram | undefined,
): Executable | undefined => {
  if (runtime === undefined || compiled === undefined) return undefined;
  try {
    return new Executable(runtime, new runtime.engine.Module(compiled.wasm), compiled);
  } catch {
    return undefined;
  }
};

const partsOf = (program: Program): Pick<Made, "core" | "read" | "outputs"> => {
  const used = new Set<Value>(program.equations.flatMap(({ inputs }) => inputs));
  const read = program.inputs.flatMap((input, place) => (used.has(input) ? [place] : []));
  const inputPlaces = new Map<number, number>(program.inputs.map(({ index }, place) => [index, place]));
  const computed: Variable[] = [];
  const outputs = program.outputs.map((value): OutputSource => {
    if (!isVariableOf(program, value)) return { kind: "constant", value };
    const input = inputPlaces.get(value.index);
    if (input !== undefined) return { kind: "input", place: input };
    if (!computed.includes(value)) computed.push(value);
    return { kind: "computed", place: computed.indexOf(value) };
  });
  return {
    core: {
      ...program,
      inputs: program.inputs.filter((input) => used.has(input)),
      outputs: computed,
    },
    read,
    outputs,
  };
};
