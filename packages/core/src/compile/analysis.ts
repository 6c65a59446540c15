/** Which values of a program are stored, which are computed where they are read, and which live in variables. */

import type { ContractParams } from "../primitives/contract.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { reshapedIndex } from "./reshaped.js";
import { isSlices, rowNumber } from "./row-number.js";

/** How an equation is written: element by element in variables, in loops, or by code of its own. */
export type Way = "lanes" | "loops" | "structure";

/** What is decided about the equations of a program and their values. */
export interface Analysis {
  readonly ways: ReadonlyMap<Equation, Way>;
  /** By the index of a variable. */
  readonly stored: ReadonlySet<number>;
  readonly givers: ReadonlyMap<number, Equation>;
  /** About how many variables small values take. */
  readonly variables: number;
}

/** Values up to this size live in variables. */
export const smallSize = 16;
/** Products up to this many multiplications are loops like others. */
const loopProduct = 4096;
/** What costs more than this and is read twice, is stored. */
const cheap = 6;
const mostInlined = 120;

const sizeOf = ({ shape }: Aval): number => sizeOfShape(shape);
/** Whether the elements of a value may live in variables. */
export const isSmall = (aval: Aval): boolean => sizeOf(aval) <= smallSize;

/** The number of multiplications of a contraction. */
const productSize = ({ inputs, outputs, params }: Equation): number => {
  const { contracted } = params as ContractParams; // of a contraction
  const depth = contracted[0].reduce((product, axis) => product * (inputs[0]?.shape[axis] ?? 1), 1);
  return sizeOf(outputs[0] as Aval) * depth;
};

const inLoops: ReadonlySet<string> = new Set([
  "elementwise",
  "stencil",
  "view",
  "reshape",
  "iota",
  "reduce",
  "parts",
]);

const isLane = (equation: Equation): boolean => {
  const { primitive, inputs, outputs } = equation;
  const { kind } = primitive.lower;
  if (![...inputs, ...outputs].every(isSmall)) return false;
  if (kind === "contract") return productSize(equation) <= 4 * smallSize;
  return inLoops.has(kind);
};

/** About how many variables an equation takes that is written element by element. */
const variablesOf = (equation: Equation): number => {
  const { primitive, inputs, outputs } = equation;
  const size = sizeOf(outputs[0] as Aval); // it gives one value
  switch (primitive.lower.kind) {
    case "contract":
      return 2 * productSize(equation);
    case "reduce":
      return sizeOf(inputs[0] as Aval);
    case "elementwise":
    case "stencil":
      return size * Math.max(1, ownCost(equation) / 3);
    default:
      return 0; // moves elements
  }
};

const wayOf = (equation: Equation, lanes: boolean): Way => {
  const { kind } = equation.primitive.lower;
  if (lanes && isLane(equation)) return "lanes";
  if (inLoops.has(kind)) return "loops";
  return kind === "contract" && productSize(equation) <= loopProduct ? "loops" : "structure";
};

/** Elementwise functions that are no single instruction. */
const cheapNames = /* @__PURE__ */ new Set(
  /* @__PURE__ */ "add sub mul neg abs max min maximum minimum less lessEqual greater greaterEqual equal notEqual select convert square floor ceil trunc round logicalAnd logicalOr logicalNot logicalXor bitwiseAnd bitwiseOr bitwiseXor shiftLeft shiftRight stopGradient sign".split(
    " ",
  ),
);

const ownCost = ({ primitive }: Equation): number => {
  if (primitive.lower.kind === "stencil") return primitive.lower.cost;
  if (primitive.lower.kind !== "elementwise") return 0;
  return elementwiseCost(primitive.name);
};

/** About how much an elementwise primitive computes for each element, beside 1 for an addition. */
export const elementwiseCost = (name: string): number =>
  cheapNames.has(name) ? 1 : name === "div" || name === "sqrt" ? 3 : 12;

/** Rows are computed where they are gathered, if that is less work than all of them, and where they are added. */
const isComputedWhereRead = ({ primitive, inputs, outputs }: Equation, place: number): boolean => {
  const { kind } = primitive.lower;
  if (kind === "scatterAdd") return place !== 1;
  return kind === "gather" && place === 0 && sizeOf(outputs[0] as Aval) <= sizeOf(inputs[0] as Aval);
};

/** How many elements of an operand are read for one of the result. */
const timesRead = ({ primitive, inputs, params, outputs }: Equation, place: number): number => {
  const { lower } = primitive;
  if (lower.kind !== "stencil") return lower.kind === "view" ? 1 : 0;
  const reads = lower.reads(inputs, params, outputs[0] as Aval);
  return reads.filter((reading) => "operand" in reading && reading.operand === place).length;
};

const alwaysStored: ReadonlySet<string> = new Set(["reduce", "contract", "parts"]);

/**
 * How each equation of a program is written, and which values must be stored. Where small values would take more variables than there is
 * room for, they are stored like others: code in variables is longer, and what the engine's compiler does with it grows with their number.
 */
export const analyse = (program: Program, room: number): Analysis => {
  const small = program.equations.filter(isLane);
  const wanted = small.reduce((sum, equation) => sum + variablesOf(equation), 0);
  const lanesAllowed = wanted <= room;
  const ways = new Map<Equation, Way>();
  const givers = new Map<number, Equation>();
  const uses = new Map<number, number>();
  const stored = new Set<number>();
  const indexOf = (value: Value): number => (isVariableOf(program, value) ? value.index : -1);
  const force = (value: Value): void => {
    if (isVariableOf(program, value)) stored.add(value.index);
  };
  for (const equation of program.equations) {
    ways.set(equation, wayOf(equation, lanesAllowed));
    for (const output of equation.outputs) givers.set(output.index, equation);
    for (const input of equation.inputs) uses.set(indexOf(input), (uses.get(indexOf(input)) ?? 0) + 1);
  }
  program.outputs.forEach(force);
  for (const equation of program.equations) {
    const way = ways.get(equation);
    const { lower } = equation.primitive;
    if (way !== "loops" || alwaysStored.has(lower.kind)) equation.outputs.forEach(force);
    if (way === "structure") {
      equation.inputs.forEach((input, place) => {
        const isCounted =
          lower.kind === "scan" &&
          isSlices(equation, place) &&
          rowNumber(program, givers, input) !== undefined;
        if (!isCounted && !isComputedWhereRead(equation, place))
          force(throughViews(program, givers, input, ["contract", "convolve"].includes(lower.kind)));
      });
    }
    if (way === "lanes") equation.inputs.forEach(force);
    const [input] = equation.inputs;
    if (way === "loops" && lower.kind === "reshape" && input !== undefined) {
      if (reshapedIndex(input.shape, equation.outputs[0]?.shape ?? []) === undefined) force(input);
    }
  }
  const costs = new Map<number, number>();
  const costOf = (value: Value): number => costs.get(indexOf(value)) ?? 0;
  for (const equation of program.equations) {
    const [output] = equation.outputs;
    if (output === undefined) continue;
    // What is expensive is not computed again for each place that it is repeated to.
    equation.inputs.forEach((input, place) => {
      if (costOf(input) > cheap && timesRead(equation, place) * sizeOf(output) > sizeOf(input)) {
        force(input);
        costs.set(indexOf(input), 0);
      }
    });
    if (stored.has(output.index)) continue;
    const cost = equation.inputs.reduce((sum, each) => sum + costOf(each), ownCost(equation));
    if (cost > mostInlined || (cost > cheap && (uses.get(output.index) ?? 0) > 1)) stored.add(output.index);
    else costs.set(output.index, cost);
  }
  return { ways, stored, givers, variables: lanesAllowed ? wanted : 0 };
};

/** What has to be in memory for an operand: a contraction or a convolution reads through views. */
const throughViews = (
  program: Program,
  givers: ReadonlyMap<number, Equation>,
  value: Value,
  reads: boolean,
): Value => {
  let current = value;
  while (reads && isVariableOf(program, current)) {
    const giver = givers.get(current.index);
    const [input] = giver?.inputs ?? [];
    if (giver?.primitive.lower.kind !== "view" || input === undefined) break;
    current = input;
  }
  return current;
};
