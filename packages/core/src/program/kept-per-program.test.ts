import { describe, expect, it } from "vitest";
import { sin, stage, zeros } from "@cotangent/core";
import { batchedProgram } from "../transforms/program-rules.js";
import { keptPerProgram, mostKept } from "./kept-per-program.js";

const programOf = (length: number) => stage(sin)(zeros([length]));

describe("what is kept of a program", () => {
  it("is made once a key and program, and is there for the keys asked for last", () => {
    const cache = keptPerProgram<{ readonly key: string }>();
    const [a, b] = [programOf(1), programOf(2)];
    const of = (program: typeof a, key: string) => cache(program, key, () => ({ key }));
    const [first, second] = [of(a, "first"), of(a, "second")];
    expect(of(b, "first")).not.toBe(first);
    for (let other = 0; other < mostKept - 2; other++) of(a, `other ${other}`);
    expect(of(a, "first")).toBe(first);
    of(a, "one more");
    expect(of(a, "first")).toBe(first);
    expect(of(a, "second")).not.toBe(second);
    expect(of(a, "second")).toEqual(second);
  });

  it("may be made while something else is", () => {
    const cache = keptPerProgram<{ readonly depth: number }>();
    const program = programOf(1);
    const nested = (depth: number): { readonly depth: number } =>
      cache(program, String(depth), () => ({ depth: depth === 0 ? 0 : nested(depth - 1).depth + 1 }));
    expect(nested(3 * mostKept).depth).toBe(3 * mostKept);
  });

  it("holds of the programs of vmap, of which there is one a batch size", () => {
    const program = programOf(3);
    const of = (size: number) => batchedProgram(program, [true], size, [true]);
    const first = of(1);
    expect(of(1)).toBe(first);
    for (let size = 2; size <= mostKept + 1; size++) of(size);
    expect(of(1)).not.toBe(first);
  });
});
