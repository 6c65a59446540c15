/** The adjoint of a linear scan: a scan the other way, which carries cotangents and sums those of constants. */

import { plus } from "../primitives/additive.js";
import { fill } from "../primitives/define.js";
import type { TransposeRule } from "../program/primitive.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import type { Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import {
  chosen,
  nonZero,
  present,
  spread,
  stageLeaves,
  transposedProgram,
  type Mask,
} from "./program-rules.js";
import { runProgram } from "./run-program.js";
import { partsOf, type Loop, type ScanParams } from "./scan-parts.js";

/** The linear scan the other way, from the cotangents of its results to those of its operands. */
export const transposeScan =
  (loop: Loop): TransposeRule<ScanParams> =>
  (cotangents, operands, linear, params) => {
    const { body } = params;
    const is = partsOf(linear, params);
    const parts = partsOf(operands, params);
    // The carry is linear as a whole: a start that is no variable (a zero) has no use for its cotangent.
    const mask = [...is.constants, ...every(params.carry), ...is.xs];
    const ys = cotangents.slice(params.carry);
    const received = [...every(params.carry), ...nonZero(ys)];
    const adjoint = transposedProgram(body, mask, received, true).program;
    const others = {
      constants: chosen(
        parts.constants,
        is.constants.map((here) => !here),
      ),
      xs: chosen(
        parts.xs,
        is.xs.map((here) => !here),
      ),
    };
    const sums = chosen(parts.constants, is.constants);
    const bodyCarry = body.outputs.slice(0, params.carry);
    const step = stageLeaves(
      "vjp",
      [
        ...others.constants,
        ...sums,
        ...bodyCarry,
        ...others.xs.map(sliceOf),
        ...chosen(body.outputs.slice(params.carry), nonZero(ys)),
      ],
      (leaves) => {
        const [a, b, c, d] = [others.constants.length, sums.length, params.carry, others.xs.length];
        const [fixed, totals, state] = [
          leaves.slice(0, a),
          leaves.slice(a, a + b),
          leaves.slice(a + b, a + b + c),
        ];
        const [slices, given] = [leaves.slice(a + b + c, a + b + c + d), leaves.slice(a + b + c + d)];
        const pulled = runProgram(adjoint, [...fixed, ...slices, ...state, ...given]);
        return [...totals.map((total, index) => plus(total, pulled[index] as Value)), ...pulled.slice(b)];
      },
    );
    const start = [
      ...sums.map((value) => fill(0, value)),
      ...cotangents
        .slice(0, params.carry)
        .map((tangent, index) => (isZero(tangent) ? fill(0, bodyCarry[index] as Aval) : tangent)),
    ];
    const results = loop([...others.constants, ...start, ...others.xs, ...present(ys)], {
      body: step,
      length: params.length,
      reverse: !params.reverse,
      constants: others.constants.length,
      carry: start.length,
    });
    const [n, m] = [sums.length, sums.length + params.carry];
    return [
      ...spread<Value, Tangent>(results.slice(0, n), is.constants, () => zero),
      ...results.slice(n, m),
      ...spread<Value, Tangent>(results.slice(m), is.xs, () => zero),
    ];
  };

const every = (count: number): Mask => Array.from({ length: count }, () => true);

/** What a step sees of an operand that is sliced. */
const sliceOf = ({ shape, dtype }: Aval): Aval => ({ shape: shape.slice(1), dtype });
