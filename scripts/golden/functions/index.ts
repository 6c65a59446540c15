/** The table of functions.json: name → function. */

import { algebra } from "./algebra.js";
import type { GoldenFunction } from "./define.js";
import { dynamics } from "./dynamics.js";
import { learning } from "./learning.js";
import { scalar } from "./scalar.js";

export const functions: { readonly [name: string]: GoldenFunction } = {
  ...scalar,
  ...algebra,
  ...learning,
  ...dynamics,
};
