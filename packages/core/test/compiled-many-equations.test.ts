/** Programs of many equations on small values: the engine takes their modules, which grow as the programs do. */

import { describe, expect, it } from "vitest";
import { stage, type Tensor } from "@cotangent/core";
import {
  add,
  concatenate,
  cond,
  exp,
  foriLoop,
  greater,
  matmul,
  mul,
  sigmoid,
  sin,
  sum,
  tanh,
} from "@cotangent/core";
import { compileProgram } from "../src/compile/compile-program.js";
import { comparison } from "./compiled-as-interpreted.js";
import { filled } from "./filled.js";
import { engine } from "./host-engine.js";
import { coreOf } from "./run-compiled.js";

type Step = (y: Tensor, x: Tensor, place: number) => Tensor;

/** The total of what so many steps make of a value. */
const repeated =
  (steps: number, step: Step) =>
  (x: Tensor): Tensor =>
    sum(stepped(steps, step, x, x));

const stepped = (steps: number, step: Step, start: Tensor, x: Tensor): Tensor => {
  let y = start;
  for (let place = 0; place < steps; place++) y = step(y, x, place);
  return y;
};

/** Two equations, none of them a function. */
const scaled: Step = (y, x, place) => add(mul(y, 0.5 + (place % 7) * 0.05), x);

const functions = [sin, tanh, sigmoid, (y: Tensor): Tensor => exp(mul(y, -1))] as const;

/** Two equations, one of them a function. */
const curved: Step = (y, x, place) => add((functions[place % 4] ?? sin)(y), x);

const isTaken = (f: (x: Tensor) => Tensor, shape: readonly number[]): void => {
  const program = stage(f as never)(filled(shape, "float32") as never);
  expect(comparison(program)([filled(shape, "float32")])).toBe("compared");
};

const compiledCore = (
  f: (x: Tensor) => Tensor,
  shape: readonly number[],
): NonNullable<ReturnType<typeof compileProgram>> => {
  const { core } = coreOf(stage(f as never)(filled(shape, "float32") as never)) ?? {};
  const compiled = core && compileProgram(core);
  if (compiled === undefined) throw new Error("the program is too large");
  return compiled;
};

describe("a program of many equations", () => {
  it.each([
    [3, 1000],
    [10, 1900],
    [16, 1000],
  ])("on %d elements is one module", (size, steps) => {
    for (const step of [scaled, curved]) isTaken(repeated(500, step), [size]);
    const modules = [
      compiledCore(repeated(5000, scaled), [size]),
      compiledCore(repeated(steps, curved), [size]),
    ];
    for (const { wasm } of modules) expect(() => new engine.Module(wasm)).not.toThrow();
  });

  it("on single numbers is one module", () => {
    isTaken(repeated(500, curved), []);
  });

  it("has a body of them", () => {
    isTaken((x) => sum(foriLoop(0, 3, (_i, y: Tensor) => stepped(2500, scaled, y, x), x)), [16]);
  });

  it("that all stay to be read", () => {
    isTaken(
      (x) => {
        const all = Array.from({ length: 500 }, (_, place) => sin(mul(x, place / 500)));
        return sum(all.reduce((total, each) => add(total, mul(each, all[499] ?? x))));
      },
      [16],
    );
  });

  it("of products and totals", () => {
    isTaken(
      repeated(150, (y, x) => tanh(add(matmul(y, x), mul(0.01, sum(y))))),
      [4, 4],
    );
  });

  it("with parts of each", () => {
    isTaken((x) => sum(concatenate(Array.from({ length: 1000 }, (_, place) => mul(x, place / 1000)))), [10]);
  });

  it("has code as long as it has equations", () => {
    for (const step of [scaled, curved]) {
      const [once, twice] = [500, 1000].map(
        (steps) => compiledCore(repeated(steps, step), [16]).wasm.length,
      ) as [number, number];
      expect(twice).toBeLessThan(2.1 * once);
      expect(twice).toBeLessThan(2000 * 256);
    }
  });
});

describe("a loop of many small values", () => {
  it("keeps those in memory for which there are no variables", () => {
    isTaken(
      (x) => {
        const start = Array.from({ length: 1000 }, (_, place) => mul(x, place / 1000));
        const end = foriLoop(0, 3, (_i, all: Tensor[]) => all.map((each) => add(mul(each, 0.5), x)), start);
        return sum(end.reduce((total, each) => add(total, each)));
      },
      [16],
    );
  });

  it("is as long as it has to be, with an even and an odd number of steps", () => {
    for (const steps of [2, 3])
      isTaken(
        (x) => {
          const start = Array.from({ length: 200 }, (_, place) => mul(x, place / 200));
          const turned = (all: Tensor[]): Tensor[] => [...all.slice(1), add(mul(all[0] ?? x, 0.5), x)];
          return sum(concatenate(foriLoop(0, steps, (_i, all: Tensor[]) => turned(all), start)));
        },
        [16],
      );
  });
});

describe("branches", () => {
  it("one after another are in one function", () => {
    isTaken(
      repeated(200, (y, _x, place) =>
        cond(
          greater(sum(y), place % 3),
          (z: Tensor) => mul(z, 0.5),
          (z: Tensor) => add(z, 1),
          y,
        ),
      ),
      [16],
    );
  });

  it("of many equations leave the totals around them where they are", () => {
    isTaken(
      (x) => {
        const chosen = cond(
          greater(sum(x), 0),
          (y: Tensor) => stepped(200, scaled, y, y),
          (y: Tensor) => mul(y, 2),
          x,
        );
        return add(sum(chosen), sum(mul(chosen, chosen)));
      },
      [40],
    );
  });
});
