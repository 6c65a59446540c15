/** What is compiled is what is interpreted: the function itself, and its derivatives. */

import { jit } from "../../compile/jit.js";
import { showAval } from "../../tensor/shape.js";
import type { Untyped } from "../../types/tensor.js";
import type { ArrayTensor } from "../../tensor/array-tensor.js";
import type { Value } from "../../tensor/value.js";
import { stageLeaves } from "../../transforms/program-rules.js";
import { measured } from "../against-float64.js";
import { concrete, type ListFunction } from "../transformed.js";
import { derivedOf, type Derived } from "./derived.js";
import { Broken } from "./expect.js";
import { everyKind, type LawRule } from "./law.js";
import { longestSum } from "./terms.js";
import type { Subject } from "./subject.js";

/** Compiled results are as near to float64 as those of the interpreter, to a few places of the last bit. */
export const jitLaw: LawRule = {
  name: "jit",
  statement:
    "compiled, the function and its derivatives are what they are interpreted: measured against float64, at most twice as far, and four places of the last bit, half a place more for each term of a sum",
  wants: {},
  applies: everyKind,
  holds: (subject, trial) => {
    for (const derived of derivedOf(subject, trial)) {
      const { mode, f, args } = derived;
      const program = stageLeaves("jit", args, f);
      // A sum in another order is rounded otherwise: by half a place for each of its terms.
      const differenceOf = measured(program, args, 4 + longestSum(program) / 2);
      const outputs = compiledOf(subject, trial.params, derived)(args);
      outputs.forEach((output, index) => {
        const difference = differenceOf?.(output, index);
        if (difference === undefined) return;
        const what = mode === "value" ? "" : ` of its ${mode} mode`;
        throw new Broken(`output ${index}${what}, ${showAval(output)}, ${difference}`);
      });
    }
  },
};

type Compiled = (args: readonly ArrayTensor[]) => readonly ArrayTensor[];

/** Trials of one kind share a module: a declared cache, weak in the subject. */
const known = /* @__PURE__ */ new WeakMap<Subject, Map<unknown, Map<string, Compiled>>>();

const compiledOf = (subject: Subject, params: unknown, { mode, f, args }: Derived): Compiled => {
  const ofSubject = known.get(subject) ?? new Map<unknown, Map<string, Compiled>>();
  const ofParams = ofSubject.get(params) ?? new Map<string, Compiled>();
  // Which operands are floating decides what the modes differentiate.
  const key = `${mode} ${args.map(({ dtype }) => dtype).join()}`;
  const found = ofParams.get(key) ?? compiled(f, subject);
  known.set(subject, ofSubject.set(params, ofParams.set(key, found)));
  return found;
};

const compiled = (f: ListFunction, { backend }: Subject): Compiled => {
  const options = backend === undefined ? {} : { backend };
  const jitted: Untyped = jit((...values: readonly Value[]) => f(values), options);
  return (args) => concrete((jitted as (...values: readonly Value[]) => readonly Value[])(...args));
};
