/** Workloads 6 to 9: matrix products, large elementwise functions, rows, sums. */
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import * as inputs from "../../harness/inputs.mjs";
import { gigaflops, measure } from "../../harness/measure.mjs";
import { wants, wantsAny } from "../../harness/settings.mjs";
import { product } from "./matrix-product.mjs";

const [rowCount, rowLength] = inputs.rowsShape;

for (const n of inputs.matmulSizes.filter((size) => wants(`matmul${size}`))) {
  const { a, b } = inputs.matmul(n);
  const c = new Float32Array(n * n);
  measure(`matmul${n}`, "plain", "GFLOP/s", () => product(n, n, n, a, b, c), {
    convert: gigaflops(n),
    check: () => sum4(c),
  });
}

if (wantsAny("elementwise-fwd", "elementwise-grad")) {
  const x = inputs.elementwise();
  const out = new Float32Array(x.length);
  const forward = () => {
    for (let i = 0; i < x.length; i++) out[i] = Math.tanh(x[i]) * x[i] + 1;
  };
  const gradient = () => {
    for (let i = 0; i < x.length; i++) {
      const t = Math.tanh(x[i]);
      out[i] = t + x[i] * (1 - t * t);
    }
  };
  measure("elementwise-fwd", "plain", "ms", forward, { check: () => sum4(out) });
  measure("elementwise-grad", "plain", "ms", gradient, { check: () => sum4(out) });
}

/** Softmax of each row; also the gradient of the sum of the rows' log-sum-exp. */
function softmaxRows(x, out) {
  for (let row = 0; row < rowCount; row++) {
    const at = row * rowLength;
    let largest = -Infinity;
    let total = 0;
    for (let j = 0; j < rowLength; j++) if (x[at + j] > largest) largest = x[at + j];
    for (let j = 0; j < rowLength; j++) total += out[at + j] = Math.exp(x[at + j] - largest);
    const scale = 1 / total;
    for (let j = 0; j < rowLength; j++) out[at + j] *= scale;
  }
}

for (const workload of ["softmax-rows", "logsumexp-grad"].filter(wants)) {
  const x = inputs.rows();
  const out = new Float32Array(x.length);
  measure(workload, "plain", "ms", () => softmaxRows(x, out), { check: () => sum4(out) });
}

if (wants("layernorm-grad")) {
  const { x, scale, shift, weight, epsilon } = inputs.layerNorm();
  const xGradient = new Float32Array(x.length);
  const scaleGradient = new Float32Array(rowLength);
  const shiftGradient = new Float32Array(rowLength);
  const normalized = new Float32Array(rowLength);
  let loss = 0;
  const run = () => {
    scaleGradient.fill(0);
    shiftGradient.fill(0);
    loss = 0;
    for (let row = 0; row < rowCount; row++) {
      const at = row * rowLength;
      let mean = 0;
      for (let j = 0; j < rowLength; j++) mean += x[at + j];
      mean /= rowLength;
      let squares = 0;
      for (let j = 0; j < rowLength; j++) squares += (x[at + j] - mean) ** 2;
      const inverse = 1 / Math.sqrt(squares / rowLength + epsilon);
      let meanCotangent = 0;
      let meanProduct = 0;
      for (let j = 0; j < rowLength; j++) {
        const value = (x[at + j] - mean) * inverse;
        const w = weight[at + j];
        const cotangent = w * scale[j];
        normalized[j] = value;
        loss += (value * scale[j] + shift[j]) * w;
        scaleGradient[j] += value * w;
        shiftGradient[j] += w;
        meanCotangent += cotangent;
        meanProduct += cotangent * value;
      }
      meanCotangent /= rowLength;
      meanProduct /= rowLength;
      for (let j = 0; j < rowLength; j++) {
        xGradient[at + j] =
          inverse * (weight[at + j] * scale[j] - meanCotangent - normalized[j] * meanProduct);
      }
    }
  };
  measure("layernorm-grad", "plain", "ms", run, {
    check: () => [sixDigits(loss), ...sum4(xGradient), ...sum4(scaleGradient), ...sum4(shiftGradient)],
  });
}

if (wantsAny("sum-axis0", "sum-axis1", "sum-full")) {
  const x = inputs.sums();
  const [rows, columns] = inputs.sumsShape;
  const columnSums = new Float32Array(columns);
  const rowSums = new Float32Array(rows);
  let total = 0;
  const sumColumns = () => {
    columnSums.fill(0);
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) columnSums[j] += x[at++];
  };
  const sumRows = () => {
    for (let i = 0, at = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += x[at++];
      rowSums[i] = sum;
    }
  };
  const sumAll = () => {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < x.length; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    total = a + b + c + d;
  };
  measure("sum-axis0", "plain", "ms", sumColumns, { check: () => sum4(columnSums) });
  measure("sum-axis1", "plain", "ms", sumRows, { check: () => sum4(rowSums) });
  measure("sum-full", "plain", "ms", sumAll, { check: () => [sixDigits(total)] });
}
