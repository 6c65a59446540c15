/** The loop with a known number of steps: a carry that goes from step to step, slices in, slices out. */

import { right } from "../errors/either.js";
import { contiguous } from "../kernels/strided.js";
import { add, plus } from "../primitives/additive.js";
import { fill } from "../primitives/define.js";
import { moveAxisTo } from "../primitives/reshape.js";
import { batchFront } from "../primitives/sum-broadcast.js";
import { sin } from "../primitives/trigonometry.js";
import { mul } from "../primitives/multiplicative.js";
import type { Primitive } from "../program/primitive.js";
import { isVariableOf, type Program } from "../program/program.js";
import { withoutDeadCode } from "../program/dead-code.js";
import { isZero, zero, type Tangent } from "../program/symbolic-zero.js";
import { contiguousTensor, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { allocate } from "../tensor/dtype.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { bind } from "../trace/interpreter.js";
import { asTensor } from "../trace/operands.js";
import { evaluateProgram } from "./call.js";
import {
  batchedProgram,
  chosen,
  fixedPoint,
  jvpProgram,
  no,
  nonZero,
  present,
  reordered,
  splitProgram,
  spread,
  stageLeaves,
  transposedProgram,
  type Mask,
} from "./program-rules.js";
import { runProgram } from "./run-program.js";

export interface ScanParams {
  /** From the constants, the carry and a slice of each xs to the carry and a slice of each ys. */
  readonly body: Program;
  readonly length: number;
  readonly reverse: boolean;
  /** How many inputs are constants, and how many the carry. */
  readonly constants: number;
  readonly carry: number;
}

interface Parts<A> {
  readonly constants: readonly A[];
  readonly carry: readonly A[];
  readonly xs: readonly A[];
}

const partsOf = <A>(list: readonly A[], { constants, carry }: ScanParams): Parts<A> => ({
  constants: list.slice(0, constants),
  carry: list.slice(constants, constants + carry),
  xs: list.slice(constants + carry),
});

const range = (start: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => start + index);
const countOf = (mask: Mask): number => mask.filter(Boolean).length;

export const scanPrimitive: Primitive<ScanParams> = {
  name: "scan",
  shape: (_inputs, { body, length, carry }) =>
    right(
      body.outputs.map(({ shape, dtype }, index) => ({
        shape: index < carry ? shape : [length, ...shape],
        dtype,
      })),
    ),

  evaluate: (inputs, params, outputs) => runSteps(inputs, params, outputs),

  jvp: (primals, tangents, params) => {
    const { body } = params;
    const masks = partsOf(nonZero(tangents), params);
    const carryMask = fixedPoint(masks.carry, (mask) =>
      jvpProgram(body, [...masks.constants, ...mask, ...masks.xs], no(body.outputs)).mask.slice(
        0,
        params.carry,
      ),
    );
    const inputs = [...masks.constants, ...carryMask, ...masks.xs];
    const forward = jvpProgram(body, inputs, [...carryMask, ...no(body.outputs.slice(params.carry))]);
    const yMask = forward.mask.slice(params.carry);
    // Primals, then tangents: into constants, carry and xs with their tangents each.
    const [c, k, x] = [params.constants, params.carry, masks.xs.length];
    const [dc, dk, dx] = [countOf(masks.constants), countOf(carryMask), countOf(masks.xs)];
    const all = c + k + x;
    const inputOrder = [
      ...range(0, c),
      ...range(all, dc),
      ...range(c, k),
      ...range(all + dc, dk),
      ...range(c + k, x),
      ...range(all + dc + dk, dx),
    ];
    const y = yMask.length;
    const outputOrder = [
      ...range(0, k),
      ...range(k + y, dk),
      ...range(k, y),
      ...range(k + y + dk, countOf(yMask)),
    ];
    const values = partsOf(primals, params);
    const pushed = partsOf(tangents, params);
    const starts = chosen(
      pushed.carry.map((tangent, index) =>
        isZero(tangent) ? fill(0, values.carry[index] as Value) : tangent,
      ),
      carryMask,
    );
    const results = bind(
      scanPrimitive,
      [
        ...values.constants,
        ...present(pushed.constants),
        ...values.carry,
        ...starts,
        ...values.xs,
        ...present(pushed.xs),
      ],
      {
        ...params,
        body: reordered(forward.program, inputOrder, outputOrder),
        constants: c + dc,
        carry: k + dk,
      },
    );
    return {
      primals: [...results.slice(0, k), ...results.slice(k + dk, k + dk + y)],
      tangents: [
        ...spread<Value, Tangent>(results.slice(k, k + dk), carryMask, () => zero),
        ...spread<Value, Tangent>(results.slice(k + dk + y), yMask, () => zero),
      ],
    };
  },

  split: (primals, tangents, params) => {
    const { body } = params;
    const masks = partsOf(nonZero(tangents), params);
    const carryMask = fixedPoint(masks.carry, (mask) =>
      jvpProgram(body, [...masks.constants, ...mask, ...masks.xs], no(body.outputs)).mask.slice(
        0,
        params.carry,
      ),
    );
    const { known, linear, mask } = splitProgram(
      body,
      [...masks.constants, ...carryMask, ...masks.xs],
      [...carryMask, ...no(body.outputs.slice(params.carry))],
    );
    // Residuals that no step changes are computed once, before the loop; the others are stacked.
    const count = body.outputs.length;
    const residuals = known.outputs.slice(count);
    const changing = changingIn(known, params.constants);
    const stacked = residuals.map(
      (residual) => isVariableOf(known, residual) && changing.has(residual.index),
    );
    const fixed = stacked.map((is) => !is);
    const values = partsOf(primals, params);
    const once = withoutDeadCode({
      ...known,
      inputs: known.inputs.slice(0, params.constants),
      outputs: chosen(residuals, fixed),
      equations: known.equations.filter(({ outputs }) => !outputs.some(({ index }) => changing.has(index))),
    });
    const invariants = runProgram(once, values.constants);
    const stepping = withoutDeadCode({
      ...known,
      outputs: [...known.outputs.slice(0, count), ...chosen(residuals, stacked)],
    });
    const results = bind(scanPrimitive, primals, { ...params, body: stepping });
    const pushed = partsOf(tangents, params);
    const yMask = mask.slice(params.carry);
    const dk = countOf(carryMask);
    const dc = countOf(masks.constants);
    // The linear part takes residuals, then tangents: into constants, carry and xs with what belongs to each.
    const places = range(0, residuals.length);
    const n = residuals.length;
    const order = [
      ...chosen(places, fixed),
      ...range(n, dc + dk),
      ...chosen(places, stacked),
      ...range(n + dc + dk, countOf(masks.xs)),
    ];
    const starts = chosen(
      pushed.carry.map((tangent, index) =>
        isZero(tangent) ? fill(0, values.carry[index] as Value) : tangent,
      ),
      carryMask,
    );
    const outputs = mask.includes(true)
      ? bind(
          scanPrimitive,
          [
            ...invariants,
            ...present(pushed.constants),
            ...starts,
            ...results.slice(count),
            ...present(pushed.xs),
          ],
          {
            ...params,
            body: reordered(linear, order, range(0, countOf(mask))),
            constants: invariants.length + dc,
            carry: dk,
          },
        )
      : [];
    return {
      primals: results.slice(0, count),
      tangents: [
        ...spread<Value, Tangent>(outputs.slice(0, dk), carryMask, () => zero),
        ...spread<Value, Tangent>(outputs.slice(dk), yMask, () => zero),
      ],
    };
  },

  transpose: (cotangents, operands, linear, params) => {
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
    const results = bind(scanPrimitive, [...others.constants, ...start, ...others.xs, ...present(ys)], {
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
  },

  batch: (operands, batched, size, params) => {
    const { body } = params;
    const masks = partsOf(batched, params);
    const ys = body.outputs.slice(params.carry);
    const carryMask = fixedPoint(masks.carry, (mask) =>
      batchedProgram(body, [...masks.constants, ...mask, ...masks.xs], size, no(body.outputs)).mask.slice(
        0,
        params.carry,
      ),
    );
    const mapped = batchedProgram(body, [...masks.constants, ...carryMask, ...masks.xs], size, [
      ...carryMask,
      ...no(ys),
    ]);
    const parts = partsOf(operands, params);
    const results = bind(
      scanPrimitive,
      [
        ...parts.constants,
        ...parts.carry.map((value, index) =>
          carryMask[index] === true && masks.carry[index] !== true ? batchFront(value, false, size) : value,
        ),
        ...parts.xs.map((value, index) => (masks.xs[index] === true ? moveAxisTo(value, 0, 1) : value)),
      ],
      { ...params, body: mapped.program },
    );
    return {
      outputs: results.map((value, index) =>
        index >= params.carry && mapped.mask[index] === true ? moveAxisTo(value, 1, 0) : value,
      ),
      batched: mapped.mask,
    };
  },

  lower: { kind: "scan" },
  get samples() {
    const vector = { shape: [2], dtype: "float64" } as const;
    // c ← c sin(a) + x, y = c a
    const body = stageLeaves("samples", [vector, vector, vector], ([a, c, x]) => {
      const next = asTensor("scan", add(mul(c as Value, sin(a as Value)), x as Value));
      return [next, asTensor("scan", mul(next, a as Value))];
    });
    const params = { body, length: 3, reverse: false, constants: 1, carry: 1 };
    return {
      operands: [{ min: -1, max: 1 }],
      dtypes: [["float64"]] as const,
      cases: [
        { shapes: [[2], [2], [3, 2]], params },
        { shapes: [[2], [2], [3, 2]], params: { ...params, reverse: true } },
        { shapes: [[2], [2], [0, 2]], params: { ...params, length: 0 } },
      ],
    };
  },
};

const every = (count: number): Mask => Array.from({ length: count }, () => true);

/** What a step sees of an operand that is sliced. */
const sliceOf = ({ shape, dtype }: Aval): Aval => ({ shape: shape.slice(1), dtype });

/** The variables of a body that depend on the carry or a slice. */
const changingIn = (body: Program, constants: number): ReadonlySet<number> => {
  const changing = new Set(body.inputs.slice(constants).map(({ index }) => index));
  for (const { inputs, outputs } of body.equations) {
    if (inputs.some((input) => isVariableOf(body, input) && changing.has(input.index)))
      outputs.forEach(({ index }) => changing.add(index));
  }
  return changing;
};

/** The loop itself, on tensors. */
const runSteps = (
  inputs: readonly ArrayTensor[],
  params: ScanParams,
  outputs: readonly Aval[],
): readonly ArrayTensor[] => {
  const { body, length, reverse, carry } = params;
  const { constants, carry: start, xs } = partsOf(inputs, params);
  const stacks = outputs.slice(carry).map(({ shape, dtype }) => allocate(dtype, sizeOfShape(shape)));
  let state = start;
  for (let step = 0; step < length; step++) {
    const place = reverse ? length - 1 - step : step;
    const slices = xs.map((x) =>
      viewTensor(x, x.shape.slice(1), x.strides.slice(1), x.offset + place * (x.strides[0] ?? 0)),
    );
    const results = evaluateProgram(body, [...constants, ...state, ...slices]);
    state = results.slice(0, carry);
    results.slice(carry).forEach((row, index) => {
      const { data, offset, shape } = contiguous(row);
      const size = sizeOfShape(shape);
      stacks[index]?.set(data.subarray(offset, offset + size), place * size);
    });
  }
  return [
    ...state,
    ...stacks.map((stack, index) => {
      const { shape, dtype } = outputs[carry + index] as Aval;
      return contiguousTensor(stack, shape, dtype);
    }),
  ];
};
