import { describe, expect, it } from "vitest";
import { hostEngine } from "../wasm/engine.js";
import type { Float32Function } from "../wasm/float32/module.js";
import { compileFunctions, hostFunctions } from "./emitted-functions.js";
import { logistic, preferEmitted, unaryLoop, type UnaryKernel } from "./loops.js";

const host = hostEngine();
if (host === undefined) throw new Error("these tests need WebAssembly");
const engine = host;
const functions = compileFunctions(engine);
if (functions === undefined) throw new Error("these tests need vectors in WebAssembly");

/** In float64, with full relative accuracy where the result is small. */
const exact: Readonly<Record<Float32Function, UnaryKernel>> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
};
const names = Object.keys(exact) as Float32Function[];

const map = (name: Float32Function, x: Float32Array): Float32Array => {
  const out = new Float32Array(x.length);
  functions[name](x, 0, out, 0, x.length);
  return out;
};

/** The distance of a float32 from the exact result, in its units in the last place, of subnormals too. */
const distance = (found: number, value: number): number => {
  if (Number.isNaN(value)) return Number.isNaN(found) ? 0 : Infinity;
  if (found === Math.fround(value)) return 0;
  const unit = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -126) - 23);
  // Beyond the largest number there is infinity, one unit further.
  return Math.abs((Number.isFinite(found) ? found : Math.sign(found) * 2 ** 128) - value) / unit;
};

/** Numbers of every exponent and of both signs: so many mantissas each, spread evenly, and both ends. */
const everyExponent = (mantissas: number): Float32Array => {
  const bits: number[] = [];
  for (let high = 0; high < 512; high++) {
    for (let k = 0; k < mantissas; k++)
      bits.push((high << 23) | Math.floor((k * 0x7fffff) / (mantissas - 1)));
  }
  return new Float32Array(Uint32Array.from(bits).buffer);
};

describe.each(names)("%s on vectors", (name) => {
  it("is within 2 ulp of the exact value at every exponent, with subnormals, NaN and infinities", () => {
    const x = everyExponent(400);
    const found = map(name, x);
    const distances = x.map((value, index) => distance(found[index]!, exact[name](value)));
    expect(
      Math.max(
        ...Array.from({ length: 512 }, (_, k) => Math.max(...distances.slice(400 * k, 400 * k + 400))),
      ),
    ).toBeLessThan(1.5);
  });

  it("is within 2 ulp where it varies", () => {
    const x = Float32Array.from({ length: 400_000 }, (_, k) => -105 + (195 * k) / 400_000);
    const found = map(name, x);
    expect(
      x.reduce((worst, value, k) => Math.max(worst, distance(found[k]!, exact[name](value))), 0),
    ).toBeLessThan(1.5);
  });

  it.each([1, 2, 3, 4, 5, 31, 16383, 16384, 16385, 40000])("maps %d elements, and no more", (length) => {
    const x = Float32Array.from({ length: length + 2 }, (_, k) => 0.5 + k / length);
    const out = new Float32Array(length + 4).fill(9);
    functions[name](x, 1, out, 2, length);
    expect([out[0], out[1], out.at(-2), out.at(-1)]).toEqual([9, 9, 9, 9]);
    expect(out.subarray(2, -2)).toEqual(map(name, x).subarray(1, -1));
  });
});

it("special values are exact", () => {
  const x = Float32Array.of(-Infinity, -1, -0, 0, 1, Infinity, NaN);
  expect([...map("exp", x)]).toEqual([
    0,
    Math.fround(Math.exp(-1)),
    1,
    1,
    Math.fround(Math.E),
    Infinity,
    NaN,
  ]);
  expect([...map("log", x)]).toEqual([NaN, NaN, -Infinity, -Infinity, 0, Infinity, NaN]);
  const one = Math.fround(Math.tanh(1));
  expect([...map("tanh", x)]).toEqual([-1, -one, -0, 0, one, 1, NaN]);
  const [low, high] = [Math.fround(logistic(-1)), Math.fround(logistic(1))];
  expect([...map("sigmoid", x)]).toEqual([0, low, 0.5, 0.5, high, 1, NaN]);
});

describe("a loop that prefers vectors", () => {
  const doubled = unaryLoop((x) => 2 * x);
  const loop = preferEmitted("exp", doubled);
  const run = (way: typeof loop, x: Float32Array | Float64Array, step = 1, n = x.length / step) => {
    const out = x instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
    way(x, 0, step, out, 0, n);
    return out[n - 1];
  };

  it("takes them for long runs of float32 without gaps, and nowhere else", () => {
    expect(run(loop, new Float32Array(64).fill(1))).toBe(Math.fround(Math.E));
    expect(run(loop, new Float32Array(63).fill(1))).toBe(2);
    expect(run(loop, new Float32Array(128).fill(1), 2)).toBe(2);
    expect(run(loop, new Float64Array(128).fill(1))).toBe(2);
  });

  it("does without where WebAssembly is refused", () => {
    expect(
      run(
        preferEmitted("exp", doubled, () => undefined),
        new Float32Array(64).fill(1),
      ),
    ).toBe(2);
    const refusing = {
      Instance: engine.Instance,
      Memory: engine.Memory,
      Module: engine.Module,
      validate: () => false,
    };
    expect(compileFunctions(refusing)).toBeUndefined();
    expect(hostFunctions()).toBeDefined();
  });
});
