/** The tests of the tests: a rule is broken on purpose, and its law says so, with the primitive named and code to run again. */

import { describe, expect, it } from "vitest";
import { mul } from "../src/index.js";
import { noRule } from "../src/program/primitive.js";
import { numeric } from "../src/program/samples.js";
import { isZero, zero } from "../src/program/symbolic-zero.js";
import { apply } from "../src/primitives/define.js";
import { elementwisePrimitive } from "../src/primitives/elementwise.js";
import { noParams } from "../src/primitives/elementwise-rules.js";
import { permute } from "../src/primitives/reshape.js";
import { laws } from "../src/testing/laws.js";
import { ArrayTensor, contiguousTensor } from "../src/tensor/array-tensor.js";
import type { Value } from "../src/tensor/value.js";
import { broken, each, errorOf, samples, squares, triple, value } from "./laws-broken.js";

describe("a rule that is right", () => {
  it("breaks no law", () => {
    expect(broken(triple("triple"))).toEqual([]);
  });
});

describe("the law of the shape", () => {
  it("sees a wrong shape", () => {
    const record = triple("wrongShape", {
      evaluate: ([x]) => contiguousTensor(new Float64Array(1), [1], x.dtype),
    });
    expect(errorOf(record, "shape").details.problem).toBe(
      'the law "shape" does not hold: output 0 is float32[1] when it is evaluated and float32[3] as declared',
    );
  });

  it("sees a wrong dtype", () => {
    const record = triple("wrongDType", { evaluate: ([x]) => each(x, (element) => 3 * element, "float32") });
    expect(errorOf(record, "shape").details.problem).toBe(
      'the law "shape" does not hold: output 0 is float32[3] when it is evaluated and float64[3] as declared',
    );
  });

  it("sees a dtype that is not the storage's", () => {
    const record = triple("wrongStorage", {
      evaluate: ([x]) => contiguousTensor(new Float64Array(3), x.shape, x.dtype),
    });
    expect(errorOf(record, "shape").details.problem).toContain(
      "output 0 is declared as float32 and stored as float64",
    );
  });

  it("sees a kernel that writes to its operand", () => {
    const record = triple("writes", {
      evaluate: ([x]) => {
        x.data.fill(7);
        return x;
      },
    });
    expect(errorOf(record, "shape").details.problem).toContain("after the call");
  });

  it("sees a kernel that remembers", () => {
    let calls = 0;
    const record = triple("remembers", { evaluate: ([x]) => each(x, (element) => element + calls++) });
    expect(errorOf(record, "shape").details.problem).toContain("the second time");
  });

  it("sees a view that leaves its storage", () => {
    const record = triple("outside", {
      evaluate: ([x]) => new ArrayTensor(x.data, x.shape, x.dtype, [2], 0, false),
    });
    expect(errorOf(record, "shape").details.problem).toContain("leaves its storage");
  });
});

describe("the law of views", () => {
  it("sees a kernel that ignores strides", () => {
    const record = triple("noStrides", {
      evaluate: ([x]) => contiguousTensor(x.data.slice(0, 4), x.shape, x.dtype),
      samples: squares,
    });
    expect(broken(record)).toContain("views");
    expect(errorOf(record, "views").details.operation).toBe("noStrides");
  });
});

describe("the law of vmap", () => {
  it("sees a wrong rule", () => {
    const record = triple("mixed", {
      batch: ([x]) => permute(apply(record, [permute(x, [0, 2, 1])], noParams), [0, 1, 2]),
      samples: squares,
    });
    expect(broken(record)).toEqual(["vmap"]);
    expect(errorOf(record, "vmap").message).toContain("mixed: the law");
  });

  it("sees a rule that forgets the batch axis", () => {
    const record = triple("forgets", {
      batch: ([x]) => apply(record, [x], noParams),
      evaluate: ([x]) => reversed(x),
      jvp: noRule("not here"),
      transpose: noRule("not here"),
    });
    expect(broken(record)).toContain("vmap");
  });

  it("sees a rule that holds for one batch and not for two inside each other", () => {
    const record = triple("once", {
      batch: ([x]) => (x.shape.length > 2 ? value(x) : apply(record, [x], noParams)),
    });
    expect(broken(record)).toEqual(["vmap"]);
  });
});

/** Backwards along the first axis, which a batch would be. */
const reversed = (x: ArrayTensor): ArrayTensor => {
  const rows = x.shape[0] ?? 0;
  const { data } = each(x, (element) => element);
  const width = data.length / Math.max(1, rows);
  const out = data.slice();
  for (let row = 0; row < rows; row++)
    out.set(data.subarray(row * width, (row + 1) * width), (rows - 1 - row) * width);
  return contiguousTensor(out, x.shape, x.dtype);
};

describe("the law of stage", () => {
  it("sees a rule that gives another value in a program", () => {
    const record = triple("twoFaced", {
      jvp: ([x], [dx]) => [
        apply(record, [x], noParams),
        isZero(dx) ? zero : dx instanceof ArrayTensor ? apply(record, [dx], noParams) : value(mul(3.5, dx)),
      ],
    });
    expect(broken(record)).toContain("stage");
  });

  it("sees a program that prints differently each time", () => {
    let count = 0;
    const record = triple("restless", {
      jvp: ([x], [dx]) => [
        apply(record, [x], noParams),
        isZero(dx) ? zero : value(mul(3 + 1e-12 * count++, dx)),
      ],
    });
    expect(broken(record)).toContain("stage");
  });
});

describe("the samples", () => {
  it("must hold numbers of every dtype that they name", () => {
    const record = triple("unvisited", {
      samples: { ...samples, operands: [{ min: -2, max: -1 }], dtypes: numeric },
    });
    expect(() => laws(record)[0]?.check()).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: unvisited: its samples have no operands of uint32.
        fix   give cases whose domains hold numbers of every dtype that is named]
    `);
  });

  it("must be given where an operation has none", () => {
    expect(() => laws((x: Value) => x)).toThrowErrorMatchingInlineSnapshot(`
      [TensorError: laws: the operation carries no record of a primitive.
        got   the function (without a name)
        fix   say where its operands come from: laws(f, { samples: { operands: [{ min: -1, max: 1 }], dtypes: [["float64"]], cases: [{ shapes: [[3]], params: undefined }] } })]
    `);
  });
});

describe("a counterexample", () => {
  const wrong = elementwisePrimitive({
    name: "wrongAboveOne",
    kernel: (x) => x * x,
    derivative: (x) => mul(2, value(x)),
    float32Kernel: (x) => (x > 1 ? x * x + 0.5 : x * x),
    samples: [{ min: -2, max: 2 }],
  });

  it("is the smallest, and is printed as code", () => {
    expect(errorOf(wrong, "float32").message).toMatchInlineSnapshot(`
      "wrongAboveOne: the law "float32" does not hold: output 0 is 4.5 in float32 and 4 in float64.
        law    in float32 the value, forward mode and reverse mode agree with float64 to 1e-5 of the largest entry
        call   wrongAboveOne(float32[])
        seed   1
        code   import { scalar } from "@cotangent/core";
               import { laws } from "@cotangent/core/testing";
               laws(wrongAboveOne).find((law) => law.name === "float32")?.at({
                 operands: [scalar(2)],
                 params: {},
                 tangents: [scalar(0)],
                 cotangents: [scalar(0)],
               });
        fix    mend the rule that the law names, or the samples if they leave its domain"
    `);
  });

  it("breaks the law again", () => {
    const law = laws(wrong).find(({ name }) => name === "float32");
    expect(() =>
      law?.at({
        operands: [value(contiguousTensor(Float32Array.of(1.5), [1], "float32"))],
        tangents: [value(contiguousTensor(Float32Array.of(0), [1], "float32"))],
        cotangents: [value(contiguousTensor(Float32Array.of(0), [1], "float32"))],
      }),
    ).toThrow("wrongAboveOne");
    expect(() =>
      law?.at({
        operands: [value(contiguousTensor(Float32Array.of(0.5), [1], "float32"))],
        tangents: [value(contiguousTensor(Float32Array.of(0), [1], "float32"))],
        cotangents: [value(contiguousTensor(Float32Array.of(0), [1], "float32"))],
      }),
    ).not.toThrow();
  });
});
