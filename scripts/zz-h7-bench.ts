import { zeros, tensor, add } from "@cotangent/core";
import { reduceSum } from "../packages/core/src/primitives/sum-broadcast.js";
import { contract } from "../packages/core/src/primitives/contract.js";
import type { Value } from "../packages/core/src/tensor/value.js";
const x = tensor([1,2,3,4]) as unknown as Value;
const m = tensor([[1,2],[3,4]]) as unknown as Value;
const params = { contracted: [[1],[0]], batch: [[],[]] } as const;
const time = (name: string, f: () => unknown) => {
  for (let i=0;i<200000;i++) f();
  const t=performance.now(); const n=500000; for (let i=0;i<n;i++) f(); 
  console.log(name, ((performance.now()-t)/n*1000).toFixed(3), "µs");
};
time("add", () => add(x, x));
time("sum raw", () => reduceSum(x, [0]));
time("sum raw 2d axis0", () => reduceSum(m, [0]));
time("contract", () => contract(m, m, params));
