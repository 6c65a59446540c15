/** Workload 10: operations on three numbers. */
import { add, grad, mul, ones, sum, tensor, toTypedArray, zeros } from "@cotangent/core";
import { measure } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";

const a = tensor([1, 2, 3]);

if (wants("small-add-chain")) {
  let result = [];
  const chain = () => {
    let y = zeros([3]);
    for (let i = 0; i < 1000; i++) y = add(y, a);
    result = toTypedArray(y);
  };
  measure("small-add-chain", "eager", "ns", chain, { per: 1000, check: () => [...result] });
}

if (wants("small-add-read")) {
  let result = [];
  const read = () => {
    result = toTypedArray(add(a, a));
  };
  measure("small-add-read", "eager", "ns", read, { check: () => [...result] });
}

if (wants("small-grad")) {
  const gradient = grad((x) => sum(mul(x, a)));
  evaluate("small-grad", "us", gradient, [ones([3])], { check: ([values]) => [...values] });
}
