import { describe, expect, it } from "vitest";
import {
  add,
  attempt,
  broadcastTo,
  jit,
  matmul,
  mul,
  ones,
  slice,
  sort,
  sum,
  tanh,
  tensor,
  toTypedArray,
  type Tensor,
} from "@cotangent/core";
import { bitsOf, executables, noise, remakesOf } from "../../test/executables.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { giveAway } from "../tensor/donated.js";
import { wasmBackend } from "./wasm-backend.js";

/** The least size of which results stay in the memory. */
const size = 4096;
const bytes = 4 * size;
const curve = (x: Tensor): Tensor => add(mul(tanh(x), x), 1);

describe("large results that have to make room", () => {
  it("are made again where elements are cheap and what is kept alive is about as much, and are brought out elsewhere", () => {
    const [x, square] = [noise(size), contiguousTensor(noise(size).data, [64, 64], "float32")];
    const broadcast = (a: Tensor): Tensor => broadcastTo(sum(a), [size]);
    expect(remakesOf(curve, x)).toBe(1);
    expect(remakesOf((a, b) => add(a, b), x, noise(size))).toBe(1);
    expect(remakesOf((a, b, c) => add(a, add(b, c)), x, noise(size), noise(size))).toBe(0);
    expect(remakesOf((a) => add(broadcast(a), 1), noise(2 * size))).toBe(1);
    expect(remakesOf((a) => add(broadcast(a), 1), noise(2 * size + 1))).toBe(0);
    expect(remakesOf((a) => tanh(tanh(tanh(a))), x)).toBe(0);
    expect(remakesOf((a) => sort(a), x)).toBe(0);
    expect(remakesOf((a) => matmul(a, a), square)).toBe(0);
    // The functions of float64 are the host's.
    const wide = contiguousTensor(Float64Array.from(x.data), [size], "float64");
    expect(remakesOf((a) => mul(a, a), wide)).toBe(1);
    expect(remakesOf((a) => tanh(a), wide)).toBe(0);
    // Small ones and constants count as well.
    expect(remakesOf((a, b, c) => add(add(a, b), sum(c)), x, noise(size), noise(1))).toBe(0);
    expect(remakesOf((a) => add(a, noise(size) as unknown as Tensor), x)).toBe(1);
    expect(remakesOf((a, b) => add(add(a, b), noise(size) as unknown as Tensor), x, noise(size))).toBe(0);
  });

  it("are brought out when a view is given that keeps a large storage alive", () => {
    const { compiled, makeRoom } = executables();
    const view = slice(noise(3 * size) as unknown as Tensor, [0], [size]) as unknown as ArrayTensor;
    const f = compiled(curve, view);
    const [y] = f.run([view]);
    makeRoom();
    expect(bitsOf(y)).toHaveLength(bytes);
    expect(f.remakes()).toBe(0);
  });

  it("are brought out when a constant is unread", () => {
    const { compiled, makeRoom } = executables();
    const x = noise(size);
    const [c] = compiled(curve, x).run([x]);
    const f = compiled((a) => add(a, c as unknown as Tensor), x);
    const [y] = f.run([x]);
    const before = bitsOf(y);
    makeRoom();
    giveAway(c, "a test");
    expect(bitsOf(y).equals(before)).toBe(true);
    expect(f.remakes()).toBe(0);
  });

  it("are brought out when they are often used, and keep nothing alive", () => {
    const { compiled, makeRoom } = executables();
    const x = noise(size);
    const [f, total] = [compiled(curve, x), compiled((a) => sum(a), x)];
    const [y] = f.run([x]);
    for (let time = 0; time < 8; time++) total.run([y]);
    makeRoom();
    bitsOf(y);
    expect(f.remakes()).toBe(0);
  });
});

describe("donated arguments of results that make room", () => {
  it("are in the way of nothing, and leave no copy in the memory", () => {
    const { runtime, compiled, makeRoom } = executables();
    const [x, c] = [noise(size), noise(size)];
    const f = compiled((a) => add(mul(a, c as unknown as Tensor), 1), x);
    const [y] = f.run([x]);
    const before = bitsOf(y);
    makeRoom();
    for (const given of [x, c]) {
      runtime.residents.forget(given);
      giveAway(given, "a test");
    }
    expect(bitsOf(y).equals(before)).toBe(true);
    expect(f.remakes()).toBe(1);
    expect(runtime.residents.bytes).toBe(bytes);
    expect(attempt(() => f.run([x]))).toMatchObject({ left: { kind: "DonatedTensor" } });
  });

  it("are not kept alive: results are brought out that have to go afterwards", () => {
    const { runtime, compiled, makeRoom } = executables();
    const [x, z] = [noise(size), noise(size)];
    const f = compiled(curve, x);
    const [y] = f.run([x]);
    const before = bitsOf(y);
    runtime.residents.forget(x);
    giveAway(x, "a test");
    const [w] = f.run([z], [true]);
    makeRoom();
    expect(bitsOf(y).equals(before)).toBe(true);
    expect(bitsOf(w).equals(before)).toBe(true);
    expect(f.remakes()).toBe(0);
  });

  it("stay refused to those who gave them away", () => {
    const backend = wasmBackend({ youngBytes: 0 });
    const f = jit(curve, { backend });
    const taking = jit((x: Tensor) => mul(x, 2), { backend, donate: [0] });
    const x = tensor(Array.from({ length: size }, (_, index) => index / size));
    const y = f(x);
    const before = toTypedArray(y);
    f(ones([size]));
    taking(x);
    expect(toTypedArray(y)).toEqual(before);
    expect(attempt(() => f(x))).toMatchObject({ left: { kind: "DonatedTensor" } });
    expect(attempt(() => toTypedArray(x))).toMatchObject({ left: { kind: "DonatedTensor" } });
  });

  it("are as they were when the result is donated itself", () => {
    const { runtime, compiled, makeRoom } = executables();
    const x = noise(size);
    const f = compiled(curve, x);
    const [y] = f.run([x]);
    makeRoom();
    runtime.residents.forget(y);
    expect(y.data).toHaveLength(0);
    expect(f.remakes()).toBe(0);
  });
});
