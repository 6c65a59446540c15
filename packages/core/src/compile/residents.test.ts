import { describe, expect, it } from "vitest";
import { contiguousTensor, viewTensor } from "../tensor/array-tensor.js";
import type { TypedArray } from "../tensor/dtype.js";
import { hostEngine, type Engine } from "../wasm/engine.js";
import { Heap } from "./heap.js";
import { Residents, type ResidentLimits } from "./residents.js";

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
    residents.begin();
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
    residents.end();
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
    residents.forget(x.data);
    expect(residents.bytes).toBe(8 * kilobyte);
    residents.dropUnused();
    expect(residents.bytes).toBe(0);
    expect(heap.space.used).toBe(0);
  });
});
