/** Workload 16: how long the first call of a compiled function takes. */
import {
  add,
  fromTypedArray,
  item,
  jit,
  matmul,
  max,
  mul,
  sigmoid,
  sin,
  stage,
  sub,
  tanh,
  toTypedArray,
} from "@cotangent/core";
import { sixDigits, sum4 } from "../../harness/check-values.mjs";
import { noise } from "../../harness/noise.mjs";
import { timed } from "./timed.mjs";
import { startOfTraining } from "./training-step.mjs";

/** How long the first call of the compiled training step takes beyond a later one. */
export function compileTraining(optimizer) {
  const { run, start } = startOfTraining(optimizer);
  const step = jit(run);
  const once = () => item(step(...start)[1]);
  const first = timed(once);
  const later = Math.min(...Array.from({ length: 5 }, () => timed(once).milliseconds));
  return {
    value: first.milliseconds - later,
    check: [sixDigits(first.result)],
    expected: [sixDigits(item(run(...start)[1]))],
  };
}

/**
 * How long the first call of a compiled function of so many equations takes beyond a later one. With `warm` another one was compiled
 * before: what is left is the compiler without the engine's own warming up.
 */
export function compileEquations(count, warm) {
  const operands = [
    fromTypedArray(noise(256, 100), [16, 16]),
    fromTypedArray(noise(256, 101, 0.3), [16, 16]),
  ];
  const equationsOf = (f) => stage(f)(...operands).equations.length;
  const onePeriod = equationsOf(mixed(1, 0));
  const periods = Math.ceil(count / onePeriod);
  if (warm) jit(mixed(periods, 1))(...operands);
  const f = mixed(periods, 0);
  const compiled = jit(f);
  const first = timed(() => toTypedArray(compiled(...operands)));
  const later = Math.min(
    ...Array.from({ length: 5 }, () => timed(() => toTypedArray(compiled(...operands))).milliseconds),
  );
  return {
    value: first.milliseconds - later,
    check: sum4(first.result),
    expected: sum4(toTypedArray(f(...operands))),
    note: `${equationsOf(f)} equations; a call takes ${later.toFixed(2)} ms`,
  };
}

/** Periods of elementwise functions, a reduction, its broadcast and a product, no two alike. */
function mixed(periods, seed) {
  return (x, w) => {
    let y = x;
    for (let period = 0; period < periods; period++) {
      const before = y;
      y = tanh(add(mul(y, 0.5 + 1 / (seed + period + 2)), x));
      y = sub(y, max(y, { axis: 1, keepDims: true }));
      y = sub(sigmoid(matmul(y, w)), sin(before));
    }
    return y;
  };
}
