/** Arbitrary programs with arguments for them. */

import * as fc from "fast-check";
import { convertTo } from "../../primitives/convert.js";
import { programToString } from "../../program/print.js";
import type { Program } from "../../program/program.js";
import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { allocate } from "../../tensor/dtype.js";
import { sameAval, sizeOfShape, type Aval } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import { bind, runWith } from "../../trace/interpreter.js";
import { Recorder } from "../../trace/record.js";
import { call } from "../../transforms/call.js";
import { condPrimitive } from "../../transforms/cond-primitive.js";
import { scanPrimitive } from "../../transforms/scan-primitive.js";
import type { Tensor } from "../../types/tensor.js";
import { element } from "./element.js";
import { pick, stepKinds, steps, type Step, type StepKind } from "./program-steps.js";
import { dtype, shape } from "./shape.js";
import { optionsOf } from "../../trace/options.js";

/** The options of `arbitraries.programs`. */
export interface ProgramOptions {
  /** Steps, each an equation or two, of which some come to nothing: from 20 to 40 if left out. */
  readonly minSteps?: number;
  readonly maxSteps?: number;
  /** The most elements of a value that others are computed from: 24 if left out. */
  readonly maxSize?: number;
  /** The kinds of steps; all if left out. */
  readonly kinds?: readonly StepKind[];
  /** Also equations that hold programs: calls, loops, choices. */
  readonly nested?: boolean;
}

const programOptions = ["minSteps", "maxSteps", "maxSize", "kinds", "nested"] as const;

/** A program, and tensors for its inputs. */
export interface ProgramWithArguments {
  readonly program: Program;
  readonly args: readonly Tensor[];
}

interface OuterStep extends Step {
  readonly inner: readonly Step[];
}

const plainStep = {
  kind: fc.nat(997),
  picks: fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15)),
  amount: fc.nat(15),
};

/**
 * Well-typed programs of all kinds of equations, on shapes with empty axes and axes of length 1, with constants, repetitions and
 * equations that nothing reads, and arguments with NaN, infinities and -0. They shrink to fewer and plainer equations.
 *
 * @example
 * ```ts
 * import * as fc from "fast-check";
 * import { programToString } from "@cotangent/core";
 * import { arbitraries } from "@cotangent/core/testing";
 *
 * fc.assert(fc.property(arbitraries.programs({ maxSteps: 25 }), ({ program }) => programToString(program).startsWith("program")));
 * ```
 */
export const programs = (options?: ProgramOptions): fc.Arbitrary<ProgramWithArguments> => {
  const given = optionsOf("programs", options, programOptions);
  const { minSteps = 20, maxSize = 24, kinds = stepKinds, nested = true } = given;
  const { maxSteps = Math.max(40, minSteps) } = given;
  const limits = { maxSize, kinds };
  return fc
    .record({
      inputs: fc.array(fc.record({ shape: shape({ minLength: 0, maxLength: 3, maxSize }), dtype: dtype() }), {
        minLength: 1,
        maxLength: 4,
      }),
      steps: fc.array(
        fc.record({
          ...plainStep,
          inner: nested ? fc.array(fc.record(plainStep), { maxLength: 6 }) : fc.constant([]),
        }),
        {
          minLength: minSteps,
          maxLength: maxSteps,
        },
      ),
      outputs: fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }),
      elements: fc.array(element("float64", { special: true }), { minLength: 1, maxLength: 12 }),
    })
    .map(({ inputs, steps: chosen, outputs, elements }) => {
      const program = recorded(inputs, (values) => {
        const all = grown(values, chosen, limits, (step, so) =>
          nested && step.inner.length > 0 && step.kind % 5 === 0 ? withProgram(step, so, limits) : undefined,
        );
        return outputs.map((place) => all[all.length - 1 - (place % all.length)] as Value); // inside
      });
      const args = inputs.map((aval, place) => filled(aval, elements, place));
      return {
        program,
        args,
        [fc.toStringMethod]: () =>
          `${programToString(program)}\non ${args.map((arg) => `${arg.dtype} ${String(arg)}`).join("\n   ")}`,
      };
    });
};

type Limits = Required<Pick<ProgramOptions, "maxSize" | "kinds">>;

/** The list from some place on, again and again. */
const filled = (
  { shape: lengths, dtype: of }: Aval,
  elements: readonly number[],
  start: number,
): ArrayTensor => {
  const data = allocate(of, sizeOfShape(lengths));
  for (let place = 0; place < data.length; place++) {
    const number = elements[(start + place) % elements.length] ?? 0;
    data[place] = of === "bool" ? (number > 0 ? 1 : 0) : number;
  }
  return contiguousTensor(data, lengths, of);
};

/** A program with all its equations, read or not. */
const recorded = (avals: readonly Aval[], f: (values: readonly Value[]) => readonly Value[]): Program => {
  const recorder = new Recorder("programs");
  try {
    const inputs = avals.map((aval) => recorder.input(aval));
    return recorder.program(runWith(recorder, () => f(inputs)));
  } finally {
    recorder.active = false;
  }
};

/** The values with those of the steps after them. */
const grown = <S extends Step>(
  values: readonly Value[],
  chosen: readonly S[],
  { maxSize, kinds }: Limits,
  special: (step: S, values: readonly Value[]) => readonly Value[] | undefined = () => undefined,
): readonly Value[] => {
  const all = [...values];
  for (const step of chosen) {
    if (step.kind === 0) continue;
    const kind = kinds[(step.kind - 1) % kinds.length];
    const made = special(step, all) ?? (kind === undefined ? [] : [steps[kind](step, all)]);
    for (const one of made)
      if (one !== undefined && sizeOfShape(one.shape) <= maxSize && one.shape.length <= 4) all.push(one);
  }
  return all;
};

/** A call, a loop or a choice over values so far. */
const withProgram = (
  step: OuterStep,
  values: readonly Value[],
  limits: Limits,
): readonly Value[] | undefined => {
  const [a, b] = [pick(values, step.picks[0], () => true), pick(values, step.picks[1], () => true)];
  if (a === undefined || b === undefined) return undefined;
  const body = (
    avals: readonly Aval[],
    outputs: (all: readonly Value[], inputs: readonly Value[]) => readonly Value[],
  ): Program => recorded(avals, (inputs) => outputs(grown(inputs, step.inner, limits), inputs));
  /** The latest value that can stand in the place of another. */
  const next = (all: readonly Value[], like: Value, place = 0): Value =>
    pick(all, place, (one) => sameAval(one, like)) ?? like;
  if (step.kind % 3 === 0) {
    return call(
      "inner",
      body([a, b], (all) => all.slice(-2)),
      [a, b],
    );
  }
  if (step.kind % 3 === 1) {
    const index = pick(
      values,
      step.picks[2],
      ({ dtype: of, shape: lengths }) => of === "bool" && lengths.length === 0,
    );
    const decides = index === undefined ? undefined : convertTo(index, "int32");
    const branches = [
      body([a, b], (all) => [next(all, a), next(all, b)]),
      body([a, b], (all, [x, y]) => [next(all, a, 1), y ?? x ?? a]),
    ];
    return decides === undefined ? undefined : bind(condPrimitive, [decides, a, b], { branches });
  }
  const xs = pick(values, step.picks[2], ({ shape: lengths }) => lengths.length > 0);
  if (xs === undefined) return undefined;
  const slice = { shape: xs.shape.slice(1), dtype: xs.dtype };
  // Two carries, one of which may never change.
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
