/** Steps of random programs that hold programs: calls, choices, loops, rules of the user's. */

import { negative, plus } from "../../primitives/additive.js";
import { equal, less, logicalAnd } from "../../primitives/comparison.js";
import { convertTo } from "../../primitives/convert.js";
import { fill } from "../../primitives/define.js";
import { reduceAll } from "../../primitives/reductions.js";
import type { Program } from "../../program/program.js";
import { isFloating } from "../../tensor/dtype.js";
import { sameAval, type Aval } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import { bind } from "../../trace/interpreter.js";
import { asTensor } from "../../trace/operands.js";
import { call } from "../../transforms/call.js";
import { checkpointPrimitive } from "../../transforms/checkpoint.js";
import { condPrimitive } from "../../transforms/cond-primitive.js";
import { customJvpPrimitive } from "../../transforms/custom-jvp.js";
import { customVjpPrimitive } from "../../transforms/custom-vjp.js";
import { runProgram } from "../../transforms/run-program.js";
import { scanPrimitive } from "../../transforms/scan-primitive.js";
import { whilePrimitive } from "../../transforms/while-loop.js";
import { grown, recorded, type Limits } from "./grown-programs.js";
import { pick, type Step } from "./step.js";

/** A step with those of the program that it holds. */
export interface OuterStep extends Step {
  readonly inner: readonly Step[];
}

/** Two values so far, and what programs over them are made with. */
interface Holding {
  readonly step: OuterStep;
  readonly values: readonly Value[];
  readonly a: Value;
  readonly b: Value;
  readonly body: (
    avals: readonly Aval[],
    outputs: (all: readonly Value[], inputs: readonly Value[]) => readonly Value[],
  ) => Program;
}

type Hold = (holding: Holding) => readonly Value[] | undefined;

/** The latest value that can stand in the place of another. */
const next = (all: readonly Value[], like: Value, place = 0): Value =>
  pick(all, place, (one) => sameAval(one, like)) ?? like;

/** The last two values of a program over two. */
const applied = ({ body, a, b }: Holding): Program => body([a, b], (all) => all.slice(-2));

const called: Hold = (holding) => call("inner", applied(holding), [holding.a, holding.b]);

const checkpointed: Hold = (holding) =>
  bind(checkpointPrimitive, [holding.a, holding.b], {
    label: "inner",
    program: applied(holding),
    policy: holding.step.amount % 2 === 0 ? "nothing" : "contractions",
  });

const chosen: Hold = ({ step, values, a, b, body }) => {
  const index = pick(values, step.picks[2], ({ dtype, shape }) => dtype === "bool" && shape.length === 0);
  if (index === undefined) return undefined;
  const branches = [
    body([a, b], (all) => [next(all, a), next(all, b)]),
    body([a, b], (all, [x, y]) => [next(all, a, 1), y ?? x ?? a]),
  ];
  return bind(condPrimitive, [convertTo(index, "int32"), a, b], { branches });
};

/** Two carries, one of which may never change. */
const scanned: Hold = ({ step, values, a, b, body }) => {
  const xs = pick(values, step.picks[2], ({ shape }) => shape.length > 0);
  if (xs === undefined) return undefined;
  const slice = { shape: xs.shape.slice(1), dtype: xs.dtype };
  const loop = body([a, b, b, slice], (all, [, , second]) => [
    next(all, b),
    step.amount % 2 === 0 && second !== undefined ? second : next(all, b, 1),
    ...all.slice(-1),
  ]);
  return bind(scanPrimitive, [a, b, b, xs], {
    body: loop,
    length: xs.shape[0] ?? 0,
    reverse: step.amount % 3 === 0,
    constants: 1,
    carry: 2,
  });
};

const counter: Aval = { shape: [], dtype: "int32" };

/** Two carries beside the number of the step, which may not be read by any other; from no step to three. */
const repeated: Hold = ({ step, a, b, body }) => {
  const inputs = [a, counter, b, b];
  // Now and then it reads the constant, and stops at once at NaN.
  const condition = recorded(inputs, ([x, i]) => {
    const goes = asTensor("programs", less(i as Value, step.amount % 4));
    if (x === undefined || step.amount < 8) return [goes];
    const equals = asTensor("programs", equal(x, x));
    const all = reduceAll(
      equals,
      x.shape.map((_, axis) => axis),
    );
    return [asTensor("programs", logicalAnd(goes, all))];
  });
  const loop = body(inputs, (all, [, i, , second]) => [
    plus(i as Value, fill(1, counter)),
    next(all, b),
    step.picks[2] % 2 === 0 && second !== undefined ? second : next(all, b, 1),
  ]);
  return bind(whilePrimitive, [a, fill(0, counter), b, b], { condition, body: loop, constants: 1 });
};

/** The tangent of every output is its negative: passes look at the rule, and do not ask whether it is right. */
const withForwardRule: Hold = (holding) => {
  const { a, b } = holding;
  const program = applied(holding);
  const moved = [a, b].filter(({ dtype }) => isFloating(dtype));
  const forward = recorded([a, b, ...moved], (leaves) => {
    const outputs = runProgram(program, leaves.slice(0, 2));
    const tangents = outputs.filter(({ dtype }) => isFloating(dtype)).map(negative);
    return [...outputs, ...tangents.map((tangent) => asTensor("programs", tangent))];
  });
  return bind(customJvpPrimitive, [a, b], { program, forward, captured: 0 });
};

/** Residuals are the arguments, and their cotangents too. */
const withReverseRule: Hold = (holding) => {
  const { a, b } = holding;
  const program = applied(holding);
  const forward = recorded([a, b], (leaves) => [...runProgram(program, leaves), ...leaves]);
  const backward = recorded([a, b, ...program.outputs], (leaves) => leaves.slice(0, 2));
  return bind(customVjpPrimitive, [a, b], { program, forward, backward, captured: 0 });
};

const holds = [called, checkpointed, chosen, scanned, repeated, withForwardRule, withReverseRule] as const;

/** An equation that holds a program, over values so far; undefined where none fits. */
export const withProgram = (
  step: OuterStep,
  values: readonly Value[],
  limits: Limits,
): readonly Value[] | undefined => {
  const [a, b] = [pick(values, step.picks[0], () => true), pick(values, step.picks[1], () => true)];
  if (a === undefined || b === undefined) return undefined;
  return holds[step.kind % holds.length]?.({
    step,
    values,
    a,
    b,
    body: (avals, outputs) => recorded(avals, (inputs) => outputs(grown(inputs, step.inner, limits), inputs)),
  });
};
