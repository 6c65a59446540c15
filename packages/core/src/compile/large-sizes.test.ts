/** Sizes above which numbers of 32 bits would turn negative. */

import { describe, expect, it, vi } from "vitest";
import { logicalNot, stage, zeros, type Tensor } from "@cotangent/core";
import { engine } from "../../test/host-engine.js";
import { compileProgram } from "./compile-program.js";
import { nestOf } from "./loop-axes.js";
import { Runtime } from "./runtime.js";

describe("loops", () => {
  const lengthsOf = (...domain: readonly number[]) => {
    const steps = domain.map((_, axis) => domain.slice(axis + 1).reduce((size, length) => size * length, 1));
    const access = { start: 0, steps };
    const { levels, vector } = nestOf(
      domain,
      domain.map(() => false),
      [access],
      [access],
      true,
    );
    return { lengths: levels.map(({ length }) => length), vector };
  };

  it("are merged and done in vectors while their bytes are a signed number", () => {
    expect(lengthsOf(2 ** 14, 2 ** 14)).toEqual({ lengths: [2 ** 28], vector: 0 });
    expect(lengthsOf(2 ** 15, 2 ** 14)).toEqual({ lengths: [2 ** 15, 2 ** 14], vector: 1 });
    expect(lengthsOf(3, 2 ** 29)).toEqual({ lengths: [2 ** 29, 3], vector: 1 });
    expect(lengthsOf(2 ** 29)).toEqual({ lengths: [2 ** 29], vector: -1 });
  });

  it("of more steps than a signed number counts are none of the compiler's", () => {
    const programOf = (length: number) =>
      stage((x: Tensor<[number], "bool">) => logicalNot(x))(zeros([length], { dtype: "bool" }));
    expect(compileProgram(programOf(2 ** 31 - 1))).toBeDefined();
    expect(compileProgram(programOf(2 ** 31))).toBeUndefined();
  });
});

describe("scratch", () => {
  it("has a quarter more than is asked for, however much that is", () => {
    const runtime = new Runtime(engine);
    const asked: number[] = [];
    vi.spyOn(runtime.heap, "allocate").mockImplementation((bytes) => {
      asked.push(bytes);
      return { space: runtime.heap.space, address: 0, bytes };
    });
    for (const bytes of [1000, 2 ** 31, 3 * 2 ** 30]) runtime.scratchOf(bytes);
    expect(asked).toEqual([1250, 1.25 * 2 ** 31, 3.75 * 2 ** 30]);
  });

  it("has no more than that where there is no room", () => {
    const runtime = new Runtime(engine, { mostBytes: 4 << 20 });
    expect(() => runtime.scratchOf(3.5 * (1 << 20))).not.toThrow();
    expect(() => runtime.scratchOf(4.5 * (1 << 20))).toThrow("wanted   4.5 MiB");
  });
});
