import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  broadcastTo,
  flip,
  fromTypedArray,
  shapeOf,
  slice,
  toTypedArray,
  transpose,
  vjp,
  vmap,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { randomDigits } from "../../test/random-words.js";
import { elementsAt } from "./host-kernel.js";
import { convolution, type ConvolutionParams } from "../primitives/convolution.js";
import { windowedShape } from "../primitives/convolution-window.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { Shape } from "../types/tensor.js";
import { compileProgram } from "./compile-program.js";
import { jit } from "./jit.js";
import { wasmBackend } from "./wasm-backend.js";

type TensorFunction = (...args: readonly Tensor[]) => readonly Tensor[];

/** A jitted function, with how many modules it has, and the names of what they call outside. */
const compiled = (f: TensorFunction) => {
  const calls: string[] = [];
  let modules = 0;
  const backend = wasmBackend({
    compile: (program) => {
      const made = compileProgram(program);
      if (made === undefined) return undefined;
      modules += 1;
      calls.push(...Object.keys(made.hostFunctions(() => new ArrayBuffer(0))));
      return made;
    },
  });
  return { run: jit(f as never, { backend }) as unknown as TensorFunction, calls, modules: () => modules };
};

/** Whole numbers, whose sums are exact in every dtype. */
const tensorOf = ({ shape, dtype }: Aval, seed: number): Tensor => {
  const next = randomDigits(seed);
  const elements = elementsAt(new ArrayBuffer(8 * sizeOfShape(shape)), 0, { shape, dtype });
  for (let at = 0; at < elements.length; at++) {
    elements[at] = next() + (dtype === "uint32" ? 7 : 0);
  }
  return fromTypedArray(elements, shape) as unknown as Tensor;
};

interface Case {
  readonly x: Shape;
  readonly w: Shape;
  readonly params: ConvolutionParams;
}

const step = fc.integer({ min: 1, max: 3 });
const axis = fc.record({
  inputs: fc.integer({ min: 0, max: 9 }),
  taps: fc.integer({ min: 1, max: 4 }),
  stride: step,
  dilation: step,
  inputDilation: step,
  low: fc.integer({ min: 0, max: 3 }),
  high: fc.integer({ min: 0, max: 3 }),
});
const cases = fc
  .record({
    axes: fc.array(axis, { minLength: 1, maxLength: 2 }),
    groups: fc.integer({ min: 1, max: 3 }),
    images: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 4 }),
    features: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ axes, groups, images, channels, features }): Case => ({
    x: [images, groups * channels, ...axes.map(({ inputs }) => inputs)],
    w: [groups * features, channels, ...axes.map(({ taps }) => taps)],
    params: {
      groups,
      strides: axes.map(({ stride }) => stride),
      dilation: axes.map(({ dilation }) => dilation),
      inputDilation: axes.map(({ inputDilation }) => inputDilation),
      padding: axes.map(({ low, high }) => [low, high]),
    },
  }));

const outputOf = ({ x, w, params }: Case): Shape => [
  x[0] ?? 0,
  w[0] ?? 0,
  ...windowedShape(x.slice(2), w.slice(2), params),
];

const convolved =
  (params: ConvolutionParams) =>
  (x: Tensor, w: Tensor): Tensor =>
    convolution(x as never, w as never, params) as never; // tensors of the same kind

/** The convolution and both gradients. */
const withGradients =
  (params: ConvolutionParams): TensorFunction =>
  (...[x, w, cotangent]) => {
    const [y, back] = vjp(convolved(params) as never, [x, w] as never) as unknown as [
      Tensor,
      (cotangent: unknown) => readonly Tensor[],
    ];
    return [y, ...back(cotangent)];
  };

const expectSame = (f: TensorFunction, args: readonly Tensor[]): void => {
  const { run, calls, modules } = compiled(f);
  const [actual, expected] = [run(...args), f(...args)];
  expect(modules()).toBe(1);
  expect(calls).toEqual([]);
  expect(actual.map((one) => shapeOf(one))).toEqual(expected.map((one) => shapeOf(one)));
  // No zero has a sign here that anyone reads.
  const numbers = (all: readonly Tensor[]) => all.map((one) => Array.from(toTypedArray(one), (x) => x + 0));
  expect(numbers(actual)).toEqual(numbers(expected));
};

describe("compiled convolutions", () => {
  it("are the interpreter's, with both gradients", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom("float32", "float64"), fc.nat(), (one, dtype, seed) => {
        const shapes = [one.x, one.w, outputOf(one)];
        expectSame(
          withGradients(one.params),
          shapes.map((shape, place) => tensorOf({ shape, dtype }, seed + place)),
        );
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("are the interpreter's in integers", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom("int32", "uint32"), fc.nat(), ({ x, w, params }, dtype, seed) => {
        const f: TensorFunction = (...[a, b]) => [convolved(params)(a as Tensor, b as Tensor)];
        expectSame(f, [tensorOf({ shape: x, dtype }, seed), tensorOf({ shape: w, dtype }, seed + 1)]);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it("are the interpreter's under vmap, whichever operands are mapped", () => {
    const masks = fc.constantFrom(
      [true, false, true],
      [false, true, true],
      [true, true, true],
      [true, true, false],
    );
    fc.assert(
      fc.property(cases, masks, fc.nat(), (one, mapped, seed) => {
        const shapes = [one.x, one.w, outputOf(one)];
        const args = shapes.map((shape, place) =>
          tensorOf({ shape: mapped[place] === true ? [2, ...shape] : shape, dtype: "float32" }, seed + place),
        );
        const inAxes = mapped.map((is) => (is ? 0 : null));
        expectSame(
          vmap(withGradients(one.params) as never, { inAxes } as never) as unknown as TensorFunction,
          args,
        );
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it("read flipped, permuted, cut and repeated operands through views", () => {
    const params = {
      groups: 2,
      strides: [1, 2],
      dilation: [1, 1],
      inputDilation: [2, 1],
      padding: [[1, 0] as const, [0, 2] as const],
    };
    const base = tensorOf({ shape: [9, 4, 8, 3], dtype: "float32" }, 7);
    const taps = tensorOf({ shape: [3, 2, 2, 6], dtype: "float32" }, 8);
    const row = tensorOf({ shape: [1, 4, 1, 7], dtype: "float32" }, 9);
    const images = (x: Tensor): Tensor =>
      transpose(slice(flip(x, { axis: [0, 2] }), [1, 0, 2, 0], [7, 4, 8, 3]), [3, 1, 0, 2]);
    const kernel = (w: Tensor): Tensor => transpose(flip(w, { axis: [0, 2] }), [3, 1, 0, 2]);
    const f: TensorFunction = (...args) => {
      const [x, w, z] = args as readonly [Tensor, Tensor, Tensor];
      const repeated = broadcastTo(z, [2, 4, 5, 7]) as unknown as Tensor;
      return [convolved(params)(images(x), kernel(w)), convolved(params)(repeated, kernel(w))];
    };
    expectSame(f, [base, taps, row]);
  });

  it("call nothing outside of the module at the size of a layer", () => {
    const params = { groups: 1, strides: [1, 1], dilation: [1, 1], inputDilation: [1, 1] };
    const padding = [
      [1, 1],
      [1, 1],
    ] as const;
    const shapes = [
      [16, 32, 28, 28],
      [64, 32, 3, 3],
      [16, 64, 28, 28],
    ];
    const { run, calls, modules } = compiled(withGradients({ ...params, padding }));
    const results = run(...shapes.map((shape) => zeros(shape) as unknown as Tensor));
    expect(results.map((one) => shapeOf(one))).toEqual([shapes[2], shapes[0], shapes[1]]);
    expect([modules(), calls]).toEqual([1, []]);
  });

  it("leave an input with many zeros between its elements to the kernel outside", () => {
    const params = {
      groups: 1,
      strides: [2],
      dilation: [1],
      inputDilation: [50],
      padding: [[0, 0] as const],
    };
    const { run, calls } = compiled((...[x, w]) => [convolved(params)(x as Tensor, w as Tensor)]);
    const [x, w] = [
      tensorOf({ shape: [1, 2, 3], dtype: "float32" }, 1),
      tensorOf({ shape: [2, 2, 4], dtype: "float32" }, 2),
    ];
    const [actual] = run(x, w);
    expect(calls).toEqual(["conv 0"]);
    expect(toTypedArray(actual as Tensor)).toEqual(toTypedArray(convolved(params)(x, w)));
    expect(shapeOf(actual as Tensor)).toEqual([1, 2, 49]);
  });
});
