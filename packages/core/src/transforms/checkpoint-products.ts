/** The products that a checkpoint remembers: a program that gives their results too, and one that takes them. */

import { contractPrimitive } from "../primitives/contract.js";
import { convolutionPrimitive } from "../primitives/convolution.js";
import { fill } from "../primitives/define.js";
import type { Primitive } from "../program/primitive.js";
import type { Equation, Program } from "../program/program.js";
import { Variable } from "../program/variable.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { callPrimitive, type CallParams } from "./call.js";
import type { CondParams } from "./cond-batch.js";
import { condPrimitive } from "./cond-primitive.js";
import { hoistInvariants } from "./hoist-invariants.js";
import { scanPrimitive, type ScanParams } from "./scan-primitive.js";

export interface Products {
  /** The program, whose further outputs are the results of its products. */
  readonly giving: Program;
  /** The program without its products, whose results are further inputs. */
  readonly taking: Program;
  /** These results, which are variables of both programs. */
  readonly results: readonly Variable[];
}

/** An equation that holds programs, as params of one that gives the results of their products too, and of one that takes them. */
interface Held {
  readonly giving: unknown;
  readonly taking: unknown;
  readonly results: readonly Aval[];
}

/**
 * A program and the results of its matrix products and convolutions: also of programs that it applies, of each step of `scan`, and of the
 * branch that `cond` takes. A `whileLoop`, of which nobody knows how many steps it has, is computed again.
 */
export const productsOf = (program: Program): Products => productsIn(hoistInvariants(program));

const productsIn = (program: Program): Products => {
  let { variables } = program;
  const results: Variable[] = [];
  const giving: Equation[] = [];
  const taking: Equation[] = [];
  for (const equation of program.equations) {
    const { primitive, inputs, outputs, params } = equation;
    if (primitive === contractPrimitive || primitive === convolutionPrimitive) {
      giving.push(equation);
      results.push(...outputs);
      continue;
    }
    const held = heldBy(primitive, params);
    if (held === undefined || held.results.length === 0) {
      giving.push(equation);
      taking.push(equation);
      continue;
    }
    const given = held.results.map(
      ({ shape, dtype }) => new Variable(program.owner, shape, dtype, variables++, primitive.name),
    );
    giving.push({ ...equation, params: held.giving, outputs: [...outputs, ...given] });
    taking.push({ ...equation, params: held.taking, inputs: [...inputs, ...given] });
    results.push(...given);
  }
  return {
    giving: { ...program, equations: giving, outputs: [...program.outputs, ...results], variables },
    taking: { ...program, equations: taking, inputs: [...program.inputs, ...results], variables },
    results,
  };
};

// The params of an equation are of the type of its primitive's.
const heldBy = (primitive: Primitive, params: unknown): Held | undefined => {
  if (primitive === callPrimitive) return heldByCall(params as CallParams);
  if (primitive === scanPrimitive) return heldByScan(params as ScanParams);
  return primitive === condPrimitive ? heldByCond(params as CondParams) : undefined;
};

const heldByCall = (params: CallParams): Held => {
  const { giving, taking, results } = productsIn(params.program);
  return { giving: { ...params, program: giving }, taking: { ...params, program: taking }, results };
};

/** Those of all steps, stacked. */
const heldByScan = (params: ScanParams): Held => {
  const { giving, taking, results } = productsIn(params.body);
  return {
    giving: { ...params, body: giving },
    taking: { ...params, body: taking },
    results: results.map(({ shape, dtype }) => ({ shape: [params.length, ...shape], dtype })),
  };
};

/** Every branch gives those of all, zeros in the places of the others. */
const heldByCond = (params: CondParams): Held => {
  const all = params.branches.map(productsIn);
  const results = all.map((branch) => branch.results);
  const givingOf = ({ giving, results: own }: Products, place: number): Program => ({
    ...giving,
    outputs: [
      ...giving.outputs.slice(0, giving.outputs.length - own.length),
      ...results.flatMap<Value>((list, branch) =>
        branch === place ? own : list.map((aval) => fill(0, aval)),
      ),
    ],
  });
  const takingOf = ({ taking, results: own }: Products, place: number): Program => {
    let { variables } = taking;
    const unread = ({ shape, dtype }: Aval): Variable =>
      new Variable(taking.owner, shape, dtype, variables++, "cond");
    const inputs = [
      ...taking.inputs.slice(0, taking.inputs.length - own.length),
      ...results.flatMap((list, branch) => (branch === place ? own : list.map(unread))),
    ];
    return { ...taking, inputs, variables };
  };
  return {
    giving: { ...params, branches: all.map(givingOf) },
    taking: { ...params, branches: all.map(takingOf) },
    results: results.flat(),
  };
};
