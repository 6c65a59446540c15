import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStraight, type Callable, type Label } from "./code.js";
import {
  advance,
  block,
  branch,
  branchIf,
  countDown,
  forRange,
  loop,
  select,
  sequence,
  when,
} from "./control.js";
import { engine } from "../../test/host-engine.js";
import { instantiate, once, type Engine, type Exports } from "./engine.js";
import { local, statement } from "./expression.js";
import { f32, f64 } from "./float.js";
import { call, drop, imported, procedure, run, valued } from "./function.js";
import { i32, i64 } from "./integer.js";
import { assemble } from "./module.js";
import { unlessAbove } from "./rare.js";
import { f32x4, i32x4, shuffle32, v128 } from "./simd.js";

/** The functions of a module of these. */
const compile = <N extends string>(
  exports: Readonly<Record<N, Callable>>,
  imports: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Exports<N> => {
  const compiled = instantiate(engine, assemble({ exports }), imports);
  if (compiled === undefined) throw new Error("the engine refuses the module");
  return compiled;
};

describe("a module", () => {
  it("holds what its exports call, each function once, behind the imported ones", () => {
    const x = local("f64");
    const sine = imported("math", "sin", ["f64"], "f64");
    const twice = valued("twice", [x], [], f64.mul(2, x));
    const f = valued("f", [x], [], call(twice, call(sine, call(twice, x))));
    const g = valued("g", [x], [], call(sine, call(twice, x)));
    const compiled = compile({ f, g }, { math: { sin: Math.sin } });
    expect(compiled.f(0.25)).toBe(2 * Math.sin(0.5));
    expect(compiled.g(0.25)).toBe(Math.sin(0.5));
  });

  it("has variables of each function for one object", () => {
    const [x, y] = [local("i32"), local("i32")];
    const inner = valued("inner", [y], [x.set(i32.mul(y, y))], i32.add(x, y));
    const outer = valued("outer", [x], [y.set(5)], i32.add(i32.add(call(inner, x), x), y));
    expect(compile({ outer }).outer(3)).toBe(9 + 3 + 3 + 5);
  });

  it("carries every constant", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.double(),
        (a, b, c) => {
          const { f, g, h, k } = compile({
            f: valued("f", [], [], i32.const(a)),
            g: valued("g", [], [], i64.const(b)),
            h: valued("h", [], [], f64.const(c)),
            k: valued("k", [], [], f32.const(c)),
          });
          expect([f(), g(), h(), k()]).toEqual([a, b, c, Math.fround(c)]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("shuffles lanes", () => {
    const lane = local("i32");
    const [a, b] = [f32x4.const(1), f32x4.replaceLane(f32x4.const(2), 3, 7)];
    const mixed = shuffle32(a, b, [0, 4, 7, 2]);
    const f = valued("f", [lane], [], f32x4.extractLane(v128.or(mixed, f32x4.const(0)), 2));
    expect(compile({ f }).f(0)).toBe(7);
  });
});

describe("control flow", () => {
  const [n, i, total] = [local("i32"), local("i32"), local("i32")];

  it("counts up", () => {
    const f = valued("f", [n], [forRange(i, 1, n, 2, [advance(total, i)])], total);
    const { f: compiled } = compile({ f });
    expect([compiled(0), compiled(1), compiled(2), compiled(8)]).toEqual([0, 0, 1, 16]);
  });

  it("counts down", () => {
    const f = valued("f", [n], [countDown(n, [advance(total, n)])], total);
    const { f: compiled } = compile({ f });
    expect([compiled(0), compiled(1), compiled(4)]).toEqual([0, 1, 10]);
  });

  it("chooses", () => {
    const signs = procedure("signs", [n], [drop(n)]);
    const f = valued(
      "f",
      [n],
      [run(signs, n), when(i32.ltS(n, 0), [total.set(-1)], [when(n, [total.set(1)])])],
      i32.add(i32.mul(total, 10), select(i32.eqz(n), i32.const(5), n)),
    );
    const { f: compiled } = compile({ f });
    expect([compiled(-3), compiled(0), compiled(3)]).toEqual([-13, 5, 13]);
  });

  it("takes another value where a lane is above a limit, and is not straight then", () => {
    const lanes = i32x4.replaceLane(i32x4.splat(i32.const(-5)), 2, n);
    const value = unlessAbove(lanes, -1, i32x4.splat(i32.add(n, 1)), i32x4.splat(i32.const(7)));
    const { f } = compile({ f: valued("f", [n], [], i32x4.extractLane(value, 0)) });
    expect([f(-3), f(-1), f(0), f(4)]).toEqual([-2, 0, 7, 7]);
    expect([isStraight(value.code), isStraight(i32.add(n, 1).code)]).toEqual([false, true]);
  });

  it("leaves blocks and begins loops again by label", () => {
    // Counts the steps of the Collatz sequence down to 1.
    const f = valued(
      "f",
      [n],
      [
        block((exit) => [
          loop((again) => [
            branchIf(exit, i32.eq(n, 1)),
            advance(total, 1),
            sequence(
              when(i32.and(n, 1), [n.set(i32.add(i32.mul(n, 3), 1)), branch(again)]),
              n.set(i32.shrU(n, 1)),
            ),
            branch(again),
          ]),
        ]),
      ],
      total,
    );
    const { f: compiled } = compile({ f });
    expect([compiled(1), compiled(6), compiled(27)]).toEqual([0, 8, 111]);
  });

  it("selects vectors", () => {
    const chosen = select(n, f32x4.const(1.5), f32x4.const(2.5));
    const f = valued("f", [n], [], f32x4.extractLane(chosen, 3));
    expect([compile({ f }).f(1), compile({ f }).f(0)]).toEqual([1.5, 2.5]);
  });

  it("does not lead out of its function", () => {
    const labels: Label[] = [];
    block((exit) => [branch(exit), (labels.push(exit), statement())]);
    const f = procedure("f", [], labels.map(branch));
    expect(() => assemble({ exports: { f } })).toThrow("a branch leads out of the function");
  });
});

describe("instantiate", () => {
  const empty = assemble({ exports: {} });

  it("gives nothing where the engine does not know an instruction, or may not compile", () => {
    const Forbidden = function () {
      throw new Error("refused by the content-security policy");
    } as unknown as Engine["Module"];
    expect(instantiate({ ...engine, validate: () => false }, empty, {})).toBeUndefined();
    expect(instantiate({ ...engine, Module: Forbidden }, empty, {})).toBeUndefined();
    expect(instantiate(engine, empty, {})).toEqual({});
  });
});

it("makes a value once", () => {
  let made = 0;
  const value = once(() => ++made);
  expect([made, value(), value(), made]).toEqual([0, 1, 1, 1]);
});
