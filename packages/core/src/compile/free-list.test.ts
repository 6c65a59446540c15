import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FreeList } from "./free-list.js";

describe("a free list", () => {
  it("never hands out a byte twice, and is whole again when all came back", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ takes: fc.boolean(), size: fc.integer({ min: 1, max: 40 }), which: fc.nat(99) }),
          {
            maxLength: 200,
          },
        ),
        (steps) => {
          const list = new FreeList();
          list.give(64, 1000);
          const held: { readonly start: number; readonly size: number }[] = [];
          for (const { takes, size, which } of steps) {
            if (takes || held.length === 0) {
              const start = list.take(size);
              if (start === undefined) continue;
              expect(start >= 64 && start + size <= 1064).toBe(true);
              for (const other of held)
                expect(start + size <= other.start || other.start + other.size <= start).toBe(true);
              held.push({ start, size });
            } else {
              const [back] = held.splice(which % held.length, 1);
              if (back !== undefined) list.give(back.start, back.size);
            }
          }
          for (const { start, size } of held) list.give(start, size);
          expect(list.freeBefore(1064)).toBe(1000);
          expect(list.take(1000)).toBe(64);
          expect(list.take(1)).toBe(undefined);
        },
      ),
    );
  });

  it("cuts blocks from the smallest range that holds them", () => {
    const list = new FreeList();
    list.give(0, 100);
    list.give(200, 30);
    list.give(300, 50);
    expect(list.take(25)).toBe(200);
    expect(list.take(50)).toBe(300);
    expect(list.take(101)).toBe(undefined);
    expect(list.freeBefore(230)).toBe(5);
    expect(list.freeBefore(400)).toBe(0);
  });
});
