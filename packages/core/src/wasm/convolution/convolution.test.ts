import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyIndex, offsetOf } from "../../../test/every-index.js";
import { randomDigits } from "../../../test/random-words.js";
import { fuses, inMemory } from "../../../test/run-procedure.js";
import { bytesOf } from "../../tensor/dtype.js";
import type { ProductDType } from "../matrix-product/lanes.js";
import { proceduresFor, type Procedures } from "../matrix-product/procedures.js";
import { convolution } from "./convolution.js";
import type { ConvolutionAxis, ConvolutionSpec } from "./spec.js";

/**
 * Steps of a layout: the axes from the innermost one outwards in some order, some of them backwards, with gaps
 * between elements.
 */
interface Layout {
  readonly order: readonly number[];
  readonly backwards: readonly boolean[];
  readonly gap: number;
}

interface Placed {
  readonly steps: readonly number[];
  /** Of the first element, and of all together. */
  readonly start: number;
  readonly size: number;
}

const placed = (shape: readonly number[], { order, backwards, gap }: Layout): Placed => {
  const steps = shape.map(() => 0);
  const ranks = shape
    .map((_, axis) => axis)
    .sort((a, b) => (order[a] === order[b] ? b - a : order[b]! - order[a]!));
  let [step, start] = [gap, 0];
  for (const axis of ranks) {
    const length = Math.max(1, shape[axis]!);
    steps[axis] = backwards[axis] === true ? -step : step;
    if (backwards[axis] === true) start += (length - 1) * step;
    step *= length;
  }
  return { steps, start, size: step };
};

interface Case {
  readonly groups: number;
  readonly images: number;
  readonly channels: number;
  readonly features: number;
  readonly axes: readonly ConvolutionAxis[];
  readonly dtype?: ProductDType;
  readonly layouts?: readonly Layout[];
}

const rowMajor: Layout = { order: [0, 1, 2, 3, 4, 5], backwards: [], gap: 1 };

/**
 * Runs a convolution in a memory that ends with its operands, and compares it with the definition, and all else with
 * what was there.
 */
const check = (
  { groups, images, channels, features, axes, dtype = "float32", layouts = [] }: Case,
  procedures: Procedures = proceduresFor(fuses),
): void => {
  const lengths = (key: "inputs" | "outputs" | "taps"): readonly number[] => axes.map((axis) => axis[key]);
  const shapes = [
    [groups, images, channels, ...lengths("inputs")],
    [groups, features, channels, ...lengths("taps")],
    [groups, images, features, ...lengths("outputs")],
  ];
  const [input, kernel, out] = shapes.map((shape, index) => placed(shape, layouts[index] ?? rowMajor)) as [
    Placed,
    Placed,
    Placed,
  ];
  const spec: ConvolutionSpec = {
    ...{ groups, images, channels, features, axes, dtype },
    input: stepsOf(input, ["groupStep", "imageStep", "channelStep"]),
    kernel: stepsOf(kernel, ["groupStep", "featureStep", "channelStep"]),
    out: stepsOf(out, ["groupStep", "imageStep", "featureStep"]),
  };
  const { procedure, scratchBytes } = convolution(procedures, spec);
  const bytes = bytesOf(dtype);
  const scratchSize = Math.ceil(scratchBytes / bytes) + 1;
  const total = scratchSize + input.size + kernel.size + out.size + 8;
  const pages = Math.ceil((total * bytes) / 65536);
  const scratch = Math.floor((pages * 65536) / bytes) - total;
  const places = [scratch + scratchSize + 2];
  for (const { size } of [input, kernel]) places.push(places.at(-1)! + size + 2);
  const [x, w, y] = [input, kernel, out].map(({ start }, index) => places[index]! + start) as [
    number,
    number,
    number,
  ];

  const { view, run } = inMemory(procedure, pages, dtype);
  const next = randomDigits(7);
  for (let index = 0; index < view.length; index++) view[index] = next();
  const before = view.slice();
  run(...[x, w, y, scratch].map((place) => place * bytes));

  const taps = everyIndex(lengths("taps"));
  const expected = before.slice();
  for (const index of everyIndex(shapes[2]!)) {
    const [group = 0, image = 0, feature = 0, ...outputs] = index;
    let sum = 0;
    for (const tap of taps) {
      const source = axes.map(
        ({ stride, dilation, low, inputDilation }, axis) =>
          (outputs[axis]! * stride + tap[axis]! * dilation - low) / inputDilation,
      );
      if (source.some((at, axis) => !Number.isInteger(at) || at < 0 || at >= axes[axis]!.inputs)) continue;
      const from = x + offsetOf([group, image, 0, ...source], input.steps);
      const by = w + offsetOf([group, feature, 0, ...tap], kernel.steps);
      for (let c = 0; c < channels; c++)
        sum += before[from + c * input.steps[2]!]! * before[by + c * kernel.steps[2]!]!;
    }
    expected[y + offsetOf(index, out.steps)] = sum;
  }
  for (let place = 0; place < view.length; place++) {
    if (place >= scratch && place < scratch + scratchSize) continue;
    if (view[place] !== expected[place])
      expect.fail(`place ${place - y} of the result is ${view[place]}, not ${expected[place]}`);
  }
};

const stepsOf = <const N extends string>(
  { steps }: Placed,
  names: readonly N[],
): Record<N, number> & { readonly steps: readonly number[] } => ({
  // Object.fromEntries forgets which names there are.
  ...(Object.fromEntries(names.map((name, index) => [name, steps[index]!])) as Record<N, number>),
  steps: steps.slice(names.length),
});

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const layout: fc.Arbitrary<Layout> = fc.record({
  order: fc.array(small(0, 9), { minLength: 6, maxLength: 6 }),
  backwards: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  gap: fc.constantFrom(1, 1, 1, 2),
});

const axes = fc.array(
  fc.record({
    inputs: small(0, 9),
    outputs: small(0, 12),
    taps: small(0, 5),
    stride: small(1, 3),
    dilation: small(1, 3),
    inputDilation: small(1, 4),
    low: small(-3, 4),
  }),
  { maxLength: 3 },
);

/** An axis that a kernel of `taps` goes over with so many zeros on both sides. */
const axis = (inputs: number, taps: number, low = 0, stride = 1, dilation = 1): ConvolutionAxis => ({
  ...{ inputs, taps, low, stride, dilation, inputDilation: 1 },
  outputs: Math.floor((inputs + 2 * low - (taps - 1) * dilation - 1) / stride) + 1,
});

describe("convolution", () => {
  it("is the definition, for all parameters, layouts and dtypes, and writes nothing else", () => {
    fc.assert(
      fc.property(
        fc.record({
          groups: small(0, 3),
          images: small(0, 3),
          channels: small(0, 3),
          features: small(0, 8),
          axes,
          dtype: fc.constantFrom<ProductDType>("float32", "float32", "float64", "int32"),
          layouts: fc.oneof(fc.constant([]), fc.tuple(layout, layout, layout)),
        }),
        (call) => check(call),
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    { what: "many images of few outputs", images: 100, axes: [axis(5, 3), axis(6, 3, 1)] },
    { what: "a large image", images: 2, axes: [axis(70, 3, 1), axis(45, 3, 1)] },
    { what: "strides", images: 3, axes: [axis(29, 3, 1, 2), axis(30, 3, 1, 2)] },
    { what: "dilation", images: 3, axes: [axis(29, 3, 2, 1, 2), axis(30, 3, 0, 1, 3)] },
    { what: "more taps than outputs", images: 9, axes: [axis(28, 28, 1), axis(28, 28, 1)] },
    { what: "many taps apart", images: 5, axes: [axis(29, 14, 1, 1, 2), axis(31, 15, 1, 1, 2)] },
  ])("is the definition over the borders of blocks: $what", ({ images, axes: given }) => {
    for (const [groups, channels, features] of [
      [1, 7, 13],
      [2, 3, 1],
    ] as const) {
      check({ groups, images, channels, features, axes: given });
      check({ groups, images, channels, features, axes: given, dtype: "float64" });
      const swapped = { order: [0, 2, 1, 3, 4], backwards: [], gap: 1 };
      check({ groups, images, channels, features, axes: given, layouts: [swapped, swapped, swapped] });
    }
  });

  it("divides more rows, depth and columns than a block has", () => {
    check({ groups: 1, images: 1, channels: 40, features: 110, axes: [axis(1100, 9, 4)] });
  });

  it("makes each procedure once, and shares what they call", () => {
    const procedures: Procedures = proceduresFor(fuses);
    const spec: ConvolutionSpec = {
      ...{ groups: 1, images: 2, channels: 3, features: 12, dtype: "float32" },
      axes: [axis(16, 3, 1)],
      input: { groupStep: 0, imageStep: 48, channelStep: 16, steps: [1] },
      kernel: { groupStep: 0, featureStep: 9, channelStep: 3, steps: [1] },
      out: { groupStep: 0, imageStep: 192, featureStep: 16, steps: [1] },
    };
    const first = convolution(procedures, spec);
    const made = procedures.made.size;
    expect(convolution(procedures, { ...spec }).procedure).toBe(first.procedure);
    convolution(procedures, { ...spec, channels: 4 });
    expect(procedures.made.size).toBe(made + 1);
  });
});
