/** The types of the operations that contract axes of two tensors. */
import type { AnyTensor, DType, DTypeOf, Shape, ShapeOf, Tensor } from "./tensor.js";
import type { Multiply } from "./arithmetic.js";
import type { Align } from "./broadcast.js";
import type { Common, Differ } from "./elementwise.js";
import type { Checked, Out, Same, Show, Unranked } from "./rule.js";

/** `[...P, M, K]` as `[P, [M], K]`; a vector has no `M`. */
type LeftSide<S extends Shape> = S extends readonly [
  ...infer P extends Shape,
  infer M extends number,
  infer K,
]
  ? [P, [M], K]
  : S extends readonly [infer K]
    ? [[], [], K]
    : null;

/** `[...Q, L, N]` as `[Q, L, [N]]`; a vector has no `N`. */
type RightSide<S extends Shape> = S extends readonly [
  ...infer Q extends Shape,
  infer L,
  infer N extends number,
]
  ? [Q, L, [N]]
  : S extends readonly [infer L]
    ? [[], L, []]
    : null;

/** `[...P, ...M, K]` by `[...Q, L, ...N]`, where `T` is how the two print. */
type Contract<
  T extends string,
  P extends Shape,
  M extends Shape,
  K,
  Q extends Shape,
  L,
  N extends Shape,
  D extends DType,
> =
  Same<K, L> extends false
    ? `${T}: contracted lengths ${K & number} and ${L & number} differ`
    : [Align<P, Q>] extends [never]
      ? `${T}: batch axes do not broadcast`
      : Tensor<readonly [...Align<P, Q>, ...M, ...N], D>;

/** What the matrix product of `A` and `B` gives; leading axes are batch axes and broadcast. */
export type MatMul<A, B> = [Common<A, B>] extends [never]
  ? Differ<"matmul", A, B>
  : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>>
    ? Tensor<any, Common<A, B>>
    : LeftSide<ShapeOf<A>> extends [infer P extends Shape, infer M extends Shape, infer K]
      ? RightSide<ShapeOf<B>> extends [infer Q extends Shape, infer L, infer N extends Shape]
        ? Contract<`matmul: ${Show<ShapeOf<A>>} by ${Show<ShapeOf<B>>}`, P, M, K, Q, L, N, Common<A, B>>
        : "matmul: the right side is a scalar"
      : "matmul: the left side is a scalar";

/** `matmul`. */
export type MatrixProduct = <A extends AnyTensor, B extends AnyTensor>(
  a: A,
  b: Checked<MatMul<A, B>, B>,
) => Out<MatMul<A, B>>;

/** `MatrixProduct`, data last: `P.matmul(b)(a)` is `matmul(a, b)`. */
export type MatrixProductLast = <B extends AnyTensor>(
  b: B,
) => <A extends AnyTensor>(a: Checked<MatMul<A, B>, A>) => Out<MatMul<A, B>>;

/** What NumPy's `dot` gives: the last axis of `A` with the last but one (or only) axis of `B`; no batch axes. */
export type Dot<A, B> = [Common<A, B>] extends [never]
  ? Differ<"dot", A, B>
  : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>>
    ? Tensor<any, Common<A, B>>
    : ShapeOf<A> extends readonly [...infer P extends Shape, infer K extends number]
      ? ShapeOf<B> extends readonly [...infer Q extends Shape, infer L extends number, infer N extends number]
        ? Joined<"dot", A, B, K, L, readonly [...P, ...Q, N]>
        : ShapeOf<B> extends readonly [infer L extends number]
          ? Joined<"dot", A, B, K, L, P>
          : Tensor<ShapeOf<A>, Common<A, B>>
      : Tensor<ShapeOf<B>, Common<A, B>>;

/** What `inner` gives: the last axes of both are contracted. */
export type Inner<A, B> = [Common<A, B>] extends [never]
  ? Differ<"inner", A, B>
  : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>>
    ? Tensor<any, Common<A, B>>
    : ShapeOf<A> extends readonly [...infer P extends Shape, infer K extends number]
      ? ShapeOf<B> extends readonly [...infer Q extends Shape, infer L extends number]
        ? Joined<"inner", A, B, K, L, readonly [...P, ...Q]>
        : Tensor<ShapeOf<A>, Common<A, B>>
      : Tensor<ShapeOf<B>, Common<A, B>>;

/** A contraction of the lengths `K` and `L` whose result has the shape `S`. */
type Joined<N extends string, A, B, K, L, S extends Shape> =
  Same<K, L> extends false
    ? `${N}: ${Show<ShapeOf<A>>} by ${Show<ShapeOf<B>>}: contracted lengths ${K & number} and ${L & number} differ`
    : Tensor<S, Common<A, B>>;

/** What `outer` gives, for vectors; other tensors are flattened first. */
export type Outer<A, B> = [Common<A, B>] extends [never]
  ? Differ<"outer", A, B>
  : [ShapeOf<A>, ShapeOf<B>] extends [readonly [infer N extends number], readonly [infer M extends number]]
    ? Tensor<readonly [N, M], Common<A, B>>
    : Tensor<readonly [number, number], Common<A, B>>;

/** `dot`. */
export type DotProduct = <A extends AnyTensor, B extends AnyTensor>(
  a: A,
  b: Checked<Dot<A, B>, B>,
) => Out<Dot<A, B>>;

/** `DotProduct`, data last. */
export type DotProductLast = <B extends AnyTensor>(
  b: B,
) => <A extends AnyTensor>(a: Checked<Dot<A, B>, A>) => Out<Dot<A, B>>;

/** `inner`. */
export type InnerProduct = <A extends AnyTensor, B extends AnyTensor>(
  a: A,
  b: Checked<Inner<A, B>, B>,
) => Out<Inner<A, B>>;

/** `InnerProduct`, data last. */
export type InnerProductLast = <B extends AnyTensor>(
  b: B,
) => <A extends AnyTensor>(a: Checked<Inner<A, B>, A>) => Out<Inner<A, B>>;

/** `outer`. */
export type OuterProduct = <A extends AnyTensor, B extends AnyTensor>(
  a: A,
  b: Checked<Outer<A, B>, B>,
) => Out<Outer<A, B>>;

/** `OuterProduct`, data last. */
export type OuterProductLast = <B extends AnyTensor>(
  b: B,
) => <A extends AnyTensor>(a: Checked<Outer<A, B>, A>) => Out<Outer<A, B>>;

/** `vdot`: both are flattened, so only the dtypes are compared. */
export type FlatProduct = <D extends DType>(
  a: Tensor<any, D>,
  b: Tensor<any, NoInfer<D>>,
) => Tensor<readonly [], D>;

/** `FlatProduct`, data last. */
export type FlatProductLast = <D extends DType>(
  b: Tensor<any, D>,
) => (a: Tensor<any, D>) => Tensor<readonly [], D>;

/** The axes that `tensorDot` contracts: so many last ones with so many first ones, or lists of them in pairs. */
export type ContractedAxes = number | readonly [readonly number[], readonly number[]];

/** `tensorDot`: the shape of the result is known when it runs. */
export type TensorDot = <D extends DType>(
  a: Tensor<any, D>,
  b: Tensor<any, NoInfer<D>>,
  options?: {
    /** 2 if left out. */
    readonly axes?: ContractedAxes;
  },
) => Tensor<any, D>;

/** `TensorDot`, data last. */
export type TensorDotLast = <D extends DType>(
  b: Tensor<any, D>,
  options?: {
    /** 2 if left out. */
    readonly axes?: ContractedAxes;
  },
) => (a: Tensor<any, D>) => Tensor<any, D>;

/** The products of lengths, axis by axis from the last. */
type Blocks<A extends Shape, B extends Shape, R extends Shape = readonly []> = A extends readonly [
  ...infer AI extends Shape,
  infer AL extends number,
]
  ? B extends readonly [...infer BI extends Shape, infer BL extends number]
    ? Blocks<AI, BI, readonly [Multiply<AL, BL>, ...R]>
    : readonly [...A, ...R]
  : readonly [...B, ...R];

/** What `kron` gives. */
export type Kronecker<A, B> = [Common<A, B>] extends [never]
  ? Differ<"kron", A, B>
  : true extends Unranked<ShapeOf<A>> | Unranked<ShapeOf<B>>
    ? Tensor<any, Common<A, B>>
    : Tensor<Blocks<ShapeOf<A>, ShapeOf<B>>, Common<A, B>>;

/** `kron`. */
export type KroneckerProduct = <A extends AnyTensor, B extends AnyTensor>(
  a: A,
  b: Checked<Kronecker<A, B>, B>,
) => Out<Kronecker<A, B>>;

/** `KroneckerProduct`, data last. */
export type KroneckerProductLast = <B extends AnyTensor>(
  b: B,
) => <A extends AnyTensor>(a: Checked<Kronecker<A, B>, A>) => Out<Kronecker<A, B>>;

/** The dtype of the first of a list of tensors. */
type FirstDType<T extends readonly unknown[]> = T extends readonly [infer H, ...unknown[]]
  ? DTypeOf<H>
  : DType;

/** `einsum`: the equation is read when it runs, so the shape of the result is unknown. */
export type Einsum = <const T extends readonly AnyTensor[]>(
  equation: string,
  ...operands: T
) => Tensor<any, FirstDType<T>>;

/** `Einsum`, data last: `P.einsum(equation, b)(a)`, where `a` is the first operand. */
export type EinsumLast = (
  equation: string,
  ...others: readonly AnyTensor[]
) => <D extends DType>(first: Tensor<any, D>) => Tensor<any, D>;
