import { describe, expect, it } from "vitest";
import {
  add,
  cumSum,
  div,
  grad,
  matmul,
  mul,
  ones,
  pad,
  programToString,
  sin,
  stage,
  sum,
  tensor,
  zeros,
  type Program,
  type Tensor,
} from "@cotangent/core";
import { checkProgram } from "./check.js";

const x = zeros([2, 3]);

describe("programs", () => {
  it("print stably: names in order, constants by value, params", () => {
    const closedOver = tensor([1, 2, 3, 4, 5, 6, 7]);
    const program = stage((a: Tensor<[2, 3]>, b: Tensor<[3, 7]>) =>
      pad(add(matmul(mul(2, sin(a)), b), closedOver), [
        [1, 0],
        [0, 0],
      ]),
    );
    expect(programToString(program(x, ones([3, 7])))).toMatchInlineSnapshot(`
      "program(a: float32[2, 3], b: float32[3, 7]) {
        c: float32[2, 3] = sin(a)
        d: float32[2, 3] = mul(2:float32[2, 3], c)
        e: float32[2, 7] = contract(d, b) { contracted: [[1], [0]], batch: [[], []] }
        f: float32[2, 7] = broadcast({1 2 3 4 5 6 …}:float32[7]) { shape: [2, 7], axes: [1] }
        g: float32[2, 7] = add(e, f)
        h: float32[3, 7] = pad(g) { padding: [{ low: 1, high: 0, interior: 0 }, { low: 0, high: 0, interior: 0 }], value: 0 }
        return h
      }"
    `);
  });

  it("of a gradient holds the transposed equations", () => {
    expect(programToString(stage(grad((a: Tensor<[3]>) => sum(mul(a, cumSum(a)))))(zeros([3]))))
      .toMatchInlineSnapshot(`
      "program(a: float32[3]) {
        b: float32[3] = cumSum(a) { axis: 0, reverse: false }
        c: float32[3] = mul(a, b)
        d: float32[] = sum(c) { axes: [0] }
        e: float32[3] = broadcast(1:float32[]) { shape: [3], axes: [] }
        f: float32[3] = mul(a, e)
        g: float32[3] = mul(e, b)
        h: float32[3] = cumSum(f) { axis: 0, reverse: true }
        i: float32[3] = add(g, h)
        return i
      }"
    `);
  });

  it("name variables beyond z", () => {
    const many = stage((a: Tensor<[]>) => Array.from({ length: 30 }).reduce<Tensor<[]>>((y) => sin(y), a))(
      tensor(0),
    );
    expect(programToString(many)).toContain("ae: float32[] = sin(ad)");
  });

  it("check, and say which equation is wrong", () => {
    const program = stage((a: Tensor<[2, 3]>) => div(sum(a), 2))(x);
    expect(checkProgram(program)).toEqual({ _tag: "Right", right: program });
    const broken = (change: Partial<Program>): string => {
      const result = checkProgram({ ...program, ...change });
      return result._tag === "Left" ? (result.left.message.split("\n")[0] ?? "") : "fine";
    };
    const [first, second] = program.equations;
    if (first === undefined || second === undefined) throw new Error("the program has two equations");
    expect(broken({ equations: [second, first] })).toContain("read before it is set");
    expect(broken({ equations: [first, { ...second, outputs: program.inputs }] })).toContain(
      "has not the shape and dtype",
    );
    expect(broken({ equations: [first, { ...second, outputs: first.outputs }] })).toContain("set twice");
    expect(broken({ equations: [first] })).toContain("an output is never set");
    expect(broken({ equations: [first, { ...second, outputs: [] }] })).toContain("the number of outputs");
    expect(broken({ inputs: [...program.inputs, ...program.inputs] })).toContain("two inputs are one");
  });
});
