/** What rows compute with where others go on alone: operands that refuse nothing that no row asked for. */

import { convertTo, stopGradient } from "../primitives/convert.js";
import { gather } from "../primitives/gather-scatter.js";
import { argMaxAlong } from "../primitives/order.js";
import { choose } from "../primitives/select.js";
import { broadcast } from "../primitives/sum-broadcast.js";
import type { Value } from "../tensor/value.js";
import { asTensor } from "../trace/operands.js";
import type { Mask } from "./program-rules.js";

/**
 * The values with, in the rows that do not go on, those of the first row that does, as constants: what comes of them is read by nobody. Values of the mask have the batch axis in front; where no row
 * goes on, all have those of the first.
 */
export const borrowed = (values: readonly Value[], batched: Mask, goOn: Value): readonly Value[] => {
  if (goOn.shape[0] === 0) return values;
  const first = argMaxAlong(convertTo(goOn, "int32"), 0);
  return values.map((value, index) =>
    batched[index] === true
      ? choose(
          broadcast(goOn, value.shape, [0]),
          value,
          broadcast(
            gather(asTensor("vmap", stopGradient(value)), first, 0),
            value.shape,
            value.shape.slice(1).map((_, axis) => axis + 1),
          ),
        )
      : value,
  );
};
