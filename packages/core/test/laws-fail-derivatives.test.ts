/** A rule of derivatives is broken on purpose, and its law says so. */

import { onHost } from "../src/program/lowering.js";
import { describe, expect, it } from "vitest";
import { right } from "../src/errors/either.js";
import { cumulate } from "../src/kernels/cumulate.js";
import { cos, mul, sin, stopGradient, sub } from "../src/index.js";
import { noRule, zeroTangent, type Primitive } from "../src/program/primitive.js";
import { isZero, zero } from "../src/program/symbolic-zero.js";
import { apply, linear } from "../src/primitives/define.js";
import { elementwisePrimitive } from "../src/primitives/elementwise.js";
import { noParams, type NoParams } from "../src/primitives/elementwise-rules.js";
import { times } from "../src/primitives/multiplicative.js";
import { permute } from "../src/primitives/reshape.js";
import { contiguousTensor } from "../src/tensor/array-tensor.js";
import { broken, each, errorOf, samples, triple, value } from "./laws-broken.js";

describe("the law of forward mode", () => {
  it("sees a wrong derivative", () => {
    const record = elementwisePrimitive({
      name: "wrongDerivative",
      kernel: Math.sin,
      derivative: (x) => sin(value(x)),
      samples: [{ min: -2, max: 2 }],
    });
    expect(broken(record)).toContain("jvp");
    expect(errorOf(record, "jvp").message).toContain("wrongDerivative");
  });

  it("sees a derivative that is wrong by one part in a million", () => {
    const record = elementwisePrimitive({
      name: "nearly",
      kernel: Math.sin,
      derivative: (x) => mul(1 + 1e-6, cos(x)),
      samples: [{ min: -2, max: 2 }],
    });
    expect(broken(record)).toEqual(["jvp"]);
  });

  it("sees a missing tangent", () => {
    const record = triple("missing", { jvp: ([x]) => [apply(record, [x], noParams), zero] });
    expect(broken(record)).toContain("jvp");
  });

  it("sees a value that is another one in forward mode", () => {
    const record = triple("other", {
      jvp: ([x], [dx]) => [times(x, x), isZero(dx) ? zero : apply(record, [dx], noParams)],
    });
    expect(errorOf(record, "jvp").details.problem).toContain("in forward mode and");
  });

  it("sees a tangent of another shape", () => {
    const record = triple("tall", {
      jvp: ([x], [dx]) => [
        apply(record, [x], noParams),
        isZero(dx) ? zero : permute(apply(record, [dx], noParams), [1, 0]),
      ],
      samples: { ...samples, cases: [{ shapes: [[2, 3]], params: noParams }] },
    });
    expect(broken(record)).toContain("jvp");
  });

  it("takes a constant by definition at its word", () => {
    const record = triple("silent", { jvp: zeroTangent("it says so") });
    expect(broken(record)).toEqual([]);
  });
});

describe("the law of reverse mode", () => {
  it("sees a wrong transpose", () => {
    const record: Primitive<NoParams> = linear<NoParams>({
      name: "wrongTranspose",
      shape: ([x]) => right(x),
      evaluate: ([x]) => cumulate(x, 0, false, (total, element) => total + element),
      transpose: (cotangent) => [apply(record, [cotangent], noParams)], // it runs the other way in truth
      batch: noRule("not here"),
      lower: onHost,
      samples,
    });
    expect(broken(record)).toEqual(["transpose", "linear"]);
    expect(errorOf(record, "transpose").message).toContain("wrongTranspose");
  });

  it("sees a cotangent of another dtype", () => {
    const record = triple("narrow", {
      transpose: (cotangent) => [value(contiguousTensor(new Float32Array(3), cotangent.shape, "float32"))],
    });
    expect(broken(record)).toEqual(expect.arrayContaining(["transpose", "linear"]));
  });
});

describe("the law of linearity", () => {
  it("sees a function that is not linear", () => {
    const record: Primitive<NoParams> = linear<NoParams>({
      name: "crooked",
      shape: ([x]) => right(x),
      evaluate: ([x]) => each(x, (element) => element * element),
      transpose: (cotangent) => [cotangent],
      batch: ([x]) => apply(record, [x], noParams),
      lower: onHost,
      samples,
    });
    expect(broken(record)).toEqual(expect.arrayContaining(["jvp", "linear"]));
    expect(errorOf(record, "linear").message).toContain("crooked");
  });

  it("sees a function that is linear beside a constant, in forward mode", () => {
    const record: Primitive<NoParams> = linear<NoParams>({
      name: "shifted",
      shape: ([x]) => right(x),
      evaluate: ([x]) => each(x, (element) => element + 1),
      transpose: (cotangent) => [cotangent],
      batch: ([x]) => apply(record, [x], noParams),
      lower: onHost,
      samples,
    });
    expect(broken(record)).toEqual(expect.arrayContaining(["jvp"]));
  });
});

describe("the law of the second order", () => {
  it("sees a second derivative that is wrong although the first is right", () => {
    const record = elementwisePrimitive({
      name: "firstOnly",
      kernel: Math.sin,
      derivative: (x) => stopGradient(cos(x)),
      samples: [{ min: -2, max: 2 }],
    });
    expect(broken(record)).toEqual(["second order"]);
    expect(errorOf(record, "second order").message).toContain("firstOnly");
  });
});

describe("the law of float32", () => {
  it("sees a kernel that is not accurate", () => {
    const record = elementwisePrimitive({
      name: "coarse",
      kernel: Math.sin,
      float32Kernel: (x) => Math.sin(x) + 1e-4,
      derivative: (x) => cos(x),
      samples: [{ min: -2, max: 2 }],
    });
    expect(broken(record)).toEqual(["float32"]);
    expect(errorOf(record, "float32").message).toContain("coarse");
  });

  it("sees a rule that cancels", () => {
    // cos²(x/2) - sin²(x/2) of numbers near 1e4 would be fine; (1e4 + cos x) - 1e4 is not.
    const record = elementwisePrimitive({
      name: "cancels",
      kernel: Math.sin,
      derivative: (x) => sub(value(sub(cos(x), -1e4)), 1e4),
      samples: [{ min: -2, max: 2 }],
    });
    expect(broken(record)).toEqual(["float32"]);
  });
});
