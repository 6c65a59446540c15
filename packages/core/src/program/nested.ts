/** The programs that an equation holds in its params: bodies of loops, branches, what `call` applies. */

import type { Equation, Program } from "./program.js";

/** A pass: gives a program that computes the same, the very program where it finds nothing to do. */
export type Pass = (program: Program) => Program;

/** Whether a parameter is a program. */
export const isProgram = (value: unknown): value is Program =>
  typeof value === "object" && value !== null && "equations" in value && "owner" in value;

/** The programs among params, and in lists there. */
export const programsIn = (params: unknown): readonly Program[] => {
  const found: Program[] = [];
  for (const param of entriesOf(params)) {
    if (isProgram(param)) found.push(param);
    else if (Array.isArray(param)) found.push(...param.filter(isProgram));
  }
  return found;
};

/** Params are plain records. */
const entriesOf = (params: unknown): readonly unknown[] =>
  Object.values(params as Readonly<Record<string, unknown>>);

/** The same program with each program that its equations hold changed. */
export const insideEquations = (program: Program, change: Pass): Program => {
  const equations = program.equations.map((equation): Equation =>
    programsIn(equation.params).every((held) => change(held) === held)
      ? equation
      : { ...equation, params: withPrograms(equation.params, change) },
  );
  return equations.every((equation, place) => equation === program.equations[place])
    ? program
    : { ...program, equations };
};

const withPrograms = (params: unknown, change: Pass): unknown => {
  const changeOne = (param: unknown): unknown =>
    isProgram(param)
      ? change(param)
      : Array.isArray(param) && param.some(isProgram)
        ? param.map(changeOne)
        : param;
  return Object.fromEntries(Object.entries(params as object).map(([key, param]) => [key, changeOne(param)]));
};
