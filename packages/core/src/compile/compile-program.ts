/** A program becomes a module. */

import { programsIn } from "../program/nested.js";
import type { Program } from "../program/program.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { fusesMultiplyAdd, hostEngine, once } from "../wasm/engine.js";
import { valued } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import { proceduresFor } from "../wasm/matrix-product/procedures.js";
import { assemble } from "../wasm/module.js";
import { BlockWriter } from "./block.js";
import type { Compile, HostFunctions } from "./compiled-program.js";
import { FunctionWriter, type ModuleParts } from "./function-writer.js";
import { hostModule } from "./lanes.js";
import { onlyElement } from "./only-element.js";
import { planText } from "./plan-text.js";
import { Scratch, type BufferStorage } from "./storage.js";
import { workOf } from "./work.js";

/** A module's code is at most this long. */
const mostBytes = 2 ** 24;

const engineFuses = /* @__PURE__ */ once(() => {
  const engine = hostEngine();
  return engine !== undefined && fusesMultiplyAdd(engine);
});

/** The module of a program, with what it needs from the host; nothing where the program is too large for one. */
export const compileProgram: Compile = (program) => moduleOf(program, engineFuses());

/** The same for every engine: without the relaxed multiply-add, so that all round alike. */
export const compilePortably: Compile = (program) => moduleOf(program, false);

/** Loops count up to here, as signed numbers. */
const mostSteps = 2 ** 31;

const moduleOf = (program: Program, fuses: boolean): ReturnType<Compile> => {
  if (hasLongAxis(program)) return undefined;
  const constants = constantsOf(program);
  const first = program.inputs.length;
  const places = first + constants.length + program.outputs.length;
  const status = 4 * places;
  const module: ModuleParts = {
    numbers: new Map(),
    kernels: new Map(),
    scratch: new Scratch(status + 4),
    constants: new Map(constants.map((constant, place) => [constant, first + place])),
    status,
    functions: 0,
    plan: [],
    procedures: proceduresFor(fuses),
  };
  const writer = new FunctionWriter(module);
  const buffer = ({ shape, dtype }: Aval, place: number): BufferStorage => ({
    kind: "buffer",
    shape,
    dtype,
    pointer: writer.pointer(place),
    offset: 0,
    piece: undefined,
  });
  const block = new BlockWriter(
    program,
    writer,
    program.inputs.map((input, place) => buffer(input, place)),
    program.outputs.map((output, place) => buffer(output, first + constants.length + place)),
  );
  block.write();
  const code = [i32.store(writer.base, 0, status), ...writer.prologue, ...block.statements];
  const run = valued("run", [writer.base], code, i32.load(writer.base, status));
  const { bytes } = assemble({
    memory: { from: hostModule, name: "memory", pages: 1 },
    exports: { run },
    fuses,
  });
  if (bytes.length > mostBytes) return undefined;
  return {
    wasm: bytes,
    hostFunctions: (memory) => ({
      // Their parameters and results are numbers, as the module declares them.
      ...Object.fromEntries([...module.numbers].map(([name, { kernel }]) => [name, kernel])),
      ...(Object.fromEntries(
        [...module.kernels].map(([name, kernel]) => [name, kernel(memory)]),
      ) as HostFunctions),
    }),
    scratchBytes: module.scratch.bytes,
    inputs: program.inputs.map(avalOf),
    constants,
    outputs: program.outputs.map(avalOf),
    // What calls the host is not cheap.
    work: module.numbers.size + module.kernels.size === 0 ? workOf(program) : Infinity,
    explain: () => planText(module.plan, module.scratch.bytes),
  };
};

const hasLongAxis = ({ inputs, equations }: Program): boolean =>
  inputs.some(isLong) ||
  equations.some(({ outputs, params }) => outputs.some(isLong) || programsIn(params).some(hasLongAxis));

const isLong = ({ shape }: Aval): boolean => shape.some((length) => length >= mostSteps);

const avalOf = ({ shape, dtype }: Value): Aval => ({ shape, dtype });

/** The constants of a program, and of those inside, that are more than one number. */
const constantsOf = (program: Program): readonly ArrayTensor[] => {
  const found = new Set<ArrayTensor>();
  const visit = (value: Value): void => {
    if (value instanceof ArrayTensor && sizeOfShape(value.shape) > 1 && onlyElement(value) === undefined)
      found.add(value);
  };
  const search = ({ equations, outputs }: Program): void => {
    outputs.forEach(visit);
    for (const { inputs, params } of equations) {
      inputs.forEach(visit);
      programsIn(params).forEach(search);
    }
  };
  search(program);
  return [...found];
};
