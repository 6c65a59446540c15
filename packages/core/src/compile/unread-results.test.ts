import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  attempt,
  broadcastTo,
  jit,
  mul,
  ones,
  reshape,
  scalar,
  slice,
  toArray,
  toTypedArray,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { watchedEngine } from "../../test/host-engine.js";
import { interpretedModules } from "../../test/interpreted-module.js";
import type { ArrayTensor } from "../tensor/array-tensor.js";
import { elsewhereOf } from "../tensor/unread.js";
import { wasmBackend } from "./wasm-backend.js";

/** The least size of which results stay in the memory. */
const size = 4096;
const isUnread = (x: Tensor): boolean => elsewhereOf(x as unknown as ArrayTensor) !== undefined;
const compile = interpretedModules();

describe("large results of compiled calls", () => {
  const increment = (x: Tensor): Tensor => add(x, 1);

  it("are read by nothing but the host", () => {
    const backend = wasmBackend({ compile });
    const [f, both] = [jit(increment, { backend }), jit((x: Tensor, y: Tensor) => mul(x, y), { backend })];
    let x = f(zeros([size]));
    for (let step = 0; step < 20; step++) x = f(x);
    const y = both(x, x);
    const captured = jit((a: Tensor) => add(a, y), { backend })(ones([size]));
    expect([x, y, captured].map(isUnread)).toEqual([true, true, true]);
    expect(toTypedArray(captured)[size - 1]).toBe(442);
    expect([x, y, captured].map(isUnread)).toEqual([true, true, true]);
    // Whatever is changed in a copy is changed there alone.
    toTypedArray(y).fill(0);
    expect((toArray(y) as readonly number[])[size - 1]).toBe(441);
    expect(isUnread(y)).toBe(false);
    expect(toTypedArray(f(y))[0]).toBe(442);
  });

  it("that come before one for which there is no room are given back", () => {
    const backend = wasmBackend({ compile, mostBytes: 8 << 20 });
    const length = (3 << 20) / 4;
    const one = jit((x: Tensor) => add(broadcastTo(x, [length]), 1), { backend });
    const three = jit(
      (x: Tensor) => {
        const y = broadcastTo(x, [length]);
        return [add(y, 1), mul(y, 3), add(y, 5)];
      },
      { backend },
    );
    for (let time = 0; time < 3; time++) {
      expect(attempt(() => three(scalar(0)))).toMatchObject({ left: { kind: "OutOfMemory" } });
      expect(toTypedArray(one(scalar(0)))[length - 1]).toBe(1);
    }
  });

  it("survive a trap and a refusal in a later call", () => {
    let trap = false;
    const backend = wasmBackend({
      compile: interpretedModules(() => {
        if (trap) throw new RangeError("unreachable");
      }),
      mostBytes: 2 << 20,
    });
    const f = jit(increment, { backend });
    const x = f(zeros([size]));
    trap = true;
    expect(() => f(x)).toThrow("unreachable");
    trap = false;
    expect(attempt(() => f(ones([1 << 20])))._tag).toBe("Left");
    expect(toTypedArray(f(x))[size - 1]).toBe(2);
    expect(toTypedArray(x)[size - 1]).toBe(1);
  });

  it("that are donated unread leave nothing behind", () => {
    const { engine: watched, memories } = watchedEngine();
    const backend = wasmBackend({ compile, engine: watched, youngBytes: 64 << 20 });
    const step = jit(increment, { backend, donate: [0] });
    let x = step(zeros([size]));
    for (let time = 0; time < 200; time++) {
      const before = x;
      x = step(x);
      expect(attempt(() => add(before, 1))._tag).toBe("Left");
      expect(attempt(() => toTypedArray(before))._tag).toBe("Left");
    }
    expect(isUnread(x)).toBe(true);
    expect(toTypedArray(x)[size - 1]).toBe(201);
    expect(memories.map(({ buffer }) => buffer.byteLength <= 2 << 20)).toEqual([true]);
  });

  it("that are donated and handed on are not lost", () => {
    const backend = wasmBackend({ compile });
    const step = jit((state: { w: Tensor; kept: Tensor }) => ({ ...state, w: add(state.w, state.kept) }), {
      backend,
      donate: [0],
    });
    const f = jit(increment, { backend });
    let state = { w: f(zeros([size])), kept: f(zeros([size])) };
    for (let time = 0; time < 3; time++) {
      const before = state;
      state = step(state);
      expect(attempt(() => toTypedArray(before.kept))._tag).toBe("Left");
    }
    expect([toTypedArray(state.w)[size - 1], toTypedArray(state.kept)[0]]).toEqual([4, 1]);
  });

  /** What a program may do with its tensors, by the number of one of them. */
  const actions = fc.array(
    fc.tuple(
      fc.constantFrom("next", "sum", "read", "copy", "view", "drop", "donate", "much", "refused", "moved"),
      fc.nat(11),
    ),
    { maxLength: 60 },
  );

  it("are never changed or lost, whatever a program does", () => {
    fc.assert(
      fc.property(actions, (history) => {
        const backend = wasmBackend({
          compile,
          youngBytes: 3 * 4 * size,
          oldBytes: 3 * 4 * size,
          leastMoved: 1 << 20,
          mostBytes: 8 << 20,
        });
        const next = jit(increment, { backend });
        const total = jit((x: Tensor, y: Tensor) => add(x, y), { backend });
        const taking = jit((x: Tensor) => mul(x, 2), { backend, donate: [0] });
        /** Tensors of one number; `group` tells those that share a storage. */
        let live = [{ x: zeros([size]) as Tensor, value: 0, group: {} }];
        const keep = (x: Tensor, value: number, group: object = {}) => live.push({ x, value, group });
        for (const [action, number] of history) {
          const chosen = live[number % live.length];
          if (chosen === undefined) break;
          const { x, value, group } = chosen;
          if (action === "next") keep(next(x), value + 1);
          else if (action === "sum") {
            const other = live[(number + 1) % live.length] ?? chosen;
            keep(total(x, other.x), value + other.value);
          } else if (action === "read") expect((toArray(x) as readonly number[])[size - 1]).toBe(value);
          else if (action === "copy") toTypedArray(x).fill(-1);
          else if (action === "view")
            keep(reshape(slice(reshape(x, [2, size / 2]), [0, 0], [2, size / 2]), [size]), value, group);
          else if (action === "much") toTypedArray(next(ones([1 << 18])));
          else if (action === "refused") expect(attempt(() => next(ones([1 << 21])))._tag).toBe("Left");
          else if (action === "moved") for (let time = 0; time < 257; time++) next(zeros([1]));
          else if (live.length > 1) {
            live = live.filter((each) => (action === "drop" ? each !== chosen : each.group !== group));
            if (action === "donate") keep(taking(x), 2 * value);
          }
        }
        for (const { x, value } of live)
          expect(toTypedArray(x).every((element) => element === value)).toBe(true);
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});
