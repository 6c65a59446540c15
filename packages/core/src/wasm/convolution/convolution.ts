/** Convolutions as procedures of a module: shapes and steps are known when it is made, addresses when it runs. */

import { advance, forRange } from "../control.js";
import { local, type Statement } from "../expression.js";
import { procedure, type WasmFunction } from "../function.js";
import { i32 } from "../integer.js";
import { lanesOf, type Lanes } from "../matrix-product/lanes.js";
import { shared, type Integers, type Procedures } from "../matrix-product/procedures.js";
import { nested } from "./nested.js";
import { product } from "./patch-plan.js";
import { patchProduct, type PatchProduct } from "./patch-product.js";
import { phasesOf, type Phase } from "./phases.js";
import type { ConvolutionSpec } from "./spec.js";

/** A convolution as a procedure of a module, and the scratch that it needs. */
export interface Convolution {
  /** The addresses of the input, of the kernel, of the result, and of scratch. */
  readonly procedure: WasmFunction<Integers<4>, undefined>;
  readonly scratchBytes: number;
}

/**
 * The convolution of a spec, which replaces the result. Its procedure is the same object for the same spec and
 * procedures, and what it calls is shared with other convolutions and products. Scratch is not read before it is
 * written, and may be anywhere.
 */
export const convolution = (procedures: Procedures, spec: ConvolutionSpec): Convolution => {
  const lanes = lanesOf(spec.dtype, procedures.fuses);
  const isEmpty = spec.features * spec.images * product(spec.axes.map(({ outputs }) => outputs)) === 0;
  const parts = isEmpty
    ? []
    : phasesOf(spec).map((phase) => ({ phase, code: codeOf(procedures, lanes, phase) }));
  return {
    scratchBytes: Math.max(0, ...parts.map(({ code }) => code.scratchBytes)),
    procedure: shared(procedures, keyOf(spec), (name) => {
      const [input, kernel, out, scratch] = [local("i32"), local("i32"), local("i32"), local("i32")];
      const [group, place] = [local("i32"), [local("i32"), local("i32"), local("i32")] as const];
      const steps = [spec.input, spec.kernel, spec.out].map(({ groupStep }) => lanes.bytes * groupStep);
      return procedure(
        name,
        [input, kernel, out, scratch],
        parts.flatMap(({ phase, code }) => [
          place[0].set(input),
          place[1].set(i32.add(kernel, lanes.bytes * phase.kernelOffset)),
          place[2].set(i32.add(out, lanes.bytes * phase.outOffset)),
          ...code.before(scratch),
          forRange(group, 0, spec.groups, 1, [
            ...code.statements(...place, scratch),
            ...place.map((at, index) => advance(at, steps[index]!)),
          ]),
        ]),
      );
    }),
  };
};

const keyOf = (spec: ConvolutionSpec): string => `convolution ${JSON.stringify(spec)}`;

const codeOf = (procedures: Procedures, lanes: Lanes, { spec }: Phase): PatchProduct =>
  spec.channels * product(spec.axes.map(({ taps }) => taps)) === 0
    ? zeros(lanes, spec)
    : patchProduct(procedures, lanes, spec);

/** Where outputs meet no tap. */
const zeros = (lanes: Lanes, { images, features, axes, out }: ConvolutionSpec): PatchProduct => ({
  scratchBytes: 0,
  before: () => [],
  statements: (_input, _kernel, to): readonly Statement[] =>
    nested(
      [images, features, ...axes.map(({ outputs }) => outputs)],
      [
        {
          start: to,
          steps: [out.imageStep, out.featureStep, ...out.steps].map((step) => lanes.bytes * step),
        },
      ],
      ([place]) => [lanes.storeLane(place!, lanes.zero, 0)],
    ),
});
