/** A smooth unary primitive is one literal: laws, derivatives of any order, vmap and printing follow. */

import {
  add,
  cos,
  div,
  grad,
  item,
  programToString,
  scalar,
  sin,
  stage,
  sub,
  tensor,
  toArray,
  vmap,
  zeros,
  type Unary,
} from "@cotangent/core";
import { laws } from "@cotangent/core/testing";
import { describe, expect, it } from "vitest";
import { elementwise } from "../src/primitives/elementwise.js";
import * as trigonometry from "../src/primitives/trigonometry.js";
import * as core from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

/** The sine cardinal, sin(x) / x. d sinc(x) = (cos(x) - sinc(x)) / x dx. */
const sinc = elementwise({
  name: "sinc",
  kernel: (x) => Math.sin(x) / x,
  derivative: (x, y) => div(sub(cos(x), y), x),
  samples: [{ min: 0.5, max: 6 }],
}) as Unary;

describe("a primitive of one literal", () => {
  it.each(laws(sinc).map((law) => [law.name, law] as const))("%s", (_name, law) => {
    law.check();
  });

  it("has derivatives of any order, under vmap, and prints", () => {
    const second = (x: number): number => ((2 - x * x) * Math.sin(x) - 2 * x * Math.cos(x)) / x ** 3;
    expect(toArray(vmap(grad(grad(sinc)))(tensor([1, 2])))).toEqual([
      expect.closeTo(second(1), 5),
      expect.closeTo(second(2), 5),
    ]);
    expect(item(sinc(scalar(Math.PI / 2)))).toBeCloseTo(2 / Math.PI, 6);
    expect(programToString(stage((x) => add(sinc(x), 1))(zeros([2])))).toBe(
      "program(a: float32[2]) {\n  b: float32[2] = sinc(a)\n  c: float32[2] = add(b, 1:float32[2])\n  return c\n}",
    );
  });

  it("is exported with its family, by the index and by pipe", () => {
    for (const [name, operation] of Object.entries(trigonometry)) {
      expect([name, (core as Record<string, unknown>)[name] === operation]).toEqual([name, true]);
      expect([name, (P as Record<string, unknown>)[name] === operation]).toEqual([name, true]);
    }
    expect(sin).toBe(trigonometry.sin);
  });
});
