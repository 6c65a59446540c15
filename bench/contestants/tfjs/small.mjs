/** Workload 10: operations on three numbers, each result disposed of by hand as the library asks. */
import { measure } from "../../harness/measure.mjs";
import { evaluate } from "./evaluate.mjs";
import { tf } from "./library.mjs";

const a = tf.tensor1d([1, 2, 3]);
const x = tf.ones([3]);
const gradient = tf.grad((t) => tf.sum(tf.mul(t, a)));
let result = [];

const chain = () => {
  let y = tf.zeros([3]);
  for (let i = 0; i < 1000; i++) {
    const sum = tf.add(y, a);
    y.dispose();
    y = sum;
  }
  result = y.dataSync();
  y.dispose();
};
measure("small-add-chain", "eager", "ns", chain, { per: 1000, check: () => [...result] });

const read = () => {
  const sum = tf.add(a, a);
  result = sum.dataSync();
  sum.dispose();
};
measure("small-add-read", "eager", "ns", read, { check: () => [...result] });

evaluate("small-grad", "us", () => gradient(x), { check: ([values]) => [...values] });
