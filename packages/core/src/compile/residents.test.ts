import { describe, expect, it, vi } from "vitest";
import { contiguousTensor, viewTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import type { TypedArray } from "../tensor/dtype.js";
import { elsewhereOf } from "../tensor/unread.js";
import { hostEngine, type Engine } from "../wasm/engine.js";
import { Heap } from "./heap.js";
import type { ResidentLimits } from "./generations.js";
import { Residents } from "./residents.js";

const engine = hostEngine() as Engine; // Node has one
const kilobyte = 1024;
/** A tensor of so many kilobytes. */
const tensorOf = (kilobytes: number) =>
  contiguousTensor(new Float32Array(256 * kilobytes).fill(kilobytes), [256 * kilobytes], "float32");

/** Compared as bytes: a comparison by elements takes most of the time of a thousand calls. */
const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Copies, and how often something was copied. */
const counted = (limits: ResidentLimits) => {
  const heap = new Heap(engine);
  const residents = new Residents(heap, limits);
  let copies = 0;
  const use = (...tensors: readonly ReturnType<typeof tensorOf>[]) => {
    residents.calls.begin();
    for (const x of tensors) residents.find(x);
    for (const x of tensors) {
      let found = residents.find(x);
      if (found === undefined) {
        copies++;
        found = residents.copyIn(x);
      }
      const size = x.shape[0] ?? 0;
      const at = found.block.address / 4;
      const copy = heap.space.views.float32.subarray(at, at + size);
      expect(bytesOf(copy).equals(bytesOf(x.data.subarray(x.offset, x.offset + size)))).toBe(true);
    }
    residents.calls.end();
  };
  return { heap, residents, use, copies: () => copies };
};

describe("resident copies", () => {
  it("are made once, of each view", () => {
    const { use, copies } = counted({});
    const x = tensorOf(8);
    const view = viewTensor(x, [1024], [1], 1024);
    for (let time = 0; time < 10; time++) use(x, view);
    expect(copies()).toBe(2);
  });

  it("are few while every call has new tensors", () => {
    const { use, residents, heap } = counted({ youngBytes: 64 * kilobyte });
    for (let time = 0; time < 1000; time++) use(tensorOf(16), tensorOf(8));
    expect(residents.bytes).toBeLessThanOrEqual(64 * kilobyte);
    expect(heap.space.used).toBe(residents.bytes);
  });

  it("are all there during a call, however large", () => {
    const { use, residents } = counted({ youngBytes: 4 * kilobyte });
    const many = Array.from({ length: 20 }, () => tensorOf(8));
    use(...many);
    expect(residents.bytes).toBe(160 * kilobyte);
    use(tensorOf(1));
    expect(residents.bytes).toBeLessThanOrEqual(8 * kilobyte);
  });

  it("stay when they come back: soon, and the young ones become more; late, and they become old", () => {
    const { use, copies } = counted({ youngBytes: 16 * kilobyte });
    const [data, a, b] = [tensorOf(16), tensorOf(12), tensorOf(12)];
    for (let time = 0; time < 20; time++) {
      use(data);
      use(a);
      use(b);
    }
    const settled = copies();
    expect(settled).toBeLessThan(12);
    for (let time = 0; time < 20; time++) {
      use(data);
      use(a);
      use(b);
      use(tensorOf(4));
    }
    expect(copies() - settled).toBe(20);
    const rare = tensorOf(8);
    use(rare);
    for (let time = 0; time < 40; time++) use(tensorOf(16));
    use(rare);
    for (let time = 0; time < 40; time++) use(tensorOf(16));
    const before = copies();
    use(rare);
    expect(copies()).toBe(before);
  });

  it("that are old keep to their limit, and the one used longest ago goes first", () => {
    const { use, copies, residents } = counted({ youngBytes: 0, oldBytes: 64 * kilobyte });
    const sets = Array.from({ length: 8 }, () => tensorOf(16));
    for (const x of sets) for (let time = 0; time < 10; time++) use(x);
    expect(residents.bytes).toBeLessThanOrEqual(80 * kilobyte);
    const before = copies();
    for (const x of sets.slice(-3)) use(x);
    expect(copies()).toBe(before);
    use(sets[0] ?? tensorOf(1));
    expect(copies()).toBe(before + 1);
  });

  it("go with their storage when it is donated, and when there is no other room", () => {
    const { use, residents, heap } = counted({});
    const [x, y] = [tensorOf(8), tensorOf(8)];
    use(x, viewTensor(x, [1024], [1], 1024), y);
    residents.forget(x);
    expect(residents.bytes).toBe(8 * kilobyte);
    residents.dropUnused();
    expect(residents.bytes).toBe(0);
    expect(heap.space.used).toBe(0);
  });
});

/** A result of a call: so many kilobytes of one number. */
const resultOf = (heap: Heap, residents: Residents, kilobytes: number, value: number): ArrayTensor => {
  residents.calls.begin();
  const block = residents.allocate(kilobytes * kilobyte);
  const length = 256 * kilobytes;
  heap.space.views.float32.fill(value, block.address / 4, block.address / 4 + length);
  const x = residents.adopt({ shape: [length], dtype: "float32" }, [1], block);
  residents.calls.end();
  return x;
};
const isUnread = (x: ArrayTensor): boolean => elsewhereOf(x) !== undefined;
/** Whether all elements are a number, without reading the tensor where it is not wanted. */
const consistsOf = (x: ArrayTensor, value: number): boolean =>
  (elsewhereOf(x)?.copy() ?? x.data).every((element) => element === value);

describe("results", () => {
  const setting = (limits: ResidentLimits) => {
    const heap = new Heap(engine);
    const residents = new Residents(heap, limits);
    return {
      heap,
      residents,
      result: (kilobytes: number, value: number) => resultOf(heap, residents, kilobytes, value),
    };
  };

  it("are found where they were computed, unread", () => {
    const { heap, residents, result } = setting({});
    const x = result(8, 3);
    for (let time = 0; time < 20; time++) {
      residents.calls.begin();
      const { address } = residents.find(x)?.block ?? { address: -1 };
      expect(heap.space.views.float32[address / 4]).toBe(3);
      residents.calls.end();
    }
    expect(isUnread(x)).toBe(true);
    expect(x.data[2047]).toBe(3);
    expect(isUnread(x)).toBe(false);
    // What was read is still there.
    expect(residents.find(x)).toBeDefined();
    expect(residents.find(viewTensor(x, [32, 64], [64, 1], 0))).toBeDefined();
    expect(residents.bytes).toBe(8 * kilobyte);
  });

  it("are brought out when they have to go, and come back as copies", () => {
    const { heap, residents, result } = setting({ youngBytes: 64 * kilobyte });
    const results = Array.from({ length: 100 }, (_, value) => result(16, value));
    expect(residents.bytes).toBeLessThanOrEqual(64 * kilobyte);
    expect(heap.space.used).toBe(residents.bytes);
    expect(results.map((x) => residents.find(x) !== undefined)).toEqual(
      results.map((_, index) => index >= 96),
    );
    expect(results.every(consistsOf)).toBe(true);
    const [first] = results as [ArrayTensor];
    residents.calls.begin();
    const { block } = residents.copyIn(first);
    expect(heap.space.views.float32[block.address / 4 + 4095]).toBe(0);
    residents.calls.end();
    expect(residents.find(first)?.block).toBe(block);
  });

  it("that are dropped take no more than the limit, though nothing is collected", () => {
    const { heap, residents, result } = setting({ youngBytes: 64 * kilobyte });
    for (let time = 0; time < 1000; time++) result(16, time);
    expect(residents.bytes).toBeLessThanOrEqual(64 * kilobyte);
    expect(heap.space.reserved).toBeLessThan(2 << 20);
  });

  it("that are old are brought out when too many are, and when they are read", () => {
    const { residents, result } = setting({ youngBytes: 0, oldBytes: 64 * kilobyte });
    const kept = Array.from({ length: 8 }, (_, value) => {
      const x = result(16, value);
      for (let time = 0; time < 10; time++) {
        residents.calls.begin();
        residents.find(x);
        residents.calls.end();
      }
      return x;
    });
    expect(residents.bytes).toBeLessThanOrEqual(64 * kilobyte);
    expect(kept.map((x) => residents.find(x) !== undefined)).toEqual(kept.map((_, index) => index >= 4));
    expect(kept.map(isUnread)).toEqual(kept.map(() => true));
    expect(kept.every(consistsOf)).toBe(true);
    expect(kept.every((x, value) => x.data[0] === value)).toBe(true);
  });

  it("stay what they are while the memory grows, and when all of it is wanted", () => {
    const { heap, residents, result } = setting({});
    const x = result(8, 5);
    heap.allocate(8 << 20, () => undefined);
    expect(consistsOf(x, 5)).toBe(true);
    residents.dropUnused();
    expect(residents.bytes).toBe(0);
    heap.move();
    expect(consistsOf(x, 5)).toBe(true);
    expect(x.data[0]).toBe(5);
  });

  it("are lost when they are donated, and nothing is brought out", () => {
    const { heap, residents, result } = setting({});
    const x = result(8, 5);
    residents.forget(x);
    expect(heap.space.used).toBe(0);
    expect(x.data).toHaveLength(0);
  });

  it("for which the heap has no room stay, and what wanted theirs is told", () => {
    const { residents, result } = setting({ youngBytes: 8 * kilobyte });
    const x = result(8, 5);
    const full = vi.spyOn(Float32Array.prototype, "subarray").mockImplementation(() => {
      throw new RangeError("Array buffer allocation failed");
    });
    for (const wanting of [() => result(8, 6), () => x.data, () => residents.dropUnused()])
      expect(wanting).toThrow("there is no room for a result on the JavaScript heap");
    full.mockRestore();
    expect(residents.bytes).toBe(8 * kilobyte);
    expect(consistsOf(x, 5)).toBe(true);
    result(8, 6);
    expect(residents.find(x)).toBeUndefined();
    expect(x.data[0]).toBe(5);
  });

  it("that are old free their blocks when they are collected: unread the tensors, and then their storages", () => {
    const watched = new Map<unknown, { readonly target: unknown; readonly collect: () => void }>();
    vi.stubGlobal(
      "FinalizationRegistry",
      class {
        constructor(private readonly onCollected: (held: unknown) => void) {}
        register(target: unknown, held: unknown, token: unknown): void {
          watched.set(token, { target, collect: () => this.onCollected(held) });
        }
        unregister(token: unknown): void {
          watched.delete(token);
        }
      },
    );
    const { residents, result } = setting({});
    vi.unstubAllGlobals();
    const used = (value: number): ArrayTensor => {
      const x = result(8, value);
      for (let time = 0; time < 10; time++) {
        residents.calls.begin();
        residents.find(x);
        residents.calls.end();
      }
      return x;
    };
    result(8, 0);
    const [unread, read] = [used(1), used(2)];
    const targets = () => [...watched.values()].map(({ target }) => target);
    expect(targets().map((target, index) => target === [unread, read][index])).toEqual([true, true]);
    expect(read.data[0]).toBe(2);
    expect(targets().map((target, index) => target === [unread, read.data][index])).toEqual([true, true]);
    expect(residents.bytes).toBe(24 * kilobyte);
    for (const { collect } of watched.values()) collect();
    expect(residents.bytes).toBe(8 * kilobyte);
    expect(targets()).toEqual([]);
    expect(read.data[0]).toBe(2);
  });
});
