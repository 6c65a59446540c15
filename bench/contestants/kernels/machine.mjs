/** Measures the machine as the kernels meet it: one thread, in WebAssembly, in this very run. */
import { sixDigits } from "../../harness/check-values.mjs";
import { emit, sample } from "../../harness/measure.mjs";
import { bytesPerTurn, machine, operationsPerTurn } from "./machine-module.mjs";

/** Elements of each operand of an elementwise kernel or a reduction. */
export const elements = 2 ** 20;

const bytes = 4 * elements;
/** An operand that no cache holds. */
const large = 2 ** 26;
const separate = machine("separate", 2 * large);
const fused = machine("relaxed", 65536);
const turnsFor = (size) => size / bytesPerTurn;

const fasterArithmetic = [separate, fused]
  .filter((found) => found !== undefined)
  .map(({ arithmetic }) => rate(20_000 * operationsPerTurn, () => arithmetic(20_000, 0.5, 1)));

/**
 * What there is at most: GFLOP/s, multiplying and then adding or both at once, and GB/s over as many operands of 4 MiB as a kernel
 * has. `memory` is a copy of 64 MiB.
 */
export const machinePeaks = {
  arithmetic: Math.max(...fasterArithmetic),
  read: rate(bytes, () => separate.read(turnsFor(bytes), 0)),
  copy: rate(2 * bytes, () => separate.copy(turnsFor(bytes), 0, bytes)),
  triad: rate(3 * bytes, () => separate.triad(turnsFor(bytes), 0, bytes, 2 * bytes)),
  memory: rate(2 * large, () => separate.copy(turnsFor(large), 0, large)),
};

/** Operations, or bytes, a nanosecond, of the fastest sample, since this is what the others are held against. */
function rate(operations, run) {
  return operations / Math.min(...sample(run, { budget: 500 }).times) / 1e6;
}

/** Prints a line for each peak. The check is the sum of one lane of ones. */
export function emitPeaks() {
  separate.elements.fill(1);
  const sum = separate.read(turnsFor(bytes), 0);
  for (const [name, value] of Object.entries(machinePeaks)) {
    emit({
      workload: `machine-${name}`,
      variant: "plain",
      median: sixDigits(value),
      min: sixDigits(value),
      unit: name === "arithmetic" ? "GFLOP/s" : "GB/s",
      check: [sum],
      expected: [elements / 4],
      reps: 1,
    });
  }
}

/** The share of a peak that a time means, in operations or bytes. */
export const shareOf = (peak, operations) => (milliseconds) => ({
  share: Number((operations / milliseconds / 1e6 / machinePeaks[peak]).toPrecision(3)),
  of: peak,
});
