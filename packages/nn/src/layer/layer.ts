/** What a layer is: a pair of pure functions, `init` and `apply`, in one of three kinds. */

import type { AnyTensor, Checked, DType, Out, Shape, Tensor } from "@cotangent/core";
import type { Key } from "@cotangent/core/random";
import type { Applied, ShapeMap } from "./shape-map.js";

/** Pure; with noise, which takes a key when it trains; with a state, which it gives back. */
export type Kind = "pure" | "noisy" | "stateful";

/** Training, or using what was trained. */
export type Mode = "train" | "eval";

/** The last argument of a layer with noise. */
export type Noise = { readonly mode: "train"; readonly key: Key } | { readonly mode: "eval" };

/** The last argument of a layer with a state; the key is for the noise of its parts. */
export interface WithState<S> {
  readonly state: S;
  readonly mode: Mode;
  readonly key?: Key;
}

/** Names the phantom property that holds the shape map; it has no value at run time. */
declare const shapes: unique symbol;

/**
 * What every layer says of itself. `I` and `O` are the lengths of the last axis that it takes and gives, `undefined` where
 * it does not mind; `M` is its shape map, `D` the dtypes that it takes.
 */
export interface Described<K extends Kind, I, O, M extends ShapeMap, D extends DType> {
  readonly kind: K;
  /** How it prints: `linear(784, 256)`. */
  readonly name: string;
  readonly inputs: I;
  readonly outputs: O;
  /** The layers that it is made of, each with its key in the parameters. */
  readonly parts?: readonly Part[];
  readonly [shapes]?: { readonly map: M; readonly dtype: D };
}

/** One of the layers that a layer is made of. */
export interface Part {
  readonly key: string;
  readonly layer: Piece;
}

/** A pure layer with the parameters `P`. */
export interface Layer<
  P = unknown,
  I = number | undefined,
  O = number | undefined,
  M extends ShapeMap = ShapeMap,
  D extends DType = "float32",
> extends Described<"pure", I, O, M, D> {
  readonly init: (key: Key) => P;
  readonly apply: <S extends Shape, E extends D>(
    params: P,
    x: Checked<Applied<M, S, E>, Tensor<S, E>>,
  ) => Out<Applied<M, S, E>>;
}

/** A layer that draws noise when it trains. */
export interface NoisyLayer<
  P = unknown,
  I = number | undefined,
  O = number | undefined,
  M extends ShapeMap = ShapeMap,
  D extends DType = "float32",
> extends Described<"noisy", I, O, M, D> {
  readonly init: (key: Key) => P;
  readonly apply: <S extends Shape, E extends D>(
    params: P,
    x: Checked<Applied<M, S, E>, Tensor<S, E>>,
    noise: Noise,
  ) => Out<Applied<M, S, E>>;
}

/** A layer with a state `T` beside its parameters, which `apply` gives back renewed. */
export interface StatefulLayer<
  P = unknown,
  T = unknown,
  I = number | undefined,
  O = number | undefined,
  M extends ShapeMap = ShapeMap,
  D extends DType = "float32",
> extends Described<"stateful", I, O, M, D> {
  readonly init: (key: Key) => { readonly params: P; readonly state: T };
  readonly apply: <S extends Shape, E extends D>(
    params: P,
    x: Checked<Applied<M, S, E>, Tensor<S, E>>,
    options: WithState<T>,
  ) => readonly [Out<Applied<M, S, E>>, T];
}

/** Any layer at all: what is known of one without its types. */
export interface AnyLayer {
  readonly kind: Kind;
  readonly name: string;
  readonly inputs: number | undefined;
  readonly outputs: number | undefined;
  readonly parts?: readonly Part[];
  readonly init: (key: Key) => unknown;
  readonly apply: (params: never, x: never, options: never) => unknown;
}

/** A function of one tensor, which stands in a model as a layer without parameters. */
export type PlainFunction = (x: Tensor) => AnyTensor;

/** What stands in a model. */
export type Piece = AnyLayer | PlainFunction;

export const isLayer = (piece: Piece): piece is AnyLayer => typeof piece !== "function";

/** How it prints: a function by its name. */
export const nameOf = (piece: Piece): string => (piece.name === "" ? "function" : piece.name);

/** No parameters. */
export type NoParams = Readonly<Record<string, never>>;

/** The parameters of a layer; those of a plain function are `{}`. */
export type Params<L> = L extends {
  readonly kind: "stateful";
  readonly init: (key: never) => { readonly params: infer P };
}
  ? P
  : L extends { readonly init: (key: never) => infer P }
    ? P
    : NoParams;

/** The state of a layer; that of a layer without state is `{}`. */
export type State<L> = L extends {
  readonly kind: "stateful";
  readonly init: (key: never) => { readonly state: infer T };
}
  ? T
  : NoParams;

/** The shape map of a layer. */
export type MapOf<L> = L extends { readonly [shapes]?: infer X }
  ? Exclude<X, undefined> extends { readonly map: infer M extends ShapeMap }
    ? M
    : never
  : never;

/** The dtypes that a layer takes; a plain function takes what it is given. */
export type DTypesOf<L> = L extends PlainFunction
  ? DType
  : L extends { readonly [shapes]?: infer X }
    ? Exclude<X, undefined> extends { readonly dtype: infer D extends DType }
      ? D
      : DType
    : DType;
