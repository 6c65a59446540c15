/** Loops and branches, compiled: carries small and large, of every length; checks that fail; special numbers. */

import { describe, expect, it } from "vitest";
import {
  add,
  attempt,
  cond,
  convert,
  equal,
  fromTypedArray,
  jit,
  less,
  logicalAnd,
  logicalNot,
  logicalXor,
  mul,
  neg,
  reshape,
  scalar,
  scan,
  square,
  stage,
  sub,
  sum,
  switchCase,
  take,
  tanh,
  tensor,
  whileLoop,
  type Tensor,
} from "../src/index.js";
import { programToString } from "../src/program/print.js";
import type { ArrayTensor } from "../src/tensor/array-tensor.js";
import { elementsOf } from "../src/testing/elements-of.js";
import { evaluateProgram } from "../src/transforms/call.js";
import { comparison } from "./compiled-as-interpreted.js";
import { compiledRunner, coreOf } from "./run-compiled.js";
type X = Tensor;
const host = (args: readonly unknown[]): readonly ArrayTensor[] => args as readonly ArrayTensor[]; // eager tensors

/** That a function gives the same compiled; the same module is called with every list of arguments. */
const expectSame = (f: (...args: never[]) => unknown, ...lists: readonly (readonly unknown[])[]): void => {
  const program = (stage as unknown as (g: typeof f) => (...args: unknown[]) => never)(f)(
    ...(lists[0] ?? []),
  );
  const compare = comparison(program);
  for (const args of lists) expect(compare(host(args)), programToString(program)).toBe("compared");
};

/** The same, to the bit: where nothing is rounded in another order. */
const expectExact = (f: (...args: never[]) => unknown, args: readonly unknown[]): void => {
  const program = stage(f as (...values: unknown[]) => never)(...args);
  const parts = coreOf(program);
  if (parts === undefined) throw new Error("nothing is computed");
  const chosen = host(parts.read.map((place) => args[place]));
  const { status, outputs } = compiledRunner(parts.core)(chosen);
  expect(status).toBe(0);
  expect(outputs.map(elementsOf)).toEqual(evaluateProgram(parts.core, chosen).map(elementsOf));
};

const numbers = (length: number, by = 1): X =>
  fromTypedArray(
    Float32Array.from({ length }, (_, i) => (((i * 37) % 19) - 9) * 0.1 * by),
    [length],
  ) as X;
const rows = (length: number, width: number): X => reshape(numbers(length * width), [length, width]) as X;

const lengths = [0, 1, 2, 3, 64, 127, 128, 129, 255, 1000];

describe.each([1, 3, 70])("a scan with carries of %i elements", (width) => {
  it.each(lengths)("of %i steps", (length) => {
    const xs = rows(length, width);
    const other = rows(length, width);
    const [a, b] = [numbers(width), numbers(width, 2)];
    for (const reverse of [false, true]) {
      const run = (step: (carry: [X, X, X], x: X) => unknown) => (p: X, q: X, all: X) =>
        scan(step as never, [p, q, p] as never, all as never, { reverse });
      const args = [
        [a, b, xs],
        [b, a, other],
      ];
      expectSame(
        run(([p, q, r], x) => [[tanh(add(p, x)), q, r], p]),
        ...args,
      );
      expectSame(
        run(([p, q, r], x) => [
          [q, p, add(r, mul(0.001, x))],
          [q, x],
        ]),
        ...args,
      );
      expectSame(
        run(([p, q, r], x) => [
          [q, r, p],
          [add(p, x), scalar(2)],
        ]),
        ...args,
      );
      expectSame(
        run(([p, q, r], x) => [[p, p, tanh(add(r, mul(q, x)))], null]),
        ...args,
      );
    }
  });
});

describe("loops in each other", () => {
  it("scans in scans, conds and whiles", () => {
    for (const width of [2, 70]) {
      const inner = (carry: X, x: X): X =>
        (
          scan(
            (c: X, y: X) => [tanh(add(c, mul(y, x))), c] as never,
            carry,
            rows(5, width) as never,
          ) as unknown as [X, X]
        )[0];
      const nested = (c: X, xs: X) => scan((p: X, x: X) => [inner(p, x), mul(p, 2)] as never, c, xs as never);
      expectSame(nested as never, [numbers(width), rows(6, width)], [numbers(width, 2), rows(6, width)]);
      const choosing = (c: X, xs: X) =>
        whileLoop(
          ([i]: [X, X]) => less(i, 7) as never,
          ([i, p]: [X, X]) =>
            [
              add(i, 1),
              cond(
                less(sum(p), 0) as never,
                (q: X) => inner(q, take(xs, convert(i, "int32") as never) as never),
                (q: X) => sub(q, 0.5),
                p,
              ),
            ] as never,
          [scalar(0), c] as never,
        );
      expectSame(choosing as never, [numbers(width), rows(8, width)], [numbers(width, -3), rows(8, width)]);
    }
  });

  it.each([0, 1, 2, 128, 129, 1000])("a while of %i steps", (steps) => {
    for (const width of [1, 70]) {
      const f = (n: X, c: X) =>
        whileLoop(
          ([i]: [X, X, X]) => less(i, n) as never,
          ([i, p, q]: [X, X, X]) => [add(i, 1), q, tanh(add(p, q))] as never,
          [scalar(0), c, mul(c, 0.5)] as never,
        );
      expectSame(
        f as never,
        [scalar(steps), numbers(width)],
        [scalar(0), numbers(width)],
        [scalar(3), numbers(width)],
      );
    }
  });

  it("switches by an index in and out of range", () => {
    for (const width of [1, 3, 70]) {
      const f = (index: Tensor<[], "int32">, x: X) =>
        switchCase(index, [(y: X) => y, (y: X) => mul(y, 2), (y: X) => neg(square(y))] as never, x);
      expectSame(
        f as never,
        ...[0, 1, 2].map((index) => [scalar(index, { dtype: "int32" }), numbers(width)]),
      );
      const program = stage(f as (...values: unknown[]) => never)(
        scalar(0, { dtype: "int32" }),
        numbers(width),
      );
      const core = coreOf(program)?.core;
      if (core === undefined) throw new Error("nothing is computed");
      const run = compiledRunner(core);
      for (const index of [-5, -1, 3, 2 ** 31 - 1])
        expect(run(host([scalar(index, { dtype: "int32" }), numbers(width)])).status).toBe(1);
    }
  });
});

describe("an index out of range", () => {
  const at = (index: number) => tensor([index], { dtype: "int32" });

  it("fails the check of the module, and the error is the interpreter's", () => {
    const f = (x: X, i: Tensor<[1], "int32">) => take(mul(x, 2), i as never, { axis: 0 });
    for (const width of [1, 5, 70]) {
      const x = width === 1 ? numbers(4) : rows(4, width);
      const parts = coreOf((stage as unknown as (g: typeof f) => (...args: unknown[]) => never)(f)(x, at(0)));
      if (parts === undefined) throw new Error("nothing is computed");
      const run = compiledRunner(parts.core);
      for (const index of [0, 3, -1, -4]) expect(run(host([x, at(index)])).status).toBe(0);
      for (const index of [4, -5, 2 ** 31 - 1, -(2 ** 31)]) {
        expect(run(host([x, at(index)])).status).toBe(1);
        const messages = [f, jit(f as never)].map((g) => {
          const result = attempt(() => (g as typeof f)(x, at(index)));
          return result._tag === "Left" ? result.left.message : "no error";
        });
        expect(messages[0]).toContain("out of range");
        expect(messages[1]).toBe(messages[0]);
      }
    }
  });

  it("is no error in a branch that is not taken", () => {
    const f = (p: Tensor<[], "bool">, x: X, i: Tensor<[1], "int32">) =>
      cond(
        p,
        (y: X) => take(y, i as never),
        (y: X) => take(y, at(1) as never),
        x,
      );
    expectSame(f as never, [scalar(false), numbers(4), at(9)], [scalar(true), numbers(4), at(2)]);
  });
});

describe("special numbers", () => {
  const special = [NaN, Infinity, -Infinity, 0, -0, 1e-45, -1e-40, 1.5, 3e38, -2147483648, 4294967295, 0.1];

  it.each(["float32", "float64"] as const)("of %s", (dtype) => {
    const x = tensor(special, { dtype }) as never as X;
    const all = (a: X, b: X) => [
      add(a, b),
      mul(a, b),
      neg(a),
      less(a, b),
      equal(a, b),
      square(a),
      convert(a, "bool"),
    ];
    for (let by = 0; by < special.length; by++)
      expectExact(all as never, [x, tensor([...special.slice(by), ...special.slice(0, by)], { dtype })]);
    for (const to of ["int32", "uint32", "float32", "float64"] as const)
      expectExact(((a: X) => [convert(a, to), neg(a)]) as never, [x]);
  });

  it.each(["int32", "uint32"] as const)("of %s, which wrap around", (dtype) => {
    const least = dtype === "int32" ? [-(2 ** 31), 2 ** 31 - 1, -1] : [2 ** 32 - 1, 2 ** 31, 2 ** 31 + 1];
    const list = [...least, 0, 1, 2, 65537, 123456789];
    const all = (a: X, b: X) => [
      add(a, b),
      sub(a, b),
      mul(a, b),
      less(a, b),
      equal(a, b),
      sum(a),
      convert(a, "float32"),
      convert(a, "float64"),
    ];
    for (let by = 0; by < list.length; by++)
      expectExact(all as never, [
        tensor(list, { dtype }),
        tensor([...list.slice(by), ...list.slice(0, by)], { dtype }),
      ]);
  });

  it("of bool", () => {
    const [p, q] = [tensor([true, true, false, false, true]), tensor([true, false, true, false, true])];
    const all = (a: never, b: never) => [
      logicalAnd(a, b),
      logicalXor(a, b),
      logicalNot(a),
      equal(a, b),
      less(a, b),
      convert(a, "float32"),
      convert(a, "int32"),
    ];
    expectExact(all, [p, q]);
    expectExact(all, [q, p]);
  });
});

describe("what a compiled function gives", () => {
  it("inputs, constants, the same twice, and reshapes of inputs", () => {
    const one = tensor([1, 2, 3]);
    const f = (x: X) => {
      const y = add(x, 1);
      return [x, y, y, one, reshape(x, [2, 35]), reshape(y, [35, 2]), scalar(3)] as const;
    };
    for (const x of [numbers(70), numbers(70, 3)]) {
      const [expected, actual] = [f(x), (jit(f as never) as unknown as typeof f)(x)];
      expect(actual.map((each) => [...elementsOf(host([each])[0] as ArrayTensor)])).toEqual(
        expected.map((each) => [...elementsOf(host([each])[0] as ArrayTensor)]),
      );
    }
  });

  it("donated arguments leave it as it is", () => {
    const f = (x: X, y: X) => [add(mul(x, 2), y), sub(x, y)] as const;
    const g = jit(f as never, { donate: [0] }) as unknown as typeof f;
    for (let time = 0; time < 4; time++)
      for (const length of [3, 5000]) {
        const expected = f(numbers(length), numbers(length, time));
        const actual = g(mul(numbers(length), 1), numbers(length, time));
        expect(host(actual).map(elementsOf)).toEqual(host(expected).map(elementsOf));
      }
  });
});
