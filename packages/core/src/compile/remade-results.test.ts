import { describe, expect, it, vi } from "vitest";
import { add, attempt, jit, matmul, mul, ones, sum, tanh, toTypedArray, type Tensor } from "@cotangent/core";
import { bitsOf, executables, interrupted, noise } from "../../test/executables.js";
import { engine } from "../../test/host-engine.js";
import { interpretedModules } from "../../test/interpreted-module.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { elsewhereOf } from "../tensor/unread.js";
import { wasmBackend } from "./wasm-backend.js";

/** The least size of which results stay in the memory. */
const size = 4096;
const bytes = 4 * size;
const curve = (x: Tensor): Tensor => add(mul(tanh(x), x), 1);
const isUnread = (x: ArrayTensor): boolean => elsewhereOf(x) !== undefined;

/** How often elements are copied to the JavaScript heap, each time from a part of the memory. */
const copiesDuring = (action: () => void): number => {
  const watch = vi.spyOn(Float32Array.prototype, "subarray");
  action();
  const copies = watch.mock.calls.length;
  watch.mockRestore();
  return copies;
};

describe("large results that had to make room", () => {
  it("are not brought out: a loop that copies each result for itself copies once, where it is cheap", () => {
    const backend = wasmBackend({ youngBytes: 0 });
    const [cheap, product] = [jit(curve, { backend }), jit((x: Tensor) => matmul(x, x), { backend })];
    const square = ones([64, 64]);
    const looped = (f: (x: Tensor) => Tensor) => () => {
      for (let step = 0; step < 10; step++) toTypedArray(f(square));
    };
    expect(copiesDuring(looped(cheap))).toBe(10);
    expect(copiesDuring(looped(product))).toBe(19);
  });

  it("are made again, bit for bit, whatever became of the memory: once", () => {
    const { runtime, compiled, makeRoom } = executables();
    const x = noise(size);
    const f = compiled(curve, x);
    const [y] = f.run([x]);
    const before = bitsOf(y);
    makeRoom();
    runtime.heap.move();
    expect(runtime.residents.bytes).toBe(0);
    expect(bitsOf(y).equals(before)).toBe(true);
    expect(isUnread(y)).toBe(true);
    expect(runtime.residents.bytes).toBe(2 * bytes);
    // Beneath what was copied last the allocator keeps its pages.
    expect(elsewhereOf(y)?.copy()).toBe(runtime.residents.latest);
    // From then on they are like others: in the memory, and brought out when they have to go once more.
    makeRoom();
    runtime.heap.move();
    expect(bitsOf(y).equals(before)).toBe(true);
    expect(y.data).toBe(y.data);
    expect(isUnread(y)).toBe(false);
    expect(bitsOf(y).equals(before)).toBe(true);
    expect(f.remakes()).toBe(1);
  });

  it("are refused where the engine runs the program no more, and are there when it does again", () => {
    const { runtime, compiled, makeRoom } = executables();
    const x = noise(size);
    const f = compiled(curve, x);
    const [y] = f.run([x]);
    const before = bitsOf(y);
    makeRoom();
    runtime.heap.move();
    const refused = vi.spyOn(engine, "Instance").mockImplementation(function () {
      throw new RangeError("no room for an instance");
    });
    const result = attempt(() => bitsOf(y));
    expect(f.run([x])).toBeUndefined();
    refused.mockRestore();
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchInlineSnapshot(`
      "jit: a result that made room cannot be computed again: the engine runs its program no more.
        fix   free memory, or read results before others are computed"
    `);
    expect(bitsOf(y).equals(before)).toBe(true);
  });

  it("have the storage that is made again when they are read", () => {
    const { compiled, makeRoom } = executables();
    const x = noise(size);
    const f = compiled(curve, x);
    for (const y of [f.run([x])[0], Object.freeze(f.run([x])[0])]) {
      const before = bitsOf(y);
      makeRoom();
      const { data } = y;
      makeRoom();
      expect(y.data).toBe(data);
      expect(bitsOf(y).equals(before)).toBe(true);
    }
    expect(f.remakes()).toBe(2);
  });

  it("are made again in the memory when a call is given them, and what that gives is brought out", () => {
    const { runtime, compiled, makeRoom } = executables();
    const x = noise(size);
    const f = compiled(curve, x);
    const [y] = f.run([x]);
    makeRoom();
    const [z] = f.run([y]);
    expect([isUnread(y), f.remakes()]).toEqual([true, 1]);
    makeRoom();
    // Nothing is computed any more, so that no result keeps a history of others alive.
    const [expectedY, expectedZ] = executables()
      .compiled((a) => [curve(a), curve(curve(a))], x)
      .run([x]);
    expect(bitsOf(y).equals(bitsOf(expectedY))).toBe(true);
    expect(bitsOf(z).equals(bitsOf(expectedZ as ArrayTensor))).toBe(true);
    expect(f.remakes()).toBe(1);
    expect(runtime.residents.bytes).toBe(0);
  });

  it("are each made again where a call has several, in any order", () => {
    const { runtime, compiled, makeRoom } = executables();
    const [x, s] = [noise(size), noise(3)];
    const f = compiled((a, b) => [add(a, 1), sum(b), mul(a, sum(b)), curve(a)], x, s);
    const results = f.run([x, s]);
    const before = results.map(bitsOf);
    makeRoom();
    for (const place of [3, 0, 1, 2])
      expect(bitsOf(results[place] as ArrayTensor).equals(before[place] as Buffer)).toBe(true);
    expect(f.remakes()).toBe(3);
    expect(runtime.heap.space.used - runtime.residents.bytes).toBeLessThan(1 << 16);
  });

  it("may be asked for while a call runs, of the same program too", () => {
    const { inside, compile } = interrupted();
    const { compiled, makeRoom } = executables({}, compile);
    const f = compiled((x, s) => [add(x, sum(s)), sum(s)], noise(size), noise(2));
    const s = (value: number) => contiguousTensor(Float32Array.of(value, 0), [2], "float32");
    const [y] = f.run([noise(size), s(1)]);
    const before = bitsOf(y);
    makeRoom();
    inside(() => expect(bitsOf(y).equals(before)).toBe(true));
    const [z, total] = f.run([noise(size), s(3)]) as [ArrayTensor, ArrayTensor];
    expect(f.remakes()).toBe(1);
    expect(total.data[0]).toBe(3);
    expect(z.data).toEqual(noise(size).data.map((element) => element + 3));
  });
});

describe("large results for which there is no room when they are made again", () => {
  it("may be asked for later", () => {
    const { runtime, compiled, makeRoom } = executables({ mostBytes: 2 << 20 });
    const x = noise(size);
    const f = compiled(curve, x);
    const [y] = f.run([x]);
    const before = bitsOf(y);
    makeRoom();
    const all = [1 << 20, ...Array.from({ length: 64 }, () => 1 << 14)].flatMap((wanted) => {
      const block = attempt(() => runtime.heap.allocate(wanted, () => undefined));
      return block._tag === "Right" ? [block.right] : [];
    });
    const used = runtime.heap.space.used;
    for (const asking of [(): unknown => y.data, () => elsewhereOf(y)?.copy(), () => f.run([y])])
      expect(attempt(asking)).toMatchObject({ left: { kind: "OutOfMemory" } });
    expect(runtime.heap.space.used - used).toBe(runtime.residents.bytes);
    expect(isUnread(y)).toBe(true);
    for (const block of all) runtime.heap.free(block);
    expect(bitsOf(y).equals(before)).toBe(true);
  });

  it("survive a trap", () => {
    let trap = false;
    const { compiled, makeRoom } = executables(
      {},
      interpretedModules(() => {
        if (trap) throw new RangeError("unreachable");
      }),
    );
    const x = noise(size);
    const [y] = compiled((a) => add(a, 1), x).run([x]);
    makeRoom();
    trap = true;
    expect(() => y.data).toThrow("unreachable");
    trap = false;
    expect(y.data).toEqual(x.data.map((element) => element + 1));
  });
});
