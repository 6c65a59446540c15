/** Matrix products of every form: GFLOP/s, and the share of the machine's arithmetic. */
import { fromTypedArray, matmul, swapAxes } from "@cotangent/core";
import { noise } from "../../harness/noise.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluateKernel } from "./evaluate.mjs";

/**
 * Each form: batch, rows, depth and columns of a product of [rows, depth] and [depth, columns], and which operands are stored transposed.
 */
const forms = {
  "plain-256": { rows: 256, depth: 256, columns: 256 },
  "batched-256": { batch: 8, rows: 256, depth: 256, columns: 256 },
  "plain-512": { rows: 512, depth: 512, columns: 512 },
  "left-512": { rows: 512, depth: 512, columns: 512, transposed: [true, false] },
  "right-512": { rows: 512, depth: 512, columns: 512, transposed: [false, true] },
  "both-512": { rows: 512, depth: 512, columns: 512, transposed: [true, true] },
  tall: { rows: 8192, depth: 64, columns: 64 },
  thin: { rows: 512, depth: 4096, columns: 8 },
  deep: { rows: 64, depth: 8192, columns: 64 },
  // These two are done with every element that they read, or write: their limit is the memory.
  vector: { rows: 1024, depth: 1024, columns: 1, limit: { peak: "read", operations: 4 * 2 ** 20 } },
  outer: { rows: 1024, depth: 1, columns: 1024, limit: { peak: "copy", operations: 4 * 2 ** 20 } },
  "tiny-4": { batch: 4096, rows: 4, depth: 4, columns: 4 },
  "small-16": { batch: 512, rows: 16, depth: 16, columns: 16 },
  "odd-255": { rows: 255, depth: 257, columns: 253 },
};

for (const [name, form] of Object.entries(forms)) {
  const workload = `kernel-product-${name}`;
  if (wants(workload)) product(workload, form);
}

function product(workload, { batch = 1, rows, depth, columns, transposed = [false, false], limit }) {
  const left = operand(220, batch, rows, depth, transposed[0]);
  const right = operand(221, batch, depth, columns, transposed[1]);
  const operations = 2 * batch * rows * depth * columns;
  evaluateKernel(workload, (a, b) => matmul(left.upright(a), right.upright(b)), [left.stored, right.stored], {
    unit: "GFLOP/s",
    convert: (milliseconds) => operations / milliseconds / 1e6,
    ...(limit ?? { peak: "arithmetic", operations }),
    expected: (place) => {
      const [of, row, column] = [
        Math.floor(place / (rows * columns)),
        Math.floor(place / columns) % rows,
        place % columns,
      ];
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += left.at(of, row, k) * right.at(of, k, column);
      return sum;
    },
  });
}

/** A batch of matrices: stored as asked for, how that is turned upright, and the elements of the upright ones. */
function operand(stream, batch, rows, columns, transposed) {
  const values = noise(batch * rows * columns, stream);
  const sides = transposed ? [columns, rows] : [rows, columns];
  return {
    stored: fromTypedArray(values, batch === 1 ? sides : [batch, ...sides]),
    upright: transposed ? (matrix) => swapAxes(matrix, -2, -1) : (matrix) => matrix,
    at: (of, row, column) =>
      values[of * rows * columns + (transposed ? column * rows + row : row * columns + column)],
  };
}
