import { deepStrictEqual, notDeepStrictEqual } from "node:assert";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { add, attempt, reshape, toArray, toTypedArray } from "@cotangent/core";
import { ArrayTensor, contiguousTensor, unreadTensor } from "./array-tensor.js";
import { giveAway } from "./donated.js";
import { elsewhereOf, storageOf, type Elsewhere } from "./unread.js";

/** A tensor of 1, 2, 3 that is unread, and what was asked of the place of its elements. */
const unreadOf = (read: () => Float32Array = () => Float32Array.of(1, 2, 3)) => {
  const asked: string[] = [];
  let isLost = false;
  const elsewhere: Elsewhere = {
    read: () => {
      asked.push("read");
      return isLost ? new Float32Array() : read();
    },
    copy: () => {
      asked.push("copy");
      return read();
    },
    lose: () => {
      asked.push("lose");
      isLost = true;
    },
  };
  return { x: unreadTensor({ shape: [3], dtype: "float32" }, [1], elsewhere), asked };
};
const plain = () => contiguousTensor(Float32Array.of(1, 2, 3), [3], "float32");

describe("an unread tensor", () => {
  it("is read once, by whoever asks for its elements, and is like others then", () => {
    const { x, asked } = unreadOf();
    expect(x).toBeInstanceOf(ArrayTensor);
    expect(x.shape).toEqual([3]);
    expect(asked).toEqual([]);
    expect(toArray(add(x, 1) as never)).toEqual([2, 3, 4]);
    expect(x.data).toBe(x.data);
    expect(toArray(x as never)).toEqual([1, 2, 3]);
    expect(asked).toEqual(["read"]);
    expect(Object.getOwnPropertyDescriptor(x, "data")).toEqual(
      Object.getOwnPropertyDescriptor({ data: Float32Array.of(1, 2, 3) }, "data"),
    );
  });

  it("is read at each read if it is frozen or sealed", () => {
    for (const x of [Object.freeze(unreadOf().x), Object.seal(unreadOf().x)]) {
      expect(toArray(add(x, 1) as never)).toEqual([2, 3, 4]);
      expect(toArray(x as never)).toEqual([1, 2, 3]);
      expect(toTypedArray(x as never)).toEqual(Float32Array.of(1, 2, 3));
    }
  });

  it("is compared, cloned and printed by its elements", () => {
    expect(unreadOf().x).toEqual(plain());
    expect(unreadOf().x).toStrictEqual(unreadOf().x);
    deepStrictEqual(unreadOf().x, plain());
    deepStrictEqual(plain(), unreadOf().x);
    notDeepStrictEqual(unreadOf().x, unreadOf(() => Float32Array.of(1, 2, 4)).x);
    expect(structuredClone(unreadOf().x)).toEqual(structuredClone(plain()));
    expect(Object.entries(unreadOf().x)).toEqual(Object.entries(plain()));
    expect(inspect(unreadOf().x)).toBe(inspect(plain()));
    expect(String(unreadOf().x)).toBe("[1. 2. 3.]");
    expect(Object.keys(unreadOf().x).sort()).toEqual(Object.keys(plain()).sort());
  });

  it("is copied for the caller without being read", () => {
    const { x, asked } = unreadOf();
    expect(toTypedArray(x as never)).toEqual(Float32Array.of(1, 2, 3));
    expect(asked).toEqual(["copy"]);
    expect(elsewhereOf(x)).toBeDefined();
  });

  it("shares its storage with its views, and is its own storage before", () => {
    const { x } = unreadOf();
    expect(storageOf(x)).toBe(x);
    const view = reshape(x, [3, 1]) as unknown as ArrayTensor;
    expect(storageOf(x)).toBe(x.data);
    expect(storageOf(view)).toBe(x.data);
  });

  it("stays unread where there is no room", () => {
    let isFull = true;
    const { x } = unreadOf(() => {
      if (isFull) throw new RangeError("Array buffer allocation failed");
      return Float32Array.of(1, 2, 3);
    });
    expect(() => x.data).toThrow(RangeError);
    expect(elsewhereOf(x)).toBeDefined();
    isFull = false;
    expect(toArray(x as never)).toEqual([1, 2, 3]);
  });

  it("is lost when it is given away", () => {
    const { x, asked } = unreadOf();
    giveAway(x, "a test");
    expect(asked).toEqual(["lose", "read"]);
    expect(attempt(() => add(x, 1))._tag).toBe("Left");
    expect(inspect(x)).toBe("Tensor(donated, float32[3])");
    expect(attempt(() => add(unreadOf().x, 1))._tag).toBe("Right");
  });
});
