/** The axes of loops over a product's result as those of its batches, rows and columns. */

import type { Affine } from "../program/lowering.js";
import { sizeOfShape } from "../tensor/shape.js";
import type { Shape } from "../types/tensor.js";
import type { MatrixSteps } from "../wasm/matrix-product/spec.js";
import { oneStep } from "./one-step.js";

/** Each in the order in which the product walks them. */
export interface ProductAxes {
  readonly batch: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Of loops that read every element of the product once, at these places; undefined for others. */
export const productAxes = (
  { batch, rows, columns }: { readonly batch: number; readonly rows: number; readonly columns: number },
  domain: Shape,
  { start, steps }: Affine,
): ProductAxes | undefined => {
  const axes = domain.flatMap((length, axis) =>
    length === 1 ? [] : [{ axis, length, step: steps[axis] ?? 0 }],
  );
  axes.sort((a, b) => b.step - a.step);
  const follows = axes.every(({ step }, index) => {
    const next = axes[index + 1];
    return step === (next === undefined ? 1 : next.step * next.length);
  });
  if (!follows || start !== 0 || sizeOfShape(domain) !== batch * rows * columns) return undefined;
  const between = (from: number, to: number) => axes.filter(({ step }) => step >= from && step < to);
  const parts = [
    between(rows * columns, Infinity),
    between(columns, rows * columns),
    between(1, columns),
  ] as const;
  const lengths = parts.map((part) => part.reduce((product, { length }) => product * length, 1));
  if (lengths[0] !== batch || lengths[1] !== rows || lengths[2] !== columns) return undefined;
  const [batches, downwards, across] = parts.map((part) => part.map(({ axis }) => axis));
  return { batch: batches ?? [], rows: downwards ?? [], columns: across ?? [] };
};

/** What loops over such axes access, as matrices; undefined if one of the axes jumps. */
export const matrixSteps = (domain: Shape, at: Affine, axes: ProductAxes): MatrixSteps | undefined => {
  const [batchStep, rowStep, columnStep] = [axes.batch, axes.rows, axes.columns].map((each) =>
    oneStep(domain, each, at),
  );
  if (batchStep === undefined || rowStep === undefined || columnStep === undefined) return undefined;
  return { batchStep, rowStep, columnStep };
};
