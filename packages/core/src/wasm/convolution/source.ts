/**
 * Where the elements of the input are read that outputs meet: in place, or, where some meet the zeros around it or
 * elements do not lie beside each other, in a copy with these zeros.
 */

import { advance, countDown, forRange } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { i32 } from "../integer.js";
import { roundUp } from "../matrix-product/blocks.js";
import type { Lanes } from "../matrix-product/lanes.js";
import { v128 } from "../simd.js";
import { nested } from "./nested.js";
import type { ConvolutionSpec } from "./spec.js";

type Number32 = Expression<"i32">;

/** What is read for output o and tap t stands at the sum of its offsets, all in bytes. */
export interface Source {
  /** The bytes of the copy, 0 where there is none. */
  readonly copyBytes: number;
  readonly imageBytes: number;
  readonly channelBytes: number;
  /** From the start of the input, or of the copy. */
  readonly startBytes: number;
  /** From output to output, and from tap to tap, along every axis but the last. */
  readonly outputBytes: readonly number[];
  readonly tapBytes: readonly number[];
  /** Offsets along the last axis. */
  readonly lastOutput: (index: Number32) => Number32;
  readonly lastTap: (index: Number32) => Number32;
  /** Clears the copy, once. */
  readonly clear: (copy: Number32) => readonly Statement[];
  /** Copies so many images. */
  readonly copy: (input: Number32, copy: Number32) => readonly Statement[];
}

/** The places that an axis' outputs meet: `length` of them from `first`, relative to the input. */
interface Reach {
  readonly first: number;
  readonly length: number;
  readonly inputs: number;
  readonly step: number;
}

const none = (): readonly Statement[] => [];

/** For `images` images at a time. */
export const sourceOf = (
  lanes: Lanes,
  { axes, channels, input }: ConvolutionSpec,
  images: number,
): Source => {
  const reaches = axes.map(({ inputs, outputs, taps, stride, dilation, low }, index): Reach => ({
    first: -low,
    length: (outputs - 1) * stride + (taps - 1) * dilation + 1,
    inputs,
    step: input.steps[index]!,
  }));
  const isInside = reaches.every(({ first, length, inputs }) => first >= 0 && first + length <= inputs);
  const last = axes.at(-1);
  const [outputSteps, tapSteps] = [axes.map(({ stride }) => stride), axes.map(({ dilation }) => dilation)];
  const scaled = (steps: readonly number[], by: readonly number[]): readonly number[] =>
    steps.map((step, index) => lanes.bytes * step * by[index]!);
  const isSpread = last !== undefined && (input.steps.at(-1) !== 1 || (last.stride > 1 && last.dilation > 1));
  const isDense = last === undefined || !(isSpread || last.stride > 1 || last.dilation > 1);
  const taps = axes.reduce((product, axis) => product * axis.taps, 1);
  if (isInside && (isDense || taps < copyPays)) {
    const linear = (by: readonly number[]) => (index: Number32) =>
      i32.mul(index, (by.at(-1) ?? 0) * (input.steps.at(-1) ?? 0) * lanes.bytes);
    return {
      copyBytes: 0,
      imageBytes: lanes.bytes * input.imageStep,
      channelBytes: lanes.bytes * input.channelStep,
      startBytes: lanes.bytes * reaches.reduce((sum, { first, step }) => sum + first * step, 0),
      outputBytes: scaled(outputSteps, input.steps),
      tapBytes: scaled(tapSteps, input.steps),
      lastOutput: linear(outputSteps),
      lastTap: linear(tapSteps),
      clear: none,
      copy: none,
    };
  }
  return copied(lanes, { axes, channels, input }, images, reaches);
};

/** Taps from which on it pays to copy elements beside each other. */
const copyPays = 4;

const copied = (
  lanes: Lanes,
  { axes, channels, input }: Pick<ConvolutionSpec, "axes" | "channels" | "input">,
  images: number,
  reaches: readonly Reach[],
): Source => {
  const { bytes } = lanes;
  const last = axes.at(-1);
  // Places whose rest by the modulus is the same stand together, so that outputs, or taps, do that are so many apart.
  const modulus = last === undefined ? 1 : last.outputs >= last.taps ? last.stride : last.dilation;
  const lengths = reaches.map(({ length }, index) =>
    index === reaches.length - 1 ? roundUp(length, modulus) : length,
  );
  const rowMajor = lengths.map((_, index) =>
    lengths.slice(index + 1).reduce((product, length) => product * length, bytes),
  );
  const channelBytes = lengths.reduce((product, length) => product * length, bytes);
  const imageBytes = channels * channelBytes;
  const part = (lengths.at(-1) ?? 1) / modulus;
  const onLast =
    (step: number) =>
    (index: Number32): Number32 => {
      if (step % modulus === 0) return i32.mul(index, (bytes * step) / modulus);
      const place = i32.mul(index, step);
      return i32.mul(i32.add(i32.mul(i32.remU(place, modulus), part), i32.divU(place, modulus)), bytes);
    };
  const copyBytes = roundUp(images * imageBytes, 16);
  // Where the input lies in its copy along each axis, and how much of it.
  const inner = reaches.map(({ first, length, inputs }) => {
    const from = Math.max(0, -first);
    return { from, count: Math.max(0, Math.min(length, inputs - first) - from), source: from + first };
  });
  return {
    copyBytes,
    imageBytes,
    channelBytes,
    startBytes: 0,
    outputBytes: axes.map(({ stride }, index) => stride * rowMajor[index]!),
    tapBytes: axes.map(({ dilation }, index) => dilation * rowMajor[index]!),
    lastOutput: onLast(last?.stride ?? 0),
    lastTap: onLast(last?.dilation ?? 0),
    clear: (copy) => {
      const at = local("i32");
      return [forRange(at, 0, copyBytes, 16, [v128.store(i32.add(copy, at), lanes.zero)])];
    },
    copy: (from, copy) => {
      const outer = inner.slice(0, -1);
      const start = (base: Number32, steps: readonly number[], key: "from" | "source"): Number32 =>
        i32.add(
          base,
          outer.reduce((sum, place, index) => sum + place[key] * steps[index]!, 0),
        );
      const steps = input.steps.map((step) => bytes * step);
      return nested(
        [images, channels, ...outer.map(({ count }) => count)],
        [
          {
            start: start(from, steps, "source"),
            steps: [bytes * input.imageStep, bytes * input.channelStep, ...steps],
          },
          { start: start(copy, rowMajor, "from"), steps: [imageBytes, channelBytes, ...rowMajor] },
        ],
        ([source, target]) =>
          copyRow(lanes, source!, target!, inner.at(-1), { step: steps.at(-1) ?? 0, modulus, part }),
      );
    },
  };
};

/** Copies a row of the input, its elements dealt out to `modulus` parts. */
const copyRow = (
  lanes: Lanes,
  source: Number32,
  target: Number32,
  place: { readonly from: number; readonly count: number; readonly source: number } | undefined,
  { step, modulus, part }: { readonly step: number; readonly modulus: number; readonly part: number },
): readonly Statement[] => {
  const { bytes } = lanes;
  const [from, to, times] = [local("i32"), local("i32"), local("i32")];
  const { from: first, count, source: start } = place ?? { from: 0, count: 1, source: 0 };
  const run = (index: number, length: number, sourceStep: number): readonly Statement[] => {
    const position = first + index;
    const wholes = sourceStep === bytes ? Math.floor(length / lanes.count) : 0;
    return [
      from.set(i32.add(source, (start + index) * step)),
      to.set(i32.add(target, bytes * ((position % modulus) * part + Math.floor(position / modulus)))),
      times.set(wholes),
      countDown(times, [v128.store(to, v128.load(from)), advance(from, 16), advance(to, 16)]),
      times.set(length - wholes * lanes.count),
      countDown(times, [
        lanes.storeLane(to, lanes.loadOne(from), 0),
        advance(from, sourceStep),
        advance(to, bytes),
      ]),
    ];
  };
  return Array.from({ length: Math.min(modulus, count) }, (_, index) =>
    run(index, Math.ceil((count - index) / modulus), step * modulus),
  ).flat();
};
