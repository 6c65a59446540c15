/** Equations that hold programs, with the outputs that are read, and the inputs that these need. */

import type { Value } from "../tensor/value.js";
import { keptPerProgram } from "./kept-per-program.js";
import { isProgram, type Pass } from "./nested.js";
import { isVariableOf, type Equation, type Program } from "./program.js";
import { mayRefuse } from "./refusal.js";

type Mask = readonly boolean[];

/** The same equation for the outputs of a mask: those of `call`, `checkpoint`, `cond` and `scan` can be fewer. */
export const narrowed = (equation: Equation, read: Mask, withoutUnread: Pass): Equation => {
  const { primitive, params } = equation;
  if ((primitive.name === "call" || primitive.name === "checkpoint") && appliesProgram(params)) {
    const program = withOutputs(params.program, read, withoutUnread);
    const used = readInputs(program);
    return rebuilt(
      equation,
      used,
      read,
      () => ({ ...params, program: withInputs(program, used) }),
      program === params.program,
    );
  }
  if (primitive.name === "cond" && hasBranches(params)) {
    const branches = params.branches.map((branch) => withOutputs(branch, read, withoutUnread));
    const used = branches.map(readInputs).reduce((a, b) => a.map((here, index) => here || b[index] === true));
    const same = branches.every((branch, index) => branch === params.branches[index]);
    return rebuilt(
      equation,
      [true, ...used],
      read,
      () => ({ ...params, branches: branches.map((branch) => withInputs(branch, used)) }),
      same,
    );
  }
  if (primitive.name === "scan" && isLoop(params)) {
    const { constants, carry } = params;
    const kept = carriedOutputs(params, read);
    const body = withOutputs(params.body, kept, withoutUnread);
    // What is carried on goes in as well.
    const used = readInputs(body).map((is, index) =>
      index >= constants && index < constants + carry ? kept[index - constants] === true : is,
    );
    const count = (mask: Mask): number => mask.filter(Boolean).length;
    const changed = (): unknown => ({
      ...params,
      body: withInputs(body, used),
      constants: count(used.slice(0, constants)),
      carry: count(kept.slice(0, carry)),
    });
    return rebuilt(equation, used, kept, changed, body === params.body);
  }
  return equation;
};

const appliesProgram = (params: unknown): params is { readonly program: Program } =>
  typeof params === "object" && params !== null && "program" in params && isProgram(params.program);

const hasBranches = (params: unknown): params is { readonly branches: readonly Program[] } =>
  typeof params === "object" &&
  params !== null &&
  "branches" in params &&
  Array.isArray(params.branches) &&
  params.branches.every(isProgram);

interface Loop {
  readonly body: Program;
  readonly constants: number;
  readonly carry: number;
}

const isLoop = (params: unknown): params is Loop =>
  typeof params === "object" &&
  params !== null &&
  "body" in params &&
  isProgram(params.body) &&
  "constants" in params &&
  typeof params.constants === "number" &&
  "carry" in params &&
  typeof params.carry === "number";

const chosen = <A>(list: readonly A[], mask: Mask): readonly A[] =>
  mask.every(Boolean) ? list : list.filter((_, index) => mask[index] === true);

/** Equations that hold one program hold one afterwards. */
const keptNarrow = /* @__PURE__ */ keptPerProgram<Program>();

const withOutputs = (program: Program, mask: Mask, withoutUnread: Pass): Program =>
  keptNarrow(program, `outputs ${mask.join()}`, () => {
    const outputs = chosen(program.outputs, mask);
    return withoutUnread(outputs === program.outputs ? program : { ...program, outputs });
  });

const withInputs = (program: Program, mask: Mask): Program =>
  mask.every(Boolean)
    ? program
    : keptNarrow(program, `inputs ${mask.join()}`, () => ({
        ...program,
        inputs: chosen(program.inputs, mask),
      }));

const rebuilt = (
  equation: Equation,
  inputs: Mask,
  outputs: Mask,
  params: () => unknown,
  same: boolean,
): Equation =>
  same && inputs.every(Boolean) && outputs.every(Boolean)
    ? equation
    : {
        ...equation,
        inputs: chosen(equation.inputs, inputs),
        outputs: chosen(equation.outputs, outputs),
        params: params(),
      };

/** Which inputs an equation or an output reads. */
export const readInputs = (program: Program): Mask => {
  const read = new Set<Value>(program.outputs);
  for (const { inputs } of program.equations) for (const input of inputs) read.add(input);
  return program.inputs.map((input) => read.has(input));
};

/** The outputs of a loop's body that are read outside or, by way of what is carried, by one that is, or by what may refuse. */
const carriedOutputs = ({ body, constants, carry }: Loop, read: Mask): Mask => {
  const kept = [...read];
  const givenBy = new Map(
    body.equations.flatMap((equation) => equation.outputs.map(({ index }) => [index, equation] as const)),
  );
  const carried = new Map(
    body.inputs.slice(constants, constants + carry).map(({ index }, place) => [index, place]),
  );
  const seen = new Set<Equation>(body.equations.filter(mayRefuse));
  const open: Value[] = [...chosen(body.outputs, read), ...[...seen].flatMap(({ inputs }) => inputs)];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!isVariableOf(body, value)) continue;
    const place = carried.get(value.index);
    const output = place === undefined ? undefined : body.outputs[place];
    if (place !== undefined && output !== undefined && kept[place] !== true) {
      kept[place] = true;
      open.push(output);
    }
    const equation = givenBy.get(value.index);
    if (equation === undefined || seen.has(equation)) continue;
    seen.add(equation);
    open.push(...equation.inputs);
  }
  return kept;
};
