/** What a convolution is given when it is made: everything but addresses. */

import type { ProductDType } from "../matrix-product/lanes.js";

/** A spatial axis: output o meets through tap t the place o · stride + t · dilation - low of the dilated input. */
export interface ConvolutionAxis {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** inputDilation - 1 zeros stand between the elements of the input. */
  readonly inputDilation: number;
  /** Zeros in front of the input; negative ones crop. Behind it there are as many as the outputs need. */
  readonly low: number;
}

/**
 * out[g, n, f, o] = Σ input[g, n, c, o · stride + t · dilation - low] kernel[g, f, c, t], over the channels c and
 * the taps t, for every group g, image n and feature f. Steps are in elements, and those of `steps` along the
 * spatial axes.
 */
export interface ConvolutionSpec {
  readonly groups: number;
  readonly images: number;
  /** Of one group. */
  readonly channels: number;
  /** Of one group. */
  readonly features: number;
  readonly axes: readonly ConvolutionAxis[];
  readonly input: {
    readonly groupStep: number;
    readonly imageStep: number;
    readonly channelStep: number;
    readonly steps: readonly number[];
  };
  readonly kernel: {
    readonly groupStep: number;
    readonly featureStep: number;
    readonly channelStep: number;
    readonly steps: readonly number[];
  };
  /** No two elements in the same place. */
  readonly out: {
    readonly groupStep: number;
    readonly imageStep: number;
    readonly featureStep: number;
    readonly steps: readonly number[];
  };
  readonly dtype: ProductDType;
}
