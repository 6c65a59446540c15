/** Compiled values that wait in the place of an output: where the loops that read them last write one. */

import { describe, expect, it } from "vitest";
import { plus, sub } from "../src/primitives/additive.js";
import { less } from "../src/primitives/comparison.js";
import { contract } from "../src/primitives/contract.js";
import { convertTo } from "../src/primitives/convert.js";
import { fill } from "../src/primitives/define.js";
import { exp } from "../src/primitives/exponential.js";
import { times } from "../src/primitives/multiplicative.js";
import { permute, reshape } from "../src/primitives/reshape.js";
import { choose } from "../src/primitives/select.js";
import { broadcast, reduceSum } from "../src/primitives/sum-broadcast.js";
import type { Value } from "../src/tensor/value.js";
import { asTensor } from "../src/trace/operands.js";
import { scan } from "../src/transforms/scan.js";
import { filled } from "./filled.js";
import { planOf, type Traced } from "./traced.js";

const shape = [40, 40];
const x = filled(shape, "float32");

const exponential = (value: Value): Value => asTensor("exp", exp(value as never));

const isLess = (a: Value, b: Value): Value => asTensor("less", less(a as never, b as never));

/** What all elements, added up, are in each place. */
const total = (value: Value): Value => broadcast(reduceSum(value, [0, 1]), shape, []);

/** The scratch that a function of x takes, in arrays like x. */
const arraysOf = (f: Traced): number => {
  const plan = planOf(f, [x]);
  return Math.floor(Number(/scratch: (\d+)/.exec(plan)?.[1]) / (4 * 40 * 40));
};

describe("a value waits in the place of an output", () => {
  it("that is made of it", () => {
    expect(
      arraysOf((a) => {
        const e = exponential(a);
        return [times(e, total(e))];
      }),
    ).toBe(0);
  });

  it("of another dtype of the same size", () => {
    expect(
      arraysOf((a) => {
        const e = exponential(a);
        return [convertTo(times(e, total(e)), "int32")];
      }),
    ).toBe(0);
  });

  it("each in one, where loops read several and write several", () => {
    expect(
      arraysOf((a) => {
        const [e, f] = [exponential(a), exponential(times(a, a))];
        const sums = total(times(e, f));
        return [times(e, sums), sub(f, sums)];
      }),
    ).toBe(0);
  });

  it("in the steps of a scan", () => {
    const plan = planOf(
      (a) => {
        const [last] = scan(
          (carry: Value) => {
            const e = exponential(carry);
            return [sub(e, times(e, total(e))), null];
          },
          a as never,
          null,
          { length: 3 },
        );
        return [last];
      },
      [filled(shape, "float32")],
    );
    expect(plan).toContain("scan");
  });
});

describe("a value has a place of its own", () => {
  it("where the loops that write the output give it themselves", () => {
    const functions: readonly Traced[] = [
      (a, b) => {
        const first = plus(a, b);
        const e = exponential(b);
        return [first, times(e, plus(e, a))];
      },
      (a, b) => {
        const [first, second] = [isLess(a, b), sub(a, b)];
        const e = exponential(b);
        return [first, second, times(e, sub(e, a))];
      },
      (a, b) => {
        const first = plus(a, b);
        const [e, f] = [exponential(a), exponential(b)];
        return [first, times(e, plus(e, f)), sub(f, times(f, e))];
      },
    ];
    for (const f of functions) planOf(f, [x, filled(shape, "float32", 1)]);
  });

  it("where the output's elements have another size", () => {
    expect(
      arraysOf((a) => {
        const e = exponential(a);
        return [isLess(times(e, total(e)), e)];
      }),
    ).toBe(1);
  });

  it("where what its loop reads last has elements of another size", () => {
    expect(
      arraysOf((a) => {
        const condition = isLess(exponential(a), exponential(permute(a, [1, 0])));
        const count = total(convertTo(condition, "float32"));
        const e = exponential(
          choose(condition, times(a, fill(2 ** -10, a)), times(count, fill(2 ** -10, a))),
        );
        return [plus(permute(e, [1, 0]), times(e, total(e)))];
      }),
    ).toBe(1);
  });

  it("where the loops read it in another order too", () => {
    expect(
      arraysOf((a) => {
        const e = exponential(a);
        return [plus(permute(e, [1, 0]), times(e, total(e)))];
      }),
    ).toBe(1);
  });

  it("where others read it later", () => {
    expect(
      arraysOf((a) => {
        const e = exponential(a);
        const first = times(e, total(e));
        return [first, reduceSum(times(e, total(first)), [0])];
      }),
    ).toBe(1);
  });

  it("where it is read by another name, in another order", () => {
    expect(
      arraysOf((a) => {
        const e = exponential(a);
        const named = reshape(e, [20, 80]);
        const product = contract(named, named, { contracted: [[1], [1]], batch: [[], []] });
        const sums = broadcast(reduceSum(product, [0, 1]), [80, 20], []);
        return [plus(permute(named, [1, 0]), times(reshape(e, [80, 20]), sums))];
      }),
    ).toBeGreaterThan(0);
  });

  it("where one output has more than one of them: the other has", () => {
    expect(
      arraysOf((a) => {
        const [e, f] = [exponential(a), exponential(times(a, a))];
        return [plus(times(e, total(f)), times(f, total(e)))];
      }),
    ).toBe(1);
  });
});
