/** Convolutions as procedures of the module: operands are read through views, batches, channels and groups by steps. */

import type { ConvolutionParams } from "../primitives/convolution.js";
import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { convolution } from "../wasm/convolution/convolution.js";
import type { ConvolutionAxis } from "../wasm/convolution/spec.js";
import type { Statement } from "../wasm/expression.js";
import { run } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import { bySize, overBlocks, placeAt, type Range } from "../wasm/matrix-product/blocks.js";
import type { CodeBlock, Follow } from "./code-block.js";
import { addressOf } from "./copy.js";
import { writeHostKernel } from "./host-kernel.js";
import type { HostFunctions } from "./lanes.js";
import type { LoopJob } from "./loop-job.js";
import { writeLoops } from "./loops.js";
import { jobAt } from "./moved-job.js";
import type { Strided } from "./storage.js";

/**
 * Each combination of places between the elements of a dilated input has code of its own: with more, the kernel outside runs.
 * With as many taps as places a side, code is 2 to 9 times as fast as the kernel at 25, 36, 49 and 64 of them alike; with 3 taps a
 * side from 0.8 to 7 times. What grows is the time to make it: 30 to 140 ms at 36, 50 to 220 ms at 64, won back after 10 to 220 calls,
 * or never (once each, inputs of 12 × 12 with 4 and 32 channels, Node 20).
 */
const mostPhases = 36;

/** Whether there is one of a convolution. */
export const hasProcedure = ({ params }: Equation): boolean => {
  const { inputDilation } = params as ConvolutionParams; // of a convolution
  return inputDilation.reduce((product, one) => product * one, 1) <= mostPhases;
};

/** Elements of the result of some images, which are still near when loops follow them. */
const nearElements = 65536;

/** Where loops follow it, its place is known, and they run on the results of some images at a time. */
export const writeConvolution = (block: CodeBlock, equation: Equation, follow?: Follow): void => {
  const { inputs, outputs, params } = equation;
  const { groups, strides, padding, dilation, inputDilation } = params as ConvolutionParams; // of a convolution
  if (!hasProcedure(equation)) {
    writeHostKernel(block, equation);
    return;
  }
  const [x, w] = inputs as readonly [Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const [input, kernel] = [block.strided(x), block.strided(w)];
  const result = follow === undefined ? block.resultBuffer(output) : block.bufferOf(output);
  const job = follow?.([input.buffer.piece, kernel.buffer.piece]);
  const length = ({ shape }: { readonly shape: readonly number[] }, axis: number): number => shape[axis] ?? 1;
  const channels = length(w, 1);
  const features = length(w, 0) / groups;
  const [inputImage, inputChannel, ...inputSteps] = stepsOf(input.at.steps);
  const [kernelFeature, kernelChannel, ...kernelSteps] = stepsOf(kernel.at.steps);
  const [outImage, outFeature, ...outSteps] = stepsOf(rowMajorStrides(output.shape));
  const { module, base } = block.writer;
  const code = (images: number) =>
    convolution(module.procedures, {
      groups,
      images,
      channels,
      features,
      axes: strides.map((stride, index): ConvolutionAxis => ({
        inputs: length(x, index + 2),
        outputs: length(output, index + 2),
        taps: length(w, index + 2),
        stride,
        dilation: dilation[index] ?? 1,
        inputDilation: inputDilation[index] ?? 1,
        low: padding[index]?.[0] ?? 0,
      })),
      input: {
        groupStep: channels * inputChannel,
        imageStep: inputImage,
        channelStep: inputChannel,
        steps: inputSteps,
      },
      kernel: {
        groupStep: features * kernelFeature,
        featureStep: kernelFeature,
        channelStep: kernelChannel,
        steps: kernelSteps,
      },
      out: {
        groupStep: features * outFeature,
        imageStep: outImage,
        featureStep: outFeature,
        steps: outSteps,
      },
      dtype: output.dtype as "float32", // of numbers
    });
  const images = length(x, 0);
  const perImage = sizeOfShape(output.shape.slice(1));
  const atOnce = job === undefined ? images : Math.max(1, Math.floor(nearElements / perImage));
  const sizes = [Math.min(atOnce, images), images % atOnce].filter((size) => size > 0);
  const piece = module.scratch.take(Math.max(0, ...sizes.map((size) => code(size).scratchBytes)));
  const bytes = bytesOf(output.dtype);
  block.statements.push(
    ...overBlocks({ length: images, block: atOnce }, (range) =>
      bySize(range, (size) => [
        run(
          code(size).procedure,
          placeAt(firstOf(input), range.first, bytes * inputImage),
          firstOf(kernel),
          placeAt(addressOf(result), range.first, bytes * outImage),
          i32.add(base, piece.offset),
        ),
        ...(job === undefined ? [] : loopsAt(job, range, size, module.numbers)),
      ]),
    ),
  );
  module.scratch.give(piece);
};

/** Loops over the results of some images. */
const loopsAt = (job: LoopJob, { first }: Range, size: number, host: HostFunctions): readonly Statement[] => {
  const axes = job.domain.map((length, axis) => ({ axis, length: axis === 0 ? size : length }));
  const { statements, job: moved } = jobAt(job, [first], axes, host);
  return [...statements, writeLoops(moved, host)];
};

type Steps = readonly [images: number, channels: number, ...spatial: number[]];

/** An operand has two axes at least. */
const stepsOf = (steps: readonly number[]): Steps => steps as Steps;

/** The address of the element with all indices 0, which need not be the lowest one. */
const firstOf = ({ buffer, at }: Strided) =>
  addressOf({
    pointer: buffer.pointer,
    offset: buffer.offset + at.start * bytesOf(buffer.dtype),
  });
