/** Workload 10: operations on three numbers. */
import { add, grad, jit, mul, ones, sum, tensor, toTypedArray, zeros } from "@cotangent/core";
import { measure } from "../../harness/measure.mjs";
import { wants } from "../../harness/settings.mjs";
import { evaluate } from "./evaluate.mjs";

const a = tensor([1, 2, 3]);

const additions = { eager: add, jit: jit((x, y) => add(x, y)) };

for (const [variant, plus] of Object.entries(additions)) {
  let result = [];
  const chain = () => {
    let y = zeros([3]);
    for (let i = 0; i < 1000; i++) y = plus(y, a);
    result = toTypedArray(y);
  };
  measure("small-add-chain", variant, "ns", chain, { per: 1000, check: () => [...result] });
}

for (const [variant, plus] of Object.entries(additions)) {
  let result = [];
  const read = () => {
    result = toTypedArray(plus(a, a));
  };
  measure("small-add-read", variant, "ns", read, { check: () => [...result] });
}

if (wants("small-grad")) {
  const gradient = grad((x) => sum(mul(x, a)));
  const check = ([values]) => [...values];
  evaluate("small-grad", "us", gradient, [ones([3])], { check, variants: ["eager"] });
  const note =
    "this gradient does not depend on x: compiled, it is a constant, and what is timed is the call";
  evaluate("small-grad", "us", gradient, [ones([3])], { check, variants: ["jit"], note });
}
