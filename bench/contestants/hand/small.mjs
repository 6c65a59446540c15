/** Workload 10: operations on three numbers. Each result is a new array, as a library's would be. */
import { measure } from "../../harness/measure.mjs";

const a = Float32Array.of(1, 2, 3);
let result = a;

function plus(left, right) {
  const sum = new Float32Array(3);
  for (let i = 0; i < 3; i++) sum[i] = left[i] + right[i];
  return sum;
}

const note = "allocates each result";
const check = () => [...result];

const chain = () => {
  let y = new Float32Array(3);
  for (let i = 0; i < 1000; i++) y = plus(y, a);
  result = y;
};
measure("small-add-chain", "plain", "ns", chain, { per: 1000, check, note });

const read = () => {
  result = plus(a, a);
};
measure("small-add-read", "plain", "ns", read, { check, note });

const gradient = () => {
  result = new Float32Array(3);
  for (let i = 0; i < 3; i++) result[i] = a[i];
};
measure("small-grad", "plain", "us", gradient, { check, note });
