/**
 * Products of matrices as procedures of a module: shapes and steps are known when it is made, addresses when it
 * runs.
 */

import { advance, forRange } from "../control.js";
import { local } from "../expression.js";
import { procedure, type WasmFunction } from "../function.js";
import { lanesOf } from "./lanes.js";
import type { ValueType } from "../value-type.js";
import { finishOf } from "./epilogue.js";
import { shared, type Procedures } from "./procedures.js";
import { normalised, type MatrixSteps, type ProductSpec } from "./spec.js";
import { wayOf } from "./way.js";

/** A product as a procedure of a module, and the scratch that it needs. */
export interface MatrixProduct {
  /**
   * The addresses of the left and of the right operand, of the result, and of scratch: `out = left · right` in every
   * batch. Behind them, of an epilogue, the addresses of its matrices, and its parameters.
   */
  readonly procedure: WasmFunction<readonly ValueType[], undefined>;
  readonly scratchBytes: number;
}

/**
 * The product of a spec. Its procedure is the same object for the same spec and procedures, and what it calls is
 * shared with other products. Scratch is not read before it is written, and may be anywhere.
 */
export const matrixProduct = (procedures: Procedures, given: ProductSpec): MatrixProduct => {
  const { spec, way } = wayOf(normalised(given));
  const { rows, columns, depth, batch, isTransposed, epilogue } = spec;
  const lanes = lanesOf(spec.dtype, procedures.fuses);
  const code = way(procedures, lanes, spec);
  const numbers = [rows, columns, depth, batch, ...[spec.left, spec.right, spec.out].flatMap(stepsOf)];
  const key = `product ${lanes.key} ${numbers.join()} ${String(isTransposed)} ${epilogue?.name ?? ""}`;
  const next = ({ batchStep }: MatrixSteps): number => lanes.bytes * batchStep;
  const matrices = epilogue?.matrices ?? [];
  return {
    scratchBytes: code.scratchBytes,
    procedure: shared(procedures, key, (name) => {
      const [left, right, out, scratch] = [local("i32"), local("i32"), local("i32"), local("i32")];
      const index = local("i32");
      const starts = matrices.map(() => local("i32"));
      const operands = isTransposed ? [right, left] : [left, right];
      const parameters = [...operands, out, scratch, ...starts, ...(epilogue?.parameters ?? [])];
      return procedure(name, parameters, [
        forRange(index, 0, rows * columns === 0 ? 0 : batch, 1, [
          ...code.statements(left, right, out, scratch, finishOf(procedures, epilogue, starts)),
          advance(left, next(spec.left)),
          advance(right, next(spec.right)),
          advance(out, next(spec.out)),
          ...matrices.map(({ bytes, batchStep }, place) => advance(starts[place]!, bytes * batchStep)),
        ]),
      ]);
    }),
  };
};

const stepsOf = ({ rowStep, columnStep, batchStep }: MatrixSteps): readonly number[] => [
  rowStep,
  columnStep,
  batchStep,
];
