/** The lengths of a sliding window: what the shape rules and the adjoints of convolutions and window reductions share. */

/** Places added before the first and after the last one of an axis; negative ones are cropped. */
export type Widths = readonly [low: number, high: number];

/** How a window slides: one entry an axis. */
export interface WindowParams {
  /** From one output to the next. */
  readonly strides: readonly number[];
  readonly padding: readonly Widths[];
  /** From one tap of the window to the next. */
  readonly dilation: readonly number[];
  /** From one element of the input to the next: inputDilation - 1 zeros stand between them. */
  readonly inputDilation: readonly number[];
}

/** The places that elements cover which stand so far apart. */
export const dilated = (length: number, dilation: number): number =>
  length === 0 ? 0 : (length - 1) * dilation + 1;

/** The number of outputs along each axis: none where the window does not fit. */
export const windowedShape = (
  inputs: readonly number[],
  taps: readonly number[],
  { strides, padding, dilation, inputDilation }: WindowParams,
): readonly number[] =>
  inputs.map((length, axis) => {
    const [low, high] = padding[axis]!;
    const free = low + dilated(length, inputDilation[axis]!) + high - dilated(taps[axis]!, dilation[axis]!);
    return free < 0 ? 0 : Math.floor(free / strides[axis]!) + 1;
  });

/**
 * The window under which outputs give back to inputs: output o gives through tap k to the place o · stride + k · dilation - low,
 * hence a place takes through the mirrored taps from the outputs, which stand `stride` apart.
 */
export const adjointWindow = (
  inputs: readonly number[],
  taps: readonly number[],
  outputs: readonly number[],
  { strides, padding, dilation, inputDilation }: WindowParams,
): WindowParams => ({
  strides: inputDilation,
  dilation,
  inputDilation: strides,
  padding: padding.map(([before], axis): Widths => {
    const window = dilated(taps[axis]!, dilation[axis]!);
    const low = window - 1 - before;
    const covered = dilated(outputs[axis]!, strides[axis]!);
    return [low, dilated(inputs[axis]!, inputDilation[axis]!) + window - 1 - low - covered];
  }),
});

/** The window that the outputs make over the input, whose outputs are the taps. */
export const tapWindow = (
  inputs: readonly number[],
  taps: readonly number[],
  outputs: readonly number[],
  { strides, padding, dilation, inputDilation }: WindowParams,
): WindowParams => ({
  strides: dilation,
  dilation: strides,
  inputDilation,
  padding: padding.map(([low], axis): Widths => {
    const window = dilated(outputs[axis]!, strides[axis]!);
    const wanted = dilated(taps[axis]!, dilation[axis]!) + window - 1;
    return [low, wanted - low - dilated(inputs[axis]!, inputDilation[axis]!)];
  }),
});

/** The window with one axis more in front, which it leaves alone. */
export const behindBatch = <P extends WindowParams>(params: P): P => ({
  ...params,
  strides: [1, ...params.strides],
  padding: [[0, 0], ...params.padding],
  dilation: [1, ...params.dilation],
  inputDilation: [1, ...params.inputDilation],
});
