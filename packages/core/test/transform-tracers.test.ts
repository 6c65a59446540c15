/** Tracers that leak, host code that reads them, interpreters that clean up after themselves. */

import { describe, expect, it } from "vitest";
import {
  add,
  grad,
  greater,
  hessian,
  hvp,
  item,
  jacfwd,
  jacrev,
  jvp,
  linearize,
  linearTranspose,
  matmul,
  mul,
  ones,
  scalar,
  sin,
  square,
  stage,
  sum,
  tensor,
  toArray,
  toTypedArray,
  valueAndGrad,
  vjp,
  vmap,
} from "../src/index.js";
import type { AnyTensor, Tensor } from "../src/index.js";
import { programToString } from "../src/program/print.js";
import type { Program } from "../src/program/program.js";
import { explainDifference } from "../src/testing/all-close.js";
import { evaluate } from "../src/trace/evaluate.js";
import { currentInterpreter } from "../src/trace/interpreter.js";
import { errorOf } from "./message-of.js";

const x = tensor([0.5, 2]);
type Two = Tensor<readonly [2]>;
type Body = (x: Two) => Tensor<[]>;

/** Each transformation, applied to a function of x at once. */
const runs: readonly (readonly [string, (f: Body) => unknown])[] = [
  ["grad", (f) => grad(f)(x)],
  ["valueAndGrad", (f) => valueAndGrad(f)(x)],
  ["jvp", (f) => jvp(f, [x], [ones([2])])],
  ["vjp", (f) => vjp(f, [x])[1](scalar(1))],
  ["linearize", (f) => linearize(f, [x])[1](ones([2]))],
  ["jacfwd", (f) => jacfwd(f)(x)],
  ["jacrev", (f) => jacrev(f)(x)],
  ["hessian", (f) => hessian(f)(x)],
  ["hvp", (f) => hvp(f, [x], [ones([2])])],
  [
    "vmap",
    (f) =>
      vmap((row: Two) => f(row))(
        tensor([
          [0.5, 2],
          [1, 3],
        ]),
      ),
  ],
  ["stage", (f) => stage(f)(x)],
  ["linearTranspose", (f) => linearTranspose((z: Two) => f(z), [x])(scalar(1))],
];
const reading = runs.filter(([name]) =>
  ["grad", "valueAndGrad", "jvp", "vjp", "linearize", "jacfwd", "jacrev", "hessian", "hvp"].includes(name),
);
const blind = runs.filter(([name]) => ["vmap", "stage", "linearTranspose"].includes(name));

describe("a tracer that leaks", () => {
  it.each(runs)("out of %s is refused where it is used, and named", (name, run) => {
    let leaked: AnyTensor = scalar(0);
    run((z) => {
      const total = sum(z);
      leaked = total;
      return total;
    });
    const error = errorOf(() => add(leaked, leaked));
    expect(error.kind).toBe("LeakedTracer");
    expect(error.message).toContain(`leaked out of ${name === "hessian" ? "jacrev" : name}`);
    expect(errorOf(() => item(leaked)).kind).toBe("LeakedTracer");
    expect(errorOf(() => toArray(leaked)).kind).toBe("LeakedTracer");
    expect(errorOf(() => grad((z: Tensor<[]>) => mul(z, leaked as Tensor<[]>))(scalar(1))).kind).toBe(
      "LeakedTracer",
    );
    expect(errorOf(() => vmap((z: Tensor<[]>) => mul(z, leaked as Tensor<[]>))(ones([2]))).kind).toBe(
      "LeakedTracer",
    );
    expect(errorOf(() => stage((z: Tensor<[]>) => mul(z, leaked as Tensor<[]>))(scalar(1))).kind).toBe(
      "LeakedTracer",
    );
  });

  it("out of an inner transformation into the outer one", () => {
    const f = (z: Two): Tensor<[]> => {
      let leaked: AnyTensor = z;
      grad((y: Two) => {
        const total = sum(mul(y, z));
        leaked = total;
        return total;
      })(z);
      return add(sum(z), leaked as Tensor<[]>);
    };
    for (const [, run] of runs) expect(errorOf(() => run(f)).kind).toBe("LeakedTracer");
  });

  it("does not leak by being seen: an outer value inside an inner function", () => {
    expect(toArray(grad((z: Two) => jvp((y: Two) => sum(mul(y, z)), [z], [z])[1])(x))).toEqual([1, 4]);
  });
});

describe("host code", () => {
  it.each(reading)("may branch, loop and recur on values under %s", (_name, run) => {
    const power = (z: Tensor<[]>, n: number): Tensor<[]> => (n === 0 ? scalar(1) : mul(z, power(z, n - 1)));
    const body: Body = (z) => {
      let total = sum(z);
      if (item(greater(total, 1))) total = square(total);
      for (let steps = 0; item(total) < 100 && steps < 10; steps++) total = mul(2, total);
      return add(total, mul(toArray(z).length, power(total, toTypedArray(z)[1] ?? 0)));
    };
    expect(() => run(body)).not.toThrow();
  });

  it("branches by the value: the derivative is that of the branch taken", () => {
    const f = (z: Tensor<[]>) => (item(z) > 1 ? square(z) : sin(z));
    expect(item(grad(f)(scalar(3)))).toBe(6);
    expect(item(grad(f)(scalar(0)))).toBe(1);
    expect(item(jvp(f, [scalar(3)], [scalar(1)])[1])).toBe(6);
    expect(item(grad(grad(f))(scalar(3)))).toBe(2);
  });

  it("counts the steps of a loop by the value: x doubled until it is past 10", () => {
    const f = (z: Tensor<[]>) => {
      let y = z;
      while (item(y) < 10) y = mul(2, y);
      return y;
    };
    expect([item(grad(f)(scalar(3))), item(jvp(f, [scalar(6)], [scalar(1)])[1])]).toEqual([4, 2]);
  });

  it.each(blind)("may not read what %s does not know", (name, run) => {
    for (const read of [(z: Two) => item(sum(z)), (z: Two) => toArray(z), (z: Two) => toTypedArray(z)]) {
      const error = errorOf(() =>
        run((z) => {
          read(z);
          return sum(z);
        }),
      );
      expect(error.kind).toBe("HostRead");
      expect(error.message).toContain(name);
    }
  });

  it.each(runs)("may not coerce a tracer under %s", (_name, run) => {
    const coercions: readonly ((z: Two) => unknown)[] = [
      (z) => (z as unknown as number) > 0,
      (z) => (z as unknown as number) + 1,
      (z) => String(z),
      (z) => JSON.stringify(z),
      (z) => Number(z),
    ];
    for (const coerce of coercions) {
      const error = errorOf(() =>
        run((z) => {
          coerce(z);
          return sum(z);
        }),
      );
      expect(error.kind).toBe("Coercion");
    }
  });

  it("reads under vmap what is not mapped, and under stage what is a constant", () => {
    const shared = scalar(3);
    expect(
      toArray(
        vmap((z: Tensor<[]>, s: Tensor<[]>) => mul(z, item(s) + item(shared)), { inAxes: [0, null] })(
          ones([2]),
          scalar(1),
        ),
      ),
    ).toEqual([4, 4]);
    expect(() => stage((z: Two) => mul(z, item(shared)))(x)).not.toThrow();
  });

  it("reads under grad inside vmap what vmap does not know", () => {
    const error = errorOf(() =>
      vmap((row: Two) => grad((z: Two) => (item(sum(z)) > 0 ? sum(z) : sum(square(z))))(row))(
        tensor([[1, 2]]),
      ),
    );
    expect([error.kind, error.message.includes("vmap")]).toEqual(["HostRead", true]);
  });
});

describe("the interpreter", () => {
  it.each(runs)("is the eager one again after %s, whether it returns or throws", (_name, run) => {
    run((z) => sum(z));
    expect(currentInterpreter()).toBe(evaluate);
    const throwing: readonly Body[] = [
      () => {
        throw new Error("mine");
      },
      (z) => sum(matmul(z, ones([3]) as unknown as Two)),
      (z) =>
        grad((_y: Tensor<[]>): Tensor<[]> => {
          throw new Error("mine, inside");
        })(sum(z)),
    ];
    for (const body of throwing) {
      try {
        run(body);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(currentInterpreter()).toBe(evaluate);
      expect(toArray(add(x, 1))).toEqual([1.5, 3]);
    }
  });

  it.each(runs)("goes on with %s after an inner transformation threw", (_name, run) => {
    const guarded: Body = (z) => {
      try {
        return sum(
          vmap((_row: Tensor<[]>): Tensor<[]> => {
            throw new Error("mine");
          })(z),
        );
      } catch {
        return sum(mul(2, z));
      }
    };
    const plain: Body = (z) => sum(mul(2, z));
    const [one, other] = [run(guarded), run(plain)];
    if (isProgram(one) && isProgram(other)) expect(programToString(one)).toBe(programToString(other));
    else expect(explainDifference(one, other)).toBeUndefined();
  });

  it("is not shared by two functions that are transformed one after the other", () => {
    const [, first] = vjp((z: Two) => sum(square(z)), [x]);
    const [, second] = vjp((z: Two) => sum(mul(3, z)), [x]);
    expect([
      toArray(first(scalar(1))[0]),
      toArray(second(scalar(1))[0]),
      toArray(first(scalar(2))[0]),
    ]).toEqual([
      [1, 4],
      [3, 3],
      [2, 8],
    ]);
  });
});

const isProgram = (result: unknown): result is Program =>
  typeof result === "object" && result !== null && "equations" in result;
