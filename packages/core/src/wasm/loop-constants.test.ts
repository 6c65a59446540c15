import { describe, expect, it } from "vitest";
import { forRange, when } from "./control.js";
import { engine } from "../../test/host-engine.js";
import { instantiate } from "./engine.js";
import { local } from "./expression.js";
import { procedure } from "./function.js";
import { i32 } from "./integer.js";
import { assemble } from "./module.js";
import { f32x4, v128 } from "./simd.js";

/** How often the bytes come in the module. */
const countOf = (bytes: Uint8Array, searched: readonly number[]): number =>
  [...bytes].filter((_, at) => searched.every((byte, index) => bytes[at + index] === byte)).length;
const seven = [0xfd, 0x0c, 0, 0, 0xe0, 0x40, 0, 0, 0xe0, 0x40];

const add = (constant: number) => {
  const [at, inner, bytes] = [local("i32"), local("i32"), local("i32")];
  const plus = v128.store(at, f32x4.add(v128.load(at), f32x4.const(constant)));
  const map = procedure(
    "map",
    [bytes],
    [forRange(at, 0, bytes, 16, [plus, forRange(inner, 0, 2, 1, [when(i32.const(1), [plus])])]), plus],
  );
  return assemble({ memory: { from: "host", name: "memory", pages: 1 }, exports: { map } });
};

describe("constant vectors of loops", () => {
  it("are made once in front of the outermost loop, however often they come, and behind it where they are used", () => {
    expect(countOf(add(7).bytes, seven)).toBe(2);
  });

  it("stay where they are if they are one instruction", () => {
    expect(countOf(add(0).bytes, [0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(3);
  });

  it("have their values in every loop", () => {
    const memory = new engine.Memory({ initial: 1 });
    instantiate(engine, add(7), { host: { memory } })?.map(32);
    // Once itself, twice in the inner loop; the one behind the loops is at the address that comes next.
    expect([...new Float32Array(memory.buffer, 0, 12)]).toEqual(
      [8, 4].flatMap((count, place) => Array.from({ length: count }, () => (place === 0 ? 21 : 7))),
    );
  });
});
