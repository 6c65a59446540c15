import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  add,
  attempt,
  convert,
  foriLoop,
  fromTypedArray,
  grad,
  item,
  jit,
  mul,
  ones,
  scalar,
  slice,
  sin,
  stage,
  sum,
  take,
  tensor,
  toArray,
  toTypedArray,
  transpose,
  vmap,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { arbitraries } from "@cotangent/core/testing";
import { engine, watchedEngine } from "../../test/host-engine.js";
import { interpretedModules } from "../../test/interpreted-module.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { showAval } from "../tensor/shape.js";
import { elementsOf } from "../testing/elements-of.js";
import { evaluateProgram } from "../transforms/call.js";
import type { Engine } from "../wasm/engine.js";
import { wasmBackend } from "./wasm-backend.js";

/** A constructor that throws. */
const failing = (message: string): never =>
  function () {
    throw new RangeError(message);
  } as never;
const show = (outputs: readonly ArrayTensor[]) =>
  outputs.map((x) => `${showAval(x)} ${elementsOf(x).join(" ")}`);

describe("the WebAssembly backend", () => {
  it("runs random programs as the reference does", () => {
    const backend = wasmBackend({ compile: interpretedModules() });
    fc.assert(
      fc.property(arbitraries.programs({ maxSize: 7 }), ({ program, args }) => {
        const inputs = args as readonly never[];
        const expected = attempt(() => show(evaluateProgram(program, inputs)));
        for (let time = 0; time < 2; time++)
          expect(attempt(() => show(backend.run(program, inputs)))).toEqual(expected);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it("runs programs with large inputs, constants and outputs, views among them", () => {
    const backend = wasmBackend({ compile: interpretedModules() });
    const constant = fromTypedArray(
      Float32Array.from({ length: 5000 }, (_, i) => i),
      [50, 100],
    );
    const f = (x: Tensor, y: Tensor) => [add(mul(x, transpose(y)), constant), sum(x), x, mul(x, 2)] as const;
    const jitted = jit(f as never, { backend }) as unknown as typeof f;
    const x = fromTypedArray(
      Float32Array.from({ length: 5000 }, (_, i) => i % 7),
      [50, 100],
    );
    const wide = fromTypedArray(
      Float32Array.from({ length: 8000 }, (_, i) => i % 5),
      [100, 80],
    );
    for (let time = 0; time < 4; time++) {
      const y = slice(wide, [0, time], [100, time + 50]);
      const [actual, expected] = [jitted(x, y), f(x, y)];
      expect(actual.map((each) => toTypedArray(each))).toEqual(expected.map((each) => toTypedArray(each)));
      expect(actual[2]).toBe(x);
    }
  });

  it("runs what is derived from a program too", () => {
    const names: string[] = [];
    const real = wasmBackend({ compile: interpretedModules() });
    const backend = {
      name: "counting",
      run: (...args: Parameters<typeof real.run>) => {
        names.push("run");
        return real.run(...args);
      },
    };
    const f = jit((v: Tensor<[3]>) => sum(mul(v, sin(v))), { backend });
    const x = tensor([1, 2, 3]);
    expect(toArray(grad(f)(x))).toEqual(toArray(grad((v: Tensor<[3]>) => sum(mul(v, sin(v))))(x)));
    // The known part and the adjoint of the linear one.
    expect(names).toHaveLength(2);
    expect(toArray(vmap(f)(tensor([[1, 2, 3]])))).toEqual([item(f(x))]);
    expect(names).toHaveLength(4);
    // Within another, the other decides.
    jit((v: Tensor<[3]>) => f(v), { backend: "interpreter" })(x);
    expect(names).toHaveLength(4);
  });

  it("is not asked for a trace that is for one call alone, unless that has a loop", () => {
    let runs = 0;
    const real = wasmBackend({ compile: interpretedModules() });
    const backend = {
      name: "counting",
      run: (...args: Parameters<typeof real.run>) => {
        runs++;
        return real.run(...args);
      },
    };
    const once = (a: Tensor<[]>) => jit((b: Tensor<[]>) => mul(a, b), { backend })(scalar(3));
    expect(item(grad(once)(scalar(2)))).toBe(3);
    expect(runs).toBe(0);
    const power = (a: Tensor<[]>) =>
      jit((b: Tensor<[]>) => foriLoop(0, 3, (_i, c) => mul(a, c), b), { backend })(scalar(1));
    expect(item(grad(power)(scalar(2)))).toBe(12);
    expect(runs).toBe(2);
  });

  it("has the reference say which check failed", () => {
    const backend = wasmBackend({ compile: interpretedModules() });
    const f = jit((x: Tensor<[3]>, at: Tensor<[1], "int32">) => take(x, at), { backend });
    expect(toArray(f(tensor([1, 2, 3]), tensor([2], { dtype: "int32" })))).toEqual([3]);
    const result = attempt(() => f(tensor([1, 2, 3]), tensor([3], { dtype: "int32" })));
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchInlineSnapshot(`
      "take: index 3 is out of range for an axis of length 3.
        expected   an integer from -3 to 2
        got        3
        fix        indices are never clamped: clip them first, or choose the rows that exist"
    `);
    expect(toArray(f(tensor([1, 2, 3]), tensor([0], { dtype: "int32" })))).toEqual([1]);
  });

  it("interprets where WebAssembly is refused", () => {
    const refusals: readonly (Engine | undefined)[] = [
      undefined,
      {
        ...engine,
        Memory: failing("no memory"),
      },
      { ...engine, Instance: failing("no room for an instance") },
      {
        Instance: engine.Instance,
        Memory: engine.Memory,
        validate: () => false,
        Module: failing("refused by a policy"),
      },
    ];
    for (const refusing of refusals) {
      const backend = wasmBackend({ compile: interpretedModules(), engine: refusing });
      const f = jit((x: Tensor<[2]>) => mul(x, 2), { backend });
      expect(toArray(f(tensor([1, 2])))).toEqual([2, 4]);
    }
    const tooLarge = wasmBackend({ compile: () => undefined });
    expect(toArray(jit((x: Tensor<[2]>) => mul(x, 2), { backend: tooLarge })(tensor([1, 2])))).toEqual([
      2, 4,
    ]);
  });

  it("is entered again by a host function, while the memory grows", () => {
    let depth = 0;
    const backend = wasmBackend({
      compile: interpretedModules(() => {
        if (depth++ > 0) return;
        // A program of its own, the same program, and one that needs more memory.
        expect(toArray(inner(tensor([1, 2])))).toEqual([2, 3]);
        expect(toArray(outer(tensor([5, 6])))).toEqual([10, 12]);
        expect(toTypedArray(inner(zeros([500000])))[499999]).toBe(1);
      }),
    });
    const inner = jit((x: Tensor) => add(x, 1), { backend });
    const outer = jit((x: Tensor) => mul(x, 2), { backend });
    expect(toArray(outer(tensor([3, 4])))).toEqual([6, 8]);
    expect(depth).toBeGreaterThan(3);
  });

  it("refuses to grow beyond its limit, and goes on", () => {
    const backend = wasmBackend({ compile: interpretedModules(), mostBytes: 2 << 20 });
    const f = jit((x: Tensor) => mul(x, 2), { backend });
    const before = f(ones([5000]));
    const result = attempt(() => f(ones([1000000])));
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchInlineSnapshot(`
      "jit: the memory of compiled programs cannot grow.
        wanted   3.8 MiB
        in use   0.0 MiB of 1.1 MiB
        fix      compute in smaller batches, use checkpoint to remember less, or run the program outside of it: jit(f, { backend: "interpreter" })"
    `);
    expect(toTypedArray(before).every((element) => element === 2)).toBe(true);
    for (let time = 0; time < 50; time++) expect(toTypedArray(f(ones([100000])))[99999]).toBe(2);
  });

  it("says which result there is no room for when it is read, and has it still", () => {
    const y = jit((x: Tensor) => convert(x, "float64"))(ones([6000]));
    const full = vi.spyOn(Float64Array.prototype, "subarray").mockImplementation(() => {
      throw new RangeError("Array buffer allocation failed");
    });
    const results = [attempt(() => toTypedArray(y)), attempt(() => add(y, 1))];
    full.mockRestore();
    expect(results.map((result) => (result._tag === "Left" ? result.left.message : result.right)))
      .toMatchInlineSnapshot(`
      [
        "jit: there is no room for a result on the JavaScript heap.
        result   float64[6000], 48000 bytes
        fix      make less, for example a sum of it, or compute in smaller batches",
        "jit: there is no room for a result on the JavaScript heap.
        result   float64[6000], 48000 bytes
        fix      make less, for example a sum of it, or compute in smaller batches",
      ]
    `);
    expect(toTypedArray(y)[5999]).toBe(1);
  });

  it("gives the memory back, and finds everything again", () => {
    const { engine: watched, memories } = watchedEngine();
    const backend = wasmBackend({ compile: interpretedModules(), engine: watched, leastMoved: 1 << 20 });
    const constant = ones([8000]);
    const f = jit((x: Tensor) => add(x, constant), { backend });
    const large = jit((x: Tensor) => mul(x, 2), { backend });
    const kept = f(zeros([8000]));
    large(ones([1000000]));
    const high = memories[0]?.buffer.byteLength ?? 0;
    expect(high).toBeGreaterThan(8e6);
    for (let time = 0; time < 1000; time++) f(kept);
    expect(memories).toHaveLength(2);
    expect(memories[1]?.buffer.byteLength).toBeLessThan(high / 4);
    expect(toTypedArray(f(kept))[0]).toBe(2);
    expect(toTypedArray(large(ones([10])))[9]).toBe(2);
  });

  it("explains what it makes", () => {
    const backend = wasmBackend({ compile: interpretedModules() });
    const program = stage((x: Tensor<[3]>) => mul(2, sin(x)))(zeros([3]));
    expect(backend.explain?.(program)).toMatchInlineSnapshot(`
      {
        "module": "module of 74 bytes
        types: 1 in 6 bytes
        imports: 2 in 33 bytes
        functions: 1 in 2 bytes
        exports: 1 in 7 bytes
        code: 1 in 8 bytes
          func 1: 6 bytes
        func 1 (export "run") (param i32) (result i32)
          local.get 0
          call 0 ;; host.interpret
        end",
        "plan": "interpreted",
        "program": "program(a: float32[3]) {
        b: float32[3] = sin(a)
        c: float32[3] = mul(2:float32[3], b)
        return c
      }",
      }
    `);
  });
});
