/** Equations that hold programs, with the outputs that are read, and the inputs that these need. */

import type { Value } from "../tensor/value.js";
import { carriedOutputs, type Loop } from "./carried-outputs.js";
import { keptPerProgram } from "./kept-per-program.js";
import { isProgram, type Pass } from "./nested.js";
import type { Equation, Program } from "./program.js";

/** Which of a list. */
type Mask = readonly boolean[];

/** The same equation for the outputs of a mask: those of `call`, `checkpoint`, `cond`, `scan` and `whileLoop` can be fewer. */
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
    const used = branches.map(readInputs).reduce(either);
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
    const changed = (): unknown => ({
      ...params,
      body: withInputs(body, used),
      constants: count(used.slice(0, constants)),
      carry: count(kept.slice(0, carry)),
    });
    return rebuilt(equation, used, kept, changed, body === params.body);
  }
  if (primitive.name === "whileLoop" && isConditionalLoop(params)) {
    const { constants } = params;
    const condition = withOutputs(params.condition, [true], withoutUnread);
    const asked = readInputs(condition);
    const kept = carriedOutputs({ ...params, carry: read.length }, either(read, asked.slice(constants)));
    const body = withOutputs(params.body, kept, withoutUnread);
    const used = [...either(asked, readInputs(body)).slice(0, constants), ...kept];
    const changed = (): unknown => ({
      ...params,
      condition: withInputs(condition, used),
      body: withInputs(body, used),
      constants: count(used.slice(0, constants)),
    });
    return rebuilt(equation, used, kept, changed, body === params.body && condition === params.condition);
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

const isLoop = (params: unknown): params is Loop =>
  typeof params === "object" &&
  params !== null &&
  "body" in params &&
  isProgram(params.body) &&
  "constants" in params &&
  typeof params.constants === "number" &&
  "carry" in params &&
  typeof params.carry === "number";

interface ConditionalLoop {
  readonly condition: Program;
  readonly body: Program;
  readonly constants: number;
}

const isConditionalLoop = (params: unknown): params is ConditionalLoop =>
  typeof params === "object" &&
  params !== null &&
  "condition" in params &&
  isProgram(params.condition) &&
  "body" in params &&
  isProgram(params.body) &&
  "constants" in params &&
  typeof params.constants === "number";

const count = (mask: Mask): number => mask.filter(Boolean).length;
const either = (a: Mask, b: Mask): Mask => a.map((here, index) => here || b[index] === true);

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
