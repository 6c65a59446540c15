import { describe, expect, it } from "vitest";
import { engine } from "../../test/host-engine.js";
import { float32Functions, type BinaryName, type UnaryName } from "../wasm/float32/functions.js";
import { compileFunctions } from "./emitted-functions.js";
import type { BinaryKernel, UnaryKernel } from "./loops.js";
import { digamma } from "./special/digamma.js";
import { erfInv } from "./special/erf-inv.js";
import { erf, erfc } from "./special/erf.js";
import { floorDivide, floorMod } from "./special/floor-division.js";
import { hypot } from "./special/hypot.js";
import { lgamma } from "./special/lgamma.js";
import { logAddExp } from "./special/log-add-exp.js";

const compiled = compileFunctions(engine);
if (compiled === undefined) throw new Error("these tests need vectors in WebAssembly");
const functions = compiled;

/** In float64, with full relative accuracy where the result is small, and the bound in units in the last place. */
const unary: Readonly<Record<UnaryName, readonly [UnaryKernel, bound: number]>> = {
  exp: [Math.exp, 1.25],
  expm1: [Math.expm1, 1.75],
  log: [Math.log, 1.25],
  log1p: [Math.log1p, 1.5],
  log2: [Math.log2, 0.51],
  log10: [Math.log10, 0.51],
  logit: [(p) => (p > 0.25 && p < 0.75 ? 2 * Math.atanh(2 * p - 1) : Math.log(p) - Math.log1p(-p)), 0.51],
  sigmoid: [(x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))), 2],
  cbrt: [Math.cbrt, 0.51],
  rsqrt: [(x) => 1 / Math.sqrt(x), 1.5],
  sin: [Math.sin, 0.75],
  cos: [Math.cos, 0.75],
  tan: [Math.tan, 0.75],
  asin: [Math.asin, 0.51],
  acos: [Math.acos, 0.51],
  atan: [Math.atan, 0.51],
  sinh: [Math.sinh, 0.51],
  cosh: [Math.cosh, 0.51],
  tanh: [Math.tanh, 1.15],
  asinh: [Math.asinh, 0.51],
  acosh: [Math.acosh, 0.51],
  atanh: [Math.atanh, 0.51],
  erf: [erf, 1.6],
  erfc: [erfc, 0.51],
  erfInv: [erfInv, 0.75],
  lgamma: [lgamma, 0.51],
  digamma: [digamma, 0.51],
};
/** Near their zeros at negative x they have an absolute bound, 2⁻³⁰. */
const zerosAmongNegatives: readonly string[] = ["lgamma", "digamma"] satisfies readonly UnaryName[];
/** And this one at its zero above 0. */
const zeroOfDigamma = 1.4616321449683622;

const binary: Readonly<Record<BinaryName, readonly [BinaryKernel, bound: number]>> = {
  pow: [(x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y), 0.75],
  hypot: [hypot, 0.5],
  atan2: [Math.atan2, 0.51],
  logAddExp: [logAddExp, 0.51],
  xlogy: [(x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)), 0.51],
  mod: [floorMod, 0.5],
  floorDivide: [floorDivide, 0.5],
};

const unaryNames = Object.keys(unary) as UnaryName[];
const binaryNames = Object.keys(binary) as BinaryName[];

const map = (name: UnaryName, x: Float32Array): Float32Array => {
  const out = new Float32Array(x.length);
  functions.unary(name)?.(x, 0, out, 0, x.length);
  return out;
};

const mapPairs = (name: BinaryName, a: Float32Array, b: Float32Array): Float32Array => {
  const out = new Float32Array(a.length);
  functions.binary(name)?.(a, 0, 1, b, 0, 1, out, 0, a.length);
  return out;
};

/**
 * The distance of a float32 from the exact result, in its units in the last place, of subnormals too. NaN and zeros with their signs
 * have to be what they are.
 */
const distance = (found: number, value: number): number => {
  const rounded = Math.fround(value);
  if (Number.isNaN(value) || rounded === 0) return Object.is(found, rounded) ? 0 : Infinity;
  if (found === rounded) return 0;
  const unit = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), -126) - 23);
  if (Number.isNaN(found)) return Infinity;
  // Beyond the largest number there is infinity, one unit further.
  return Math.abs((Number.isFinite(found) ? found : Math.sign(found) * 2 ** 128) - value) / unit;
};

/** The worst of many, as a message: nothing if it is within the bound. */
const worstBeyond = (
  bound: number,
  found: Float32Array,
  exact: (k: number) => number,
  text: (k: number) => string,
): string => {
  let [worst, place] = [bound, -1];
  found.forEach((value, k) => {
    const here = distance(value, exact(k));
    if (here > worst) [worst, place] = [here, k];
  });
  return place < 0 ? "" : `${worst} units at ${text(place)}: ${found[place]}, not ${exact(place)}`;
};

const unaryFault = (name: UnaryName, x: Float32Array, found = map(name, x)): string => {
  const [kernel, bound] = unary[name];
  const exact = (k: number): number => {
    const value = kernel(x[k]!);
    const nearZero =
      zerosAmongNegatives.includes(name) &&
      (x[k]! < 0 || Math.abs(x[k]! - zeroOfDigamma) < 0.01) &&
      Math.abs(found[k]! - value) < 2 ** -30;
    return nearZero ? found[k]! : value;
  };
  return worstBeyond(bound, found, exact, (k) => String(x[k]));
};

const binaryFault = (name: BinaryName, a: Float32Array, b: Float32Array, found = mapPairs(name, a, b)) => {
  const [kernel, bound] = binary[name];
  return worstBeyond(
    bound,
    found,
    (k) => kernel(a[k]!, b[k]!),
    (k) => `${a[k]}, ${b[k]}`,
  );
};

/** Numbers from 0 to 1, always the same (mulberry32). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const again = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Numbers of every exponent and of both signs: so many mantissas each, random ones between both ends. */
const everyExponent = (mantissas: number): Float32Array => {
  const random = randomNumbers(1);
  const bits: number[] = [];
  for (let high = 0; high < 512; high++) {
    const low = [0, 1, 0x400000, 0x7fffff];
    while (low.length < mantissas) low.push(Math.floor(random() * 0x800000));
    bits.push(...low.map((mantissa) => (high << 23) | mantissa));
  }
  return new Float32Array(Uint32Array.from(bits).buffer);
};

const specials = [0, 1e-45, 2 ** -126, 0.5, 1 - 2 ** -24, 1, 1 + 2 ** -23, 2, 3, 7.5]
  .concat([2 ** 23, 2 ** 23 + 1, 2 ** 24, 2 ** 127 * (2 - 2 ** -23), Infinity])
  .flatMap((x) => [x, -x])
  .concat(NaN);

describe.each(unaryNames)("%s", (name) => {
  it("is within its bound at every exponent, with subnormals, zeros, NaN and infinities", () => {
    expect(unaryFault(name, everyExponent(120))).toBe("");
    expect(unaryFault(name, Float32Array.from(specials))).toBe("");
  });

  it("is within its bound where it varies", () => {
    const random = randomNumbers(2);
    const widths = [2, 4, 30, 210];
    const x = Float32Array.from({ length: 80_000 }, (_, k) => (random() - 0.5) * widths[k % 4]!);
    expect(unaryFault(name, x)).toBe("");
  });
});

/** Pairs of special values, of any two numbers, and of numbers that have to do with each other. */
const pairs = (): readonly [Float32Array, Float32Array] => {
  const random = randomNumbers(3);
  const word = new Uint32Array(1);
  const anything = (): number => {
    word[0] = random() * 2 ** 32;
    return new Float32Array(word.buffer)[0]!;
  };
  const between = (limit: number): number => (random() * 2 - 1) * limit;
  const ways: readonly (() => readonly [number, number])[] = [
    () => [anything(), anything()],
    () => [random() * 10, between(10)],
    () => [1 + between(2 ** (-20 * random())), between(2 ** (26 * random()))],
    () => [between(10), Math.round(between(20))],
    () => [between(100), between(100)],
  ];
  const all = [
    ...specials.flatMap((a) => specials.map((b) => [a, b] as const)),
    ...Array.from({ length: 20_000 }, () => ways.map((way) => way())).flat(),
  ];
  return [Float32Array.from(all, ([a]) => a), Float32Array.from(all, ([, b]) => b)];
};

describe.each(binaryNames)("%s", (name) => {
  it("is within its bound of special values, of any numbers, and where it varies", () => {
    expect(binaryFault(name, ...pairs())).toBe("");
  });
});

describe("the bounds", () => {
  it.each(unaryNames)("of %s is broken by a result that is a few units off", (name) => {
    const x = Float32Array.of(0.3, 1.25, 0.7);
    const found = map(name, x).map((value) => value * (1 + 4 * 2 ** -23));
    expect(unaryFault(name, x, found)).toContain("units at");
  });

  it.each(binaryNames)("of %s is broken by a result that is a few units off", (name) => {
    const [a, b] = [Float32Array.of(7.3), Float32Array.of(1.25)];
    const found = mapPairs(name, a, b).map((value) => value * (1 + 4 * 2 ** -23));
    expect(binaryFault(name, a, b, found)).toContain("units at");
  });

  it("are broken by another zero, by a number for NaN, and by NaN for a number", () => {
    const wrong = (x: number, found: number): string =>
      unaryFault("log1p", Float32Array.of(x), Float32Array.of(found));
    expect(wrong(-0, 0)).toContain("Infinity units");
    expect(wrong(-2, 0)).toContain("Infinity units");
    expect(wrong(2, NaN)).toContain("Infinity units");
  });
});

it("knows every function of the table", () => {
  expect(Object.keys(float32Functions.unary).sort()).toEqual([...unaryNames].sort());
  expect(Object.keys(float32Functions.binary).sort()).toEqual([...binaryNames].sort());
});
