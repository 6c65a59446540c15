/** The pass that puts the equations of applied programs in the place of what applies them. */

import { insideEquations, type Pass } from "../program/nested.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { Variable } from "../program/variable.js";
import type { Value } from "../tensor/value.js";
import { callPrimitive, type CallParams } from "../transforms/call.js";
import { checkpointPrimitive } from "../transforms/checkpoint.js";
import { customJvpPrimitive } from "../transforms/custom-jvp.js";
import { customVjpPrimitive } from "../transforms/custom-vjp.js";
import type { Primitive } from "../program/primitive.js";

/** What applies a program once and adds nothing when it runs: their derivatives are settled by then. */
const applying: ReadonlySet<Primitive> = /* @__PURE__ */ new Set([
  callPrimitive,
  checkpointPrimitive,
  customJvpPrimitive,
  customVjpPrimitive,
] as Primitive[]);

/** The same program without applications of programs, also in the bodies of loops and in branches. Those that compute apart stay. */
export const inlineCalls: Pass = (program) => inlining(program, ({ apart }) => apart !== true);

/** The same for all of them: after the passes that would merge what is computed apart. */
export const inlineAllCalls: Pass = (program) => inlining(program, () => true);

const inlining = (whole: Program, isInlined: (params: Partial<CallParams>) => boolean): Program => {
  // A program that two equations hold is one afterwards too.
  const known = new Map<Program, Program>();
  const pass: Pass = (program) => {
    const found = known.get(program) ?? flat(insideEquations(program, pass), isInlined);
    known.set(program, found);
    return found;
  };
  return pass(whole);
};

const flat = (program: Program, isInlined: (params: Partial<CallParams>) => boolean): Program => {
  const isCall = ({ primitive, params }: Equation): boolean =>
    applying.has(primitive) && isInlined(params as Partial<CallParams>); // each has a program
  if (!program.equations.some(isCall)) return program;
  const replaced = new Map<number, Value>();
  const read = (value: Value): Value =>
    isVariableOf(program, value) ? (replaced.get(value.index) ?? value) : value;
  const equations: Equation[] = [];
  let variables = program.variables;
  for (const equation of program.equations) {
    const inputs = equation.inputs.map(read);
    if (!isCall(equation)) {
      equations.push({ ...equation, inputs });
      continue;
    }
    const inner = (equation.params as CallParams).program; // which is flat itself
    const names = new Map<number, Value>(
      inner.inputs.map(({ index }, place) => [index, inputs[place] as Value]), // one each
    );
    const rename = (value: Value): Value =>
      isVariableOf(inner, value) ? (names.get(value.index) ?? value) : value;
    for (const step of inner.equations) {
      const operands = step.inputs.map(rename);
      const outputs = step.outputs.map(({ shape, dtype, index }) => {
        const variable = new Variable(program.owner, shape, dtype, variables++, step.primitive.name);
        names.set(index, variable);
        return variable;
      });
      equations.push({ ...step, inputs: operands, outputs });
    }
    equation.outputs.forEach(({ index }, place) =>
      replaced.set(index, rename(inner.outputs[place] as Value)),
    );
  }
  return { ...program, equations, outputs: program.outputs.map(read), variables };
};
