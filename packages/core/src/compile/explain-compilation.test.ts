import { describe, expect, it } from "vitest";
import {
  attempt,
  explainCompilation,
  explainRetrace,
  jit,
  mul,
  sin,
  stage,
  zeros,
  type Tensor,
} from "@cotangent/core";

describe("explainCompilation", () => {
  it("shows the program that the reference runs, in line", () => {
    const twice = jit((x: Tensor<[3]>) => mul(2, x));
    const f = jit((x: Tensor<[3]>) => sin(twice(x)), { backend: "interpreter" });
    expect(explainCompilation(f, zeros([3]))).toMatchInlineSnapshot(`
      {
        "module": "",
        "plan": "",
        "program": "program(a: float32[3]) {
        b: float32[3] = mul(2:float32[3], a)
        c: float32[3] = sin(b)
        return c
      }",
      }
    `);
    expect(explainRetrace(f)).toEqual(["the first call"]);
    f(zeros([3]));
    expect(explainRetrace(f)).toHaveLength(1);
  });

  it("shows what is optimised and emitted", () => {
    const f = jit((x: Tensor<[3]>) => mul(2, mul(1, sin(x))));
    const { program, module } = explainCompilation(f, zeros([3]));
    expect(program).toMatchInlineSnapshot(`
      "program(a: float32[3]) {
        b: float32[3] = sin(a)
        c: float32[3] = mul(2:float32[3], b)
        return c
      }"
    `);
    expect(module).toMatch(/^module of \d+ bytes\n/);
  });

  it("shows the program alone of a backend that tells nothing", () => {
    const backend = { name: "silent", run: () => [] };
    const f = jit((x: Tensor<[3]>) => sin(x), { backend });
    expect(explainCompilation(f, zeros([3])).program).toContain("sin(a)");
  });

  it("refuses what is not jitted", () => {
    const result = attempt(() => explainCompilation(stage(sin) as never));
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchInlineSnapshot(`
      "explainCompilation: the function was not made by jit.
        fix   give what jit returned"
    `);
  });
});
