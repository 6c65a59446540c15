/** The functions that a subject is and has: itself, its forward mode and its reverse mode, each of lists of tensors. */

import { floatingPlaces, present, pull, push, restrictTo, type ListFunction } from "../transformed.js";
import type { ArrayTensor } from "../../tensor/array-tensor.js";
import type { Trial } from "./draw.js";
import { modesOf, type Subject } from "./subject.js";

/** A function that a subject is or has, and what it is called with. */
export interface Derived {
  readonly mode: "value" | "forward" | "reverse";
  readonly f: ListFunction;
  /** What a trial calls it with. */
  readonly args: readonly ArrayTensor[];
}

/** For each mode that the subject has, its function: of the operands, and then the tangents or cotangents. */
export const derivedOf = (
  subject: Subject,
  { operands, params, tangents, cotangents }: Trial,
): readonly Derived[] => {
  const value: ListFunction = (values) => subject.call(values, params);
  const places = floatingPlaces(operands);
  const count = operands.length;
  const modes = places.length === 0 ? { forward: false, reverse: false } : modesOf(subject);
  const heldAt = (values: Parameters<ListFunction>[0]): readonly [ListFunction, ReturnType<ListFunction>] => [
    restrictTo(value, values.slice(0, count), places),
    places.flatMap((place) => values[place] ?? []),
  ];
  const forward: ListFunction = (values) => {
    const [f, point] = heldAt(values);
    return present(push(f, point, values.slice(count)).tangents);
  };
  const reverse: ListFunction = (values) => {
    const [f, point] = heldAt(values);
    return present(pull(f, point).back(values.slice(count)));
  };
  return [
    { mode: "value", f: value, args: operands },
    ...(modes.forward ? [{ mode: "forward", f: forward, args: [...operands, ...tangents] } as const] : []),
    ...(modes.reverse ? [{ mode: "reverse", f: reverse, args: [...operands, ...cotangents] } as const] : []),
  ];
};
