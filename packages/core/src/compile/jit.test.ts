import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  add,
  attempt,
  explainRetrace,
  grad,
  greater,
  hessian,
  item,
  jit,
  jvp,
  mul,
  ones,
  programToString,
  reshape,
  scalar,
  sin,
  stage,
  sum,
  tensor,
  toArray,
  toTypedArray,
  treeEquals,
  valueAndGrad,
  vmap,
  where,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { allClose } from "@cotangent/core/testing";

const x = tensor([0.5, -0.2, 1.5]);
const f = (v: Tensor<[3]>) => sum(mul(v, sin(v)));

/** `f` jitted, and how often it was traced. */
const counting = () => {
  let traces = 0;
  const jitted = jit((v: Tensor, scale: number) => {
    traces++;
    return mul(v, scale);
  });
  return { jitted, traces: () => traces };
};

describe("jit", () => {
  it("gives what the function gives, in every combination with other transformations", () => {
    const pairs: readonly (readonly [unknown, unknown])[] = [
      [jit(f)(x), f(x)],
      [jit(grad(f))(x), grad(f)(x)],
      [grad(jit(f))(x), grad(f)(x)],
      [jit(hessian(f))(x), hessian(f)(x)],
      [hessian(jit(f))(x), hessian(f)(x)],
      [jit(jit(f))(x), f(x)],
      [vmap(jit(f))(tensor([[1, 2, 3]])), vmap(f)(tensor([[1, 2, 3]]))],
      [jit(vmap(grad(jit(f))))(tensor([[1, 2, 3]])), vmap(grad(f))(tensor([[1, 2, 3]]))],
      [jvp(jit(f), [x], [x]), jvp(f, [x], [x])],
      [jit(valueAndGrad(f))(x), valueAndGrad(f)(x)],
    ];
    for (const [jitted, plain] of pairs) expect(allClose(jitted, plain, { rtol: 1e-6 })).toBe(true);
  });

  it("traces once for each kind of arguments", () => {
    const { jitted, traces } = counting();
    jitted(zeros([2]), 2);
    jitted(tensor([1, 2]), 2);
    expect(traces()).toBe(1);
    expect(toArray(jitted(tensor([1, 2]), 3))).toEqual([3, 6]);
    jitted(zeros([3]), 3);
    jitted(zeros([2]), 2);
    expect(traces()).toBe(3);
    expect(explainRetrace(jitted)).toEqual([
      "the first call",
      "arguments[1] changed from the number 2 to the number 3",
      "arguments[0] changed from float32[2] to float32[3]",
    ]);
  });

  it("keeps trees, constants and static arguments", () => {
    const step = jit(
      (state: { w: Tensor<[2]>; name: string }, how: string) => ({
        ...state,
        w: how === "up" ? add(state.w, 1) : state.w,
      }),
      {
        staticArgs: [1],
      },
    );
    const state = { w: tensor([1, 2]), name: "layer" };
    expect(treeEquals(step(state, "up"), { w: tensor([2, 3]), name: "layer" })).toBe(true);
    expect(treeEquals(step(state, "no"), state)).toBe(true);
    expect(explainRetrace(step)[1]).toBe('static argument 1 changed from the string "up" to the string "no"');
  });

  it("says that functions are compared by identity", () => {
    const apply = jit((g: (y: Tensor) => Tensor, y: Tensor) => g(y), { staticArgs: [0] });
    for (const _ of [1, 2]) apply((y) => mul(y, 2), x);
    expect(explainRetrace(apply)[1]).toBe(
      "static argument 0 changed from a function to another: functions are compared by identity, so make it once, outside, and give the same at each call",
    );
  });

  it("compares with the trace that is most like the call", () => {
    const run = jit((v: Tensor, mode: string) => (mode === "train" ? mul(v, 2) : v), { staticArgs: [1] });
    run(zeros([8]), "train");
    run(zeros([5]), "evaluate");
    run(zeros([7]), "train");
    run(zeros([5], { dtype: "int32" }) as never, "evaluate");
    expect(explainRetrace(run).slice(2)).toEqual([
      "arguments[0] changed from float32[8] to float32[7]",
      "arguments[0] changed from float32[5] to int32[5]",
    ]);
  });

  it("says of a trace that was dropped that it was", () => {
    const negative = jit((v: Tensor) => mul(v, -1));
    for (let length = 1; length <= 65; length++) negative(zeros([length]));
    negative(zeros([1]));
    negative(zeros([65]));
    expect(explainRetrace(negative).slice(65)).toEqual(["its trace had been dropped: 64 are kept"]);
  });

  it("says of a trace within a transformation that it was for one call", () => {
    let why: readonly string[] = [];
    grad((x: Tensor<[]>) => {
      const scaled = jit((y: Tensor<[]>) => mul(x, y));
      const results = [1, 2, 3].map((y) => scaled(scalar(y)));
      why = explainRetrace(scaled);
      return results[0] as Tensor<[]>;
    })(scalar(1));
    expect(why).toEqual([
      "the first call",
      "the trace before captured values of a transformation, and was for one call alone",
      "the trace before captured values of a transformation, and was for one call alone",
    ]);
  });

  it("closes over values of transformations that run, without keeping them", () => {
    const outer = (a: Tensor<[]>) => jit((b: Tensor<[]>) => mul(a, b))(scalar(3));
    expect(item(grad(outer)(scalar(2)))).toBe(3);
    const inner = jit((b: Tensor<[3]>) => mul(b, 2));
    expect(toArray(grad((a: Tensor<[3]>) => sum(inner(a)))(x))).toEqual([2, 2, 2]);
  });

  it("is one equation of a program, with the function's name", () => {
    function double(v: Tensor<[2]>) {
      return mul(2, v);
    }
    expect(programToString(stage((v: Tensor<[2]>) => jit(double)(v))(zeros([2])))).toMatchInlineSnapshot(`
      "program(a: float32[2]) {
        b: float32[2] = call(a) { label: double, program: program(a: float32[2]) {
          b: float32[2] = mul(2:float32[2], a)
          return b
        }, backend: wasm }
        return b
      }"
    `);
  });

  it("chooses by value with where", () => {
    expect(toArray(jit((v: Tensor<[3]>) => where(greater(v, 0), v, 0))(x))).toEqual([0.5, 0, 1.5]);
  });

  it("donates storages: views of them, and of nothing else, are refused afterwards", () => {
    const step = jit(
      (state: { w: Tensor; n: Tensor }, kept: Tensor) => ({ w: add(state.w, kept), n: state.n }),
      { donate: [0] },
    );
    const w = ones([8000]);
    const view = reshape(w, [80, 100]);
    const kept = ones([8000]);
    const n = scalar(1);
    const first = step({ w, n }, kept);
    expect(toTypedArray(first.w)[7999]).toBe(2);
    expect(item(first.n)).toBe(1);
    const uses: readonly (() => unknown)[] = [
      () => add(w, 1),
      () => toArray(view),
      () => String(w),
      () => step({ w, n: scalar(1) }, kept),
      () => item(n),
    ];
    for (const use of uses) expect(attempt(use)._tag).toBe("Left");
    expect(inspect(w)).toBe("Tensor(donated, float32[8000])");
    const second = step(first, kept);
    expect(toTypedArray(second.w)[0]).toBe(3);
    expect(toTypedArray(kept)[0]).toBe(1);
    expect(toTypedArray(step(second, second.w).w)[0]).toBe(6);
  });

  it("refuses what was donated where a program has it as a constant, small or large", () => {
    for (const length of [5, 8000]) {
      const w = ones([length]);
      const captures = jit((v: Tensor) => add(v, w));
      expect(toTypedArray(captures(ones([length])))[0]).toBe(2);
      jit((v: Tensor) => add(v, 1), { donate: [0] })(w);
      expect(attempt(() => captures(ones([length])))).toMatchObject({ left: { kind: "DonatedTensor" } });
    }
  });

  it("donates nothing under a transformation, which reads its arguments again", () => {
    const donating = jit(f, { donate: [0] });
    expect(toArray(grad(donating)(x))).toEqual(toArray(grad(f)(x)));
    expect(toArray(x)).toHaveLength(3);
  });

  const mistakes: Readonly<Record<string, () => unknown>> = {
    "a host if": () => jit((v: Tensor<[]>) => (item(mul(v, 2)) > 0 ? v : add(v, 1)))(scalar(1)),
    "a host read of an argument": () => jit((v: Tensor<[2]>) => tensor(toArray(v)))(zeros([2])),
    "a tensor as a static argument": () =>
      jit((v: Tensor<[]>, w: Tensor<[]>) => add(v, w), { staticArgs: [1] })(scalar(1), scalar(2)),
    "an object as a static argument": () =>
      jit((v: Tensor<[]>, o: { n: number }) => mul(v, o.n), { staticArgs: [1] })(scalar(1), { n: 2 }),
    "an unknown backend": () => jit(f, { backend: "gpu" as never }),
    "positions that are none": () => jit(f, { donate: [-1] }),
    "a position without an argument": () =>
      jit(
        function step(v: Tensor<[3]>) {
          return add(v, 1);
        },
        { donate: [1] },
      )(zeros([3])),
    "a static argument that is donated": () => jit(f, { donate: [0], staticArgs: [0] }),
    "a donated tensor": () => {
      function step(v: Tensor<[2]>) {
        return mul(v, 2);
      }
      const v = tensor([1, 2]);
      jit(step, { donate: [0] })(v);
      return add(v, 1);
    },
    "an async function": () => jit(async (v: Tensor<[]>) => Promise.resolve(v))(scalar(1)),
    "no function": () => jit(x as never),
    "explaining what is not jitted": () => explainRetrace(sin),
  };
  it.each(Object.entries(mistakes))("refuses %s", (_name, mistake) => {
    const result = attempt(mistake);
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchSnapshot();
  });
});
