import { describe, expect, it } from "vitest";
import { engine } from "../../test/host-engine.js";
import { compileFunctions, hostFunctions } from "./emitted-functions.js";
import { binaryLoop, preferEmitted, preferEmittedBinary, unaryLoop } from "./loops.js";

const compiled = compileFunctions(engine);
if (compiled === undefined) throw new Error("these tests need vectors in WebAssembly");
const functions = compiled;

const map = (x: Float32Array): Float32Array => {
  const out = new Float32Array(x.length);
  functions.unary("exp")?.(x, 0, out, 0, x.length);
  return out;
};

const mapPairs = (a: Float32Array, b: Float32Array): Float32Array => {
  const out = new Float32Array(a.length);
  functions.binary("hypot")?.(a, 0, 1, b, 0, 1, out, 0, a.length);
  return out;
};

describe("pieces", () => {
  it.each([1, 2, 3, 4, 5, 31, 16383, 16384, 16385, 40000])("of %d elements, and no more", (length) => {
    const x = Float32Array.from({ length: length + 2 }, (_, k) => 0.5 + k / length);
    const out = new Float32Array(length + 4).fill(9);
    functions.unary("exp")?.(x, 1, out, 2, length);
    expect([out[0], out[1], out.at(-2), out.at(-1)]).toEqual([9, 9, 9, 9]);
    expect(out.subarray(2, -2)).toEqual(map(x).subarray(1, -1));
  });

  it.each([1, 2, 3, 4, 5, 31, 16383, 16384, 16385, 40000])("of %d pairs, and no more", (length) => {
    const x = Float32Array.from({ length: length + 2 }, (_, k) => 0.5 + k / length);
    const y = Float32Array.of(2, 3);
    for (const [s, t] of [
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const operands = [s === 1 ? x : y, t === 1 ? x : y] as const;
      const out = new Float32Array(length + 4).fill(9);
      functions.binary("hypot")?.(operands[0], 1, s, operands[1], 1, t, out, 2, length);
      expect([out[0], out[1], out.at(-2), out.at(-1)]).toEqual([9, 9, 9, 9]);
      const [a, b] = operands.map((data, k) => x.map((_, at) => ([s, t][k] === 1 ? data[at]! : data[1]!)));
      expect(out.subarray(2, -2)).toEqual(mapPairs(a!, b!).subarray(1, -1));
    }
  });
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
    expect(run(loop, new Float32Array(15).fill(1))).toBe(2);
    expect(run(loop, new Float32Array(128).fill(1), 2)).toBe(2);
    expect(run(loop, new Float64Array(128).fill(1))).toBe(2);
  });

  it("takes them for pairs, of which one may be a single element for all", () => {
    const sum = binaryLoop((a, b) => a + b);
    const pairLoop = preferEmittedBinary("hypot", sum);
    const [threes, four] = [new Float32Array(64).fill(3), Float32Array.of(4)];
    const result = (n: number, a: Float32Array | Float64Array, s: number): number | undefined => {
      const out = a instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
      pairLoop(a, 0, s, a instanceof Float32Array ? four : Float64Array.of(4), 0, 0, out, 0, n);
      return out[n - 1];
    };
    expect(result(64, threes, 1)).toBe(5);
    expect(result(15, threes, 1)).toBe(7);
    expect(result(32, threes, 2)).toBe(7);
    expect(result(64, new Float64Array(64).fill(3), 1)).toBe(7);
    expect(preferEmittedBinary("add", sum)).toBe(sum);
  });

  it("does without where there is no such function, or WebAssembly is refused", () => {
    expect(preferEmitted("abs", doubled)).toBe(doubled);
    expect(preferEmitted("toString", doubled)).toBe(doubled);
    expect(functions.unary("toString")).toBeUndefined();
    expect(
      run(
        preferEmitted("exp", doubled, () => undefined),
        new Float32Array(64).fill(1),
      ),
    ).toBe(2);
    expect(compileFunctions({ ...engine, validate: () => false })).toBeUndefined();
    const Memory = function () {
      throw new RangeError("could not allocate memory");
    } as never;
    expect(compileFunctions({ ...engine, Memory })).toBeUndefined();
    expect(hostFunctions()).toBeDefined();
  });

  it("compiles a function when it is first asked for, and once", () => {
    let modules = 0;
    const counting = {
      ...engine,
      Module: class extends engine.Module {
        constructor(bytes: Uint8Array) {
          super(bytes);
          modules++;
        }
      },
    };
    const table = compileFunctions(counting);
    const before = modules;
    expect(table?.unary("erf")).toBe(table?.unary("erf"));
    expect(modules - before).toBe(1);
  });
});
