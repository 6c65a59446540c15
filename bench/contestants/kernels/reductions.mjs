/** Reductions of [1024, 1024], of numbers from -4 to 4: the share of the speed at which the machine reads. */
import * as core from "@cotangent/core";
import { noise } from "../../harness/noise.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluateKernel } from "./evaluate.mjs";
import { elements } from "./machine.mjs";

const side = Math.sqrt(elements);
const values = noise(elements, 210, 4);
const x = core.fromTypedArray(values, [side, side]);

const total = (numbers) => numbers.reduce((sum, value) => sum + value, 0);
const average = (numbers) => total(numbers) / numbers.length;

/** Of each row, with the definition. */
const ofRows = {
  sum: total,
  mean: average,
  max: (row) => Math.max(...row),
  variance: (row) => average(row.map((value) => (value - average(row)) ** 2)),
  logSumExp: (row) => Math.log(total(row.map(Math.exp))),
  argMax: (row) => row.indexOf(Math.max(...row)),
};

const row = (index) => [...values.subarray(index * side, (index + 1) * side)];
const column = (index) => Array.from({ length: side }, (_, i) => values[i * side + index]);
const reading = { peak: "read", operations: 4 * elements };

for (const [name, definition] of Object.entries(ofRows)) {
  if (!wants(`kernel-${name}-rows`)) continue;
  evaluateKernel(`kernel-${name}-rows`, (t) => core[name](t, { axis: 1 }), [x], {
    ...reading,
    expected: (place) => definition(row(place)),
  });
}

for (const name of ["sum", "max"].filter((each) => wants(`kernel-${each}-columns`))) {
  evaluateKernel(`kernel-${name}-columns`, (t) => core[name](t, { axis: 0 }), [x], {
    ...reading,
    expected: (place) => ofRows[name](column(place)),
  });
}

if (wants("kernel-sum-all"))
  evaluateKernel("kernel-sum-all", (t) => core.sum(t), [x], { ...reading, expected: () => total(values) });

if (wants("kernel-cumSum-rows")) {
  evaluateKernel("kernel-cumSum-rows", (t) => core.cumSum(t, { axis: 1 }), [x], {
    peak: "copy",
    operations: 8 * elements,
    expected: (place) => total(row(Math.floor(place / side)).slice(0, (place % side) + 1)),
  });
}
