/** How far the peak of a process's memory rises in a call of `f`, in MiB, with the elements of its result. */
import { toTypedArray } from "@cotangent/core";
import { currentMemory, peakMemory } from "../../harness/memory.mjs";

export function growth(f, operands) {
  const before = currentMemory();
  const result = toTypedArray(f(...operands));
  return { value: peakMemory() - before, result };
}
