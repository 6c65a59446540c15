/** When loops can write a result where they read an operand for the last time. */

import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import type { Shape } from "../types/tensor.js";
import type { Node } from "./expression-graph.js";
import type { BufferStorage } from "./storage.js";

/** Whether loops over a domain read a buffer nowhere but at the element that they are at. */
export const isReadInPlace = (buffer: BufferStorage, domain: Shape, nodes: readonly Node[]): boolean => {
  const steps = rowMajorStrides(domain);
  return (
    buffer.piece !== undefined &&
    sizeOfShape(buffer.shape) === sizeOfShape(domain) &&
    nodes.every(
      (node) =>
        node.kind !== "load" ||
        node.buffer.piece !== buffer.piece ||
        (node.at.start === 0 &&
          node.at.steps.every((step, axis) => step === steps[axis] || domain[axis] === 1)),
    )
  );
};
