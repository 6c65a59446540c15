/** Convolutions as procedures of the module: operands are read through views, batches, channels and groups by steps. */

import type { ConvolutionParams } from "../primitives/convolution.js";
import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { convolution } from "../wasm/convolution/convolution.js";
import type { ConvolutionAxis } from "../wasm/convolution/spec.js";
import { run } from "../wasm/function.js";
import { i32 } from "../wasm/integer.js";
import type { CodeBlock, Strided } from "./code-block.js";
import { addressOf } from "./copy.js";
import { writeHostKernel } from "./host-kernel.js";

/** Each combination of places between the elements of a dilated input has code of its own: with more, the kernel outside runs. */
const mostPhases = 36;

export const writeConvolution = (block: CodeBlock, equation: Equation): void => {
  const { inputs, outputs, params } = equation;
  const { groups, strides, padding, dilation, inputDilation } = params as ConvolutionParams; // of a convolution
  if (inputDilation.reduce((product, one) => product * one, 1) > mostPhases) {
    writeHostKernel(block, equation);
    return;
  }
  const [x, w] = inputs as readonly [Value, Value];
  const output = outputs[0] as (typeof outputs)[0] & object; // it gives one value
  const [input, kernel] = [block.strided(x), block.strided(w)];
  const result = block.resultBuffer(output);
  const length = ({ shape }: { readonly shape: readonly number[] }, axis: number): number => shape[axis] ?? 1;
  const channels = length(w, 1);
  const features = length(w, 0) / groups;
  const [inputImage, inputChannel, ...inputSteps] = stepsOf(input.at.steps);
  const [kernelFeature, kernelChannel, ...kernelSteps] = stepsOf(kernel.at.steps);
  const [outImage, outFeature, ...outSteps] = stepsOf(rowMajorStrides(output.shape));
  const { module, base } = block.writer;
  const { procedure, scratchBytes } = convolution(module.procedures, {
    groups,
    images: length(x, 0),
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
    fused: module.fused,
  });
  const piece = module.scratch.take(scratchBytes);
  block.statements.push(
    run(procedure, firstOf(input), firstOf(kernel), addressOf(result), i32.add(base, piece.offset)),
  );
  module.scratch.give(piece);
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
