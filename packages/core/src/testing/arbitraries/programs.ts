/** Arbitrary programs with arguments for them. */

import * as fc from "fast-check";
import { programToString } from "../../program/print.js";
import type { Program } from "../../program/program.js";
import { contiguousTensor, type ArrayTensor } from "../../tensor/array-tensor.js";
import { allocate } from "../../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../../tensor/shape.js";
import type { Value } from "../../tensor/value.js";
import type { Tensor } from "../../types/tensor.js";
import { element } from "./element.js";
import { grown, recorded } from "./grown-programs.js";
import { withProgram } from "./program-holders.js";
import { stepKinds, type StepKind } from "./program-steps.js";
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
  /** Also equations that hold programs: calls, loops, choices, rules of the user's. */
  readonly nested?: boolean;
}

const programOptions = ["minSteps", "maxSteps", "maxSize", "kinds", "nested"] as const;

/** A program, and tensors for its inputs. */
export interface ProgramWithArguments {
  readonly program: Program;
  readonly args: readonly Tensor[];
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
