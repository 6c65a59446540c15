/** Random programs of large values beside small ones: several results, shapes and dtypes; some are derived from such programs, or hold them. */

import * as fc from "fast-check";
import { programToString } from "../../src/program/print.js";
import type { Program } from "../../src/program/program.js";
import type { ArrayTensor } from "../../src/tensor/array-tensor.js";
import { isFloating } from "../../src/tensor/dtype.js";
import type { Aval } from "../../src/tensor/shape.js";
import type { Value } from "../../src/tensor/value.js";
import { stageLeaves } from "../../src/transforms/program-rules.js";
import type { DType, Shape } from "../../src/types/tensor.js";
import { filledBy } from "../filled.js";
import { randomNumbers } from "../random-words.js";
import { forms, type Form } from "./forms.js";
import { given, stepsOf, type Mix, type Step } from "./steps.js";

/** A program, and tensors for its inputs. */
export interface LargeProgram {
  readonly form: Form;
  readonly program: Program;
  readonly args: readonly ArrayTensor[];
}

/** Lengths of axes: multiples of 4 and of 16, and others; and as many rows as columns. */
const sides = [
  [40, 30],
  [48, 32],
  [33, 64],
  [36, 17],
  [36, 36],
] as const;

/** Shapes of arguments: matrices of one size, their rows and columns, and small ones. */
const shapesOf = ([m, n]: readonly [number, number]): readonly Shape[] => [
  [m, n],
  [m, n],
  [n, m],
  [m],
  [n],
  [3],
  [2, 4],
  [],
];

const argumentDTypes: readonly fc.WeightedArbitrary<DType>[] = [
  { weight: 8, arbitrary: fc.constant("float32") },
  ...(["float64", "int32", "uint32", "bool"] as const).map((dtype) => ({
    weight: 1,
    arbitrary: fc.constant(dtype),
  })),
];

/** Elements without a pattern: floats from -1 to 1 of 16 bits, whole numbers up to 16. */
const drawn = ({ shape, dtype }: Aval, seed: number): ArrayTensor => {
  const next = randomNumbers(seed);
  return filledBy(shape, dtype, () => {
    const number = next();
    if (isFloating(dtype)) return Math.round(number * 2 ** 16) / 2 ** 16;
    if (dtype === "bool") return number < 0 ? 0 : 1;
    return Math.floor(dtype === "int32" ? 16 * number : 8 + 8 * number);
  });
};

const formsDrawn: readonly fc.WeightedArbitrary<Form>[] = (
  [
    ["plain", 8],
    ["gradient", 2],
    ["mapped", 1],
    ["scanned", 1],
    ["branched", 1],
  ] as const
).map(([form, weight]) => ({ weight, arbitrary: fc.constant(form) }));

interface Drawn {
  readonly mix: Mix;
  readonly side: (typeof sides)[number];
  readonly others: readonly (readonly [place: number, dtype: DType])[];
  readonly steps: readonly Step[];
  readonly results: readonly number[];
}

const drawnOf = (mix: Mix): fc.Arbitrary<Drawn> =>
  fc.record({
    mix: fc.constant(mix),
    side: fc.constantFrom(...sides),
    others: fc.array(fc.tuple(fc.nat(99), fc.oneof(...argumentDTypes)), { minLength: 1, maxLength: 4 }),
    steps: stepsOf(mix),
    results: fc.array(fc.nat(199), { minLength: 1, maxLength: 6, size: "max" }),
  });

/** The program of steps; a result is the last value, or any, now and then an argument or a constant. */
const programOf = ({ mix, side, others, steps, results }: Drawn): Program => {
  const main: Aval = { shape: side, dtype: "float32" };
  const shapes = shapesOf(side);
  const otherAvals = others.map(([place, dtype]) => ({ shape: shapes[place % shapes.length] ?? [], dtype }));
  const avals = [main, ...(mix === "close" ? [main] : otherAvals)];
  return stageLeaves("program", avals, (inputs) => {
    const start = [...inputs, drawn(main, avals.length)];
    const values = given(start, steps);
    return results.map((place, index) => {
      const isAny = values.length === 0 || (index > 0 && place % 10 === 0);
      const among = isAny ? start : values;
      return among[among.length - 1 - (index === 0 ? 0 : Math.floor(place / 10) % among.length)] as Value; // inside
    });
  });
};

/** Random programs, and arguments for them; they shrink to fewer steps and results. */
export const largePrograms: fc.Arbitrary<LargeProgram> = fc
  .tuple(fc.oneof(...formsDrawn), fc.oneof(drawnOf("wide"), drawnOf("close")))
  .map(([form, plain]) => {
    const program = forms[form](programOf(plain));
    return {
      form,
      program,
      args: program.inputs.map(drawn),
      [fc.toStringMethod]: () =>
        `${form} of ${plain.steps.map(({ name }) => name).join(", ")}\n${programToString(program)}`,
    };
  });
