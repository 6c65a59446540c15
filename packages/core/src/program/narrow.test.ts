import { describe, expect, it } from "vitest";
import {
  add,
  cos,
  item,
  jit,
  less,
  mul,
  programToString,
  scalar,
  sin,
  stage,
  take,
  tensor,
  whileLoop,
  type Tensor,
} from "@cotangent/core";
import { checkDeep, resultsOf } from "../../test/passes.js";
import { withoutUnreadCode } from "./dead-code.js";

type Scalar = Tensor<[]>;

describe("a whileLoop of which little is read", () => {
  const looped = (x: Scalar, y: Scalar) =>
    whileLoop(
      ({ count }: { count: Scalar; read: Scalar; feeds: Scalar; dead: Scalar; alsoDead: Scalar }) =>
        less(count, 3),
      ({ count, read, feeds, dead, alsoDead }) => ({
        count: add(count, 1),
        read: mul(read, feeds),
        feeds: add(feeds, x),
        dead: sin(add(dead, y)),
        alsoDead: cos(add(alsoDead, dead)),
      }),
      { count: scalar(0), read: x, feeds: x, dead: y, alsoDead: y },
    ).read;

  it("carries what the condition, other carries and the outside need, and nothing else", () => {
    const program = stage(looped)(scalar(2), scalar(0));
    const narrow = withoutUnreadCode(program);
    checkDeep(narrow);
    expect(programToString(narrow)).toMatchInlineSnapshot(`
      "program(a: float32[], b: float32[]) {
        c: float32[], d: float32[], e: float32[] = whileLoop(a, 0:float32[], a, a) { condition: program(a: float32[], b: float32[], c: float32[], d: float32[]) {
          e: bool[] = less(b, 3:float32[])
          return e
        }, body: program(a: float32[], b: float32[], c: float32[], d: float32[]) {
          e: float32[] = add(b, 1:float32[])
          f: float32[] = mul(d, c)
          g: float32[] = add(c, a)
          return e, g, f
        }, constants: 1 }
        return e
      }"
    `);
    const args = [scalar(2), scalar(0)];
    expect(resultsOf(narrow, args)).toEqual(resultsOf(program, args));
    expect(withoutUnreadCode(narrow)).toBe(narrow);
    expect(item(jit(looped)(scalar(2), scalar(0)))).toBe(2 * 2 * 4 * 6);
  });

  it("carries what its condition reads, though nothing else does", () => {
    const counted = stage(
      (x: Scalar) =>
        whileLoop(
          ({ i }: { i: Scalar; y: Scalar }) => less(i, x),
          ({ i, y }) => ({ i: add(i, 1), y: mul(y, 2) }),
          { i: scalar(0), y: x },
        ).y,
    )(scalar(3));
    expect(withoutUnreadCode(counted)).toBe(counted);
  });

  it("keeps what may be refused, and what that needs", () => {
    const checked = stage(
      (x: Tensor<[2]>) =>
        whileLoop(
          ({ i }: { i: Tensor<[], "int32">; s: Scalar; t: Scalar }) => less(i, 5),
          ({ i, s, t }) => ({ i: add(i, 1), s: add(s, take(x, i)), t: sin(t) }),
          { i: scalar(0, { dtype: "int32" }), s: scalar(0), t: scalar(0) },
        ).i,
    )(tensor([1, 2]));
    const narrow = withoutUnreadCode(checked);
    checkDeep(narrow);
    expect(programToString(narrow)).toMatchInlineSnapshot(`
      "program(a: float32[2]) {
        b: int32[] = whileLoop(a, 0:int32[]) { condition: program(a: float32[2], b: int32[]) {
          c: bool[] = less(b, 5:int32[])
          return c
        }, body: program(a: float32[2], b: int32[]) {
          c: int32[] = add(b, 1:int32[])
          d: float32[] = gather(a, b) { batchRank: 0 }
          return c
        }, constants: 1 }
        return b
      }"
    `);
    expect(() => resultsOf(narrow, [tensor([1, 2])])).toThrow("index 2 is out of range");
  });
});
