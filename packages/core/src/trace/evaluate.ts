/** The interpreter at the bottom: runs kernels at once. */

import { unwrap } from "../errors/either.js";
import type { Primitive } from "../program/primitive.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import { checkKept, donations } from "../tensor/donated.js";
import { ofOperation } from "../tensor/no-room.js";
import { leakedError, Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";

const isConcrete = (inputs: readonly Value[]): inputs is readonly ArrayTensor[] => {
  for (const input of inputs) if (!(input instanceof ArrayTensor)) return false;
  return true;
};

/** The interpreter at the bottom: it computes. */
export const evaluate = {
  transformation: "eager evaluation",
  active: true,
  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    if (!isConcrete(inputs)) {
      const tracer = inputs.find((input) => input instanceof Tracer);
      throw tracer === undefined
        ? new TypeError(`${primitive.name}: an operand is no tensor`)
        : leakedError(tracer, primitive.name);
    }
    if (donations.any) for (const input of inputs) checkKept(primitive.name, input);
    const outputs = unwrap(primitive.shape(inputs, params));
    try {
      return primitive.evaluate(inputs, params, outputs);
    } catch (error) {
      throw ofOperation(error, primitive.name, outputs);
    }
  },
};
