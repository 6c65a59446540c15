/** A strided view gives what a contiguous tensor of the same elements gives. */

import { ArrayTensor } from "../../tensor/array-tensor.js";
import { allocate } from "../../tensor/dtype.js";
import { sizeOfShape } from "../../tensor/shape.js";
import { elementsOf } from "../elements-of.js";
import { expectClose } from "./expect.js";
import { everyKind, type LawRule } from "./law.js";
import { concrete } from "./transformed.js";

export const viewsLaw: LawRule = {
  name: "views",
  statement: "operands that are strided views give what contiguous ones of the same elements give",
  wants: {},
  applies: ({ operands }) => operands.length > 0,
  holds: (subject, { operands, params }) => {
    const expected = concrete(subject.call(operands, params));
    for (const [name, layout] of Object.entries(layouts)) {
      const viewed = concrete(subject.call(operands.map(layout), params));
      viewed.forEach((actual, index) => {
        const other = expected[index];
        // Another layout may be another kernel, which rounds differently.
        const tolerance = actual.dtype === "float64" ? 1e-14 : 1e-6;
        if (other !== undefined) expectClose(actual, other, tolerance, { what: `output ${index}`, actual: `of operands ${name}`, expected: "of contiguous ones" });
      });
    }
  },
};

/** The same elements elsewhere in some storage. */
type Layout = (x: ArrayTensor) => ArrayTensor;

/** Walks the elements with given strides from an offset, in storage of a size that is NaN (or 1) between them. */
const laidOut = (x: ArrayTensor, strides: readonly number[], offset: number, size: number): ArrayTensor => {
  const data = allocate(x.dtype, size).fill(x.dtype === "float32" || x.dtype === "float64" ? NaN : 1);
  elementsOf(x).forEach((element, flat) => {
    let place = offset;
    for (let axis = x.shape.length - 1, rest = flat; axis >= 0; axis--) {
      const length = x.shape[axis] ?? 1;
      place += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    data[place] = element;
  });
  return new ArrayTensor(data, x.shape, x.dtype, strides, offset, x.shape.length === 0);
};

/** Strides of the axes in the given order, the last one closest. */
const stridesIn = (order: readonly number[], shape: readonly number[], step: number): readonly number[] => {
  const strides = shape.map(() => 0);
  let stride = step;
  for (const axis of [...order].reverse()) {
    strides[axis] = stride;
    stride *= Math.max(1, shape[axis] ?? 1);
  }
  return strides;
};

const layouts: Readonly<Record<string, Layout>> = {
  "with a first axis that is closest": (x) =>
    laidOut(x, stridesIn(x.shape.map((_, axis) => x.shape.length - 1 - axis), x.shape, 1), 0, sizeOfShape(x.shape)),
  "with gaps": (x) => laidOut(x, stridesIn(x.shape.map((_, axis) => axis), x.shape, 3), 2, 3 * sizeOfShape(x.shape) + 2),
  "that run backwards": (x) => {
    const forward = stridesIn(x.shape.map((_, axis) => axis), x.shape, 1);
    return laidOut(x, forward.map((stride) => -stride), Math.max(0, sizeOfShape(x.shape) - 1), Math.max(1, sizeOfShape(x.shape)));
  },
};
