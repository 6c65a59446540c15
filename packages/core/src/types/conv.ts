/** The types of convolutions and of reductions under a sliding window. Spatial lengths are known when they run. */
import type { Multiply } from "./arithmetic.js";
import type { Common, Differ } from "./elementwise.js";
import type { Checked, Out, Same, Show, Unranked } from "./rule.js";
import type { AnyTensor, DType, Numeric, Shape, ShapeOf, Tensor } from "./tensor.js";

/**
 * The places added before the first and after the last one of each axis, negative ones cropped; `"SAME"`, as many as give
 * ceil(length / stride) outputs; `"VALID"`, none.
 */
export type ConvPadding = "SAME" | "VALID" | readonly (readonly [low: number, high: number])[];

/** The options of `conv`: one entry a spatial axis. */
export type ConvOptions<G> = {
  /** From one output to the next; 1 if left out. */
  readonly strides?: readonly number[];
  /** `"VALID"` if left out. */
  readonly padding?: ConvPadding;
  /** From one element of the kernel to the next; 1 if left out. */
  readonly dilation?: readonly number[];
  /** From one element of the input to the next, with zeros between them; 1 if left out. */
  readonly inputDilation?: readonly number[];
  /** The groups that the channels are divided into; 1 if left out. */
  readonly groups?: G;
};

/** The spatial axes, of lengths that are known when it runs. */
type Spatial<S extends Shape> = S extends readonly [unknown, unknown, ...infer T extends Shape]
  ? { readonly [K in keyof T]: number }
  : never;

/** The two shapes as messages print them. */
type Both<N extends string, S extends Shape, T extends Shape> = `${N}: input ${Show<S>}, kernel ${Show<T>}`;

/** What a convolution gives whose kernel has `C` channels for the input and gives `O`. */
type Convolution<
  N extends string,
  S extends Shape,
  T extends Shape,
  C,
  O,
  D extends DType,
> = S extends readonly [infer B extends number, infer I, ...Shape]
  ? S["length"] extends T["length"]
    ? Same<I, C> extends true
      ? Tensor<readonly [B, O & number, ...Spatial<S>], D>
      : `${Both<N, S, T>}: the input has ${I & number} channels, the kernel takes ${C & number}`
    : `${Both<N, S, T>}: they must have as many axes`
  : `${Both<N, S, T>}: the input must be [images, channels, ...]`;

/** What `conv` gives for an input `A`, a kernel `B` and `G` groups. */
export type Convolved<A, B, G> = [Common<A, B>] extends [never]
  ? Differ<"conv", A, B>
  : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>>
    ? Tensor<any, Common<A, B>>
    : ShapeOf<B> extends readonly [infer O, infer C extends number, ...Shape]
      ? Convolution<"conv", ShapeOf<A>, ShapeOf<B>, Multiply<C, G & number>, O, Common<A, B>>
      : `${Both<"conv", ShapeOf<A>, ShapeOf<B>>}: the kernel must be [outputs, channels, ...]`;

/** `conv(x, w, { strides, padding, dilation, inputDilation, groups })`. */
export type Conv = <A extends AnyTensor, B extends AnyTensor, const G extends number = 1>(
  x: A,
  w: Checked<Convolved<A, B, G>, B>,
  options?: ConvOptions<G>,
) => Out<Convolved<A, B, G>>;

/** `Conv`, data last. */
export type ConvLast = <B extends AnyTensor, const G extends number = 1>(
  w: B,
  options?: ConvOptions<G>,
) => <A extends AnyTensor>(x: Checked<Convolved<A, B, G>, A>) => Out<Convolved<A, B, G>>;

/** The options of `convTranspose`: one entry a spatial axis. */
export type ConvTransposeOptions<K> = {
  /** From one element of the input to the next; 1 if left out. */
  readonly strides?: readonly number[];
  /** Around the input with zeros between its elements; `"VALID"` if left out, which gives every place that an element reaches. */
  readonly padding?: ConvPadding;
  /** From one element of the kernel to the next; 1 if left out. */
  readonly dilation?: readonly number[];
  /** Whether the kernel is that of the convolution whose adjoint this is, [channels, outputs, ...]: false if left out. */
  readonly transposeKernel?: K;
};

/** What `convTranspose` gives; `K` is whether the kernel is transposed. */
export type ConvTransposed<A, B, K> = [Common<A, B>] extends [never]
  ? Differ<"convTranspose", A, B>
  : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>> | (boolean extends K ? true : false)
    ? Tensor<any, Common<A, B>>
    : ShapeOf<B> extends readonly [infer O, infer I, ...Shape]
      ? K extends true
        ? Convolution<"convTranspose", ShapeOf<A>, ShapeOf<B>, O, I, Common<A, B>>
        : Convolution<"convTranspose", ShapeOf<A>, ShapeOf<B>, I, O, Common<A, B>>
      : `${Both<"convTranspose", ShapeOf<A>, ShapeOf<B>>}: the kernel must be [outputs, channels, ...]`;

/** `convTranspose(x, w, { strides, padding, dilation, transposeKernel })`. */
export type ConvTranspose = <A extends AnyTensor, B extends AnyTensor, K extends boolean = false>(
  x: A,
  w: Checked<ConvTransposed<A, B, K>, B>,
  options?: ConvTransposeOptions<K>,
) => Out<ConvTransposed<A, B, K>>;

/** `ConvTranspose`, data last. */
export type ConvTransposeLast = <B extends AnyTensor, K extends boolean = false>(
  w: B,
  options?: ConvTransposeOptions<K>,
) => <A extends AnyTensor>(x: Checked<ConvTransposed<A, B, K>, A>) => Out<ConvTransposed<A, B, K>>;

/** The options of `reduceWindow`: one entry an axis. */
export type ReduceWindowOptions<W> = {
  readonly reducer: "sum" | "max" | "min";
  /** The lengths of the window. */
  readonly window: W;
  /** From one window to the next; 1 if left out. */
  readonly strides?: readonly number[];
  /** `"VALID"` if left out. */
  readonly padding?: ConvPadding;
  /** From one element of the window to the next; 1 if left out. */
  readonly dilation?: readonly number[];
};

/** What `reduceWindow` gives. */
export type WindowReduced<S extends Shape, D extends DType, W extends Shape> = true extends
  Unranked<S> | Unranked<W>
  ? Tensor<any, D>
  : W["length"] extends S["length"]
    ? Tensor<{ readonly [K in keyof S]: number }, D>
    : `reduceWindow: ${Show<S>} has ${S["length"]} axes, the window has ${W["length"]} entries`;

/** `reduceWindow(x, { reducer, window, strides, padding, dilation })`. */
export type ReduceWindow = <S extends Shape, D extends Numeric, const W extends Shape>(
  x: Tensor<S, D>,
  options: Checked<WindowReduced<S, D, W>, ReduceWindowOptions<W>>,
) => Out<WindowReduced<S, D, W>>;

/** `ReduceWindow`, data last. */
export type ReduceWindowLast = <const W extends Shape>(
  options: ReduceWindowOptions<W>,
) => <S extends Shape, D extends Numeric>(
  x: Checked<WindowReduced<S, D, W>, Tensor<S, D>>,
) => Out<WindowReduced<S, D, W>>;
