/** Declared shape and dtype are the real ones, the same call gives the same bits, and nothing writes to its operands. */

import { contiguous } from "../../kernels/strided.js";
import {
  contiguousTensor,
  elementReader,
  sizeOfTensor,
  type ArrayTensor,
} from "../../tensor/array-tensor.js";
import { dtypeOfArray } from "../../tensor/dtype.js";
import { sizeOfShape } from "../../tensor/shape.js";
import { Recorder } from "../../trace/record.js";
import { runWith } from "../../trace/interpreter.js";
import { Broken, expectAval, expectSame } from "./expect.js";
import { everyKind, type LawRule } from "./law.js";
import { concrete } from "../transformed.js";

/** The law of `shape` rules. */
export const shapeLaw: LawRule = {
  name: "shape",
  statement:
    "the declared shape and dtype are those of the result, of every dtype; the same call gives the same bits, and writes to no operand",
  wants: {},
  applies: everyKind,
  holds: (subject, { operands, params }) => {
    const recorder = new Recorder("laws");
    const declared = runWith(recorder, () =>
      subject.call(
        operands.map((operand) => recorder.input(operand)),
        params,
      ),
    );
    const before = operands.map(keep);
    const outputs = concrete(subject.call(operands, params));
    if (outputs.length !== declared.length)
      throw new Broken(
        `the number of outputs is ${outputs.length} when it is evaluated and ${declared.length} as declared`,
      );
    outputs.forEach((output, index) => {
      const aval = declared[index];
      if (aval !== undefined)
        expectAval(output, aval, {
          what: `output ${index}`,
          actual: "when it is evaluated",
          expected: "as declared",
        });
      checkStorage(output, `output ${index}`);
    });
    before.forEach((kept, index) => {
      const operand = operands[index];
      if (operand !== undefined)
        expectSame(operand, kept, {
          what: `operand ${index}`,
          actual: "after the call",
          expected: "before it",
        });
    });
    concrete(subject.call(operands, params)).forEach((again, index) => {
      const first = outputs[index];
      if (first !== undefined)
        expectSame(again, first, {
          what: `output ${index}`,
          actual: "the second time",
          expected: "the first time",
        });
    });
  },
};

/** A copy that shares no storage. */
const keep = (x: ArrayTensor): ArrayTensor => {
  const { data, offset } = contiguous(x);
  return contiguousTensor(data.slice(offset, offset + sizeOfShape(x.shape)), x.shape, x.dtype);
};

/** The storage is that of the dtype, holds every element, and bools are 0 or 1. */
const checkStorage = (x: ArrayTensor, what: string): void => {
  if (dtypeOfArray(x.data) !== x.dtype)
    throw new Broken(`${what} is declared as ${x.dtype} and stored as ${dtypeOfArray(x.data)}`);
  if (sizeOfTensor(x) === 0) return;
  const ends = x.strides.map((stride, axis) => stride * ((x.shape[axis] ?? 1) - 1));
  const least = ends.reduce((place, end) => place + Math.min(0, end), x.offset);
  const greatest = ends.reduce((place, end) => place + Math.max(0, end), x.offset);
  if (least < 0 || greatest >= x.data.length) throw new Broken(`${what} is a view that leaves its storage`);
  if (x.dtype !== "bool") return;
  const at = elementReader(x);
  for (let place = 0; place < sizeOfTensor(x); place++) {
    if (at(place) !== 0 && at(place) !== 1)
      throw new Broken(`${what} holds a bool that is stored as ${at(place)}`);
  }
};
