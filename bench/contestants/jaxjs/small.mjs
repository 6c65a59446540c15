/** Workload 10: operations on three numbers. */
import { measure } from "../../harness/measure.mjs";
import { evaluate } from "./evaluate.mjs";
import { grad, np } from "./library.mjs";

const a = np.array([1, 2, 3]);
let result = [];

const chain = () => {
  let y = np.zeros([3]);
  for (let i = 0; i < 1000; i++) y = y.add(a.ref);
  result = y.dataSync();
};
measure("small-add-chain", "eager", "ns", chain, { per: 1000, check: () => [...result] });

const read = () => {
  result = a.ref.add(a.ref).dataSync();
};
measure("small-add-read", "eager", "ns", read, { check: () => [...result] });

const gradient = grad((x) => x.mul(a.ref).sum());
evaluate("small-grad", "us", gradient, [np.ones([3])], { check: ([values]) => [...values] });
