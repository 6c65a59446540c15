/** The functions that the hand-written tables call, with the types that they need and no more. */

declare const brand: unique symbol;
/** A tensor of the library: opaque here, since the data, not the compiler, knows its shape. */
export interface Tensor {
  readonly [brand]: true;
}
export type Operand = Tensor | number;

type Unary = (x: Operand) => Tensor;
type Binary = (a: Operand, b: Operand) => Tensor;
interface Axes {
  readonly axis?: number | readonly number[];
  readonly keepDims?: boolean;
}
interface Axis {
  readonly axis?: number;
}
interface Dtype {
  readonly dtype?: string;
}
type Reduction = (x: Tensor, options?: Axes) => Tensor;
/** An index of `index` and `setAt`: NumPy's, with slices and arrays as objects. */
export type Index = readonly (
  | number
  | "newAxis"
  | "ellipsis"
  | { readonly slice: readonly (number | null)[] }
  | { readonly array: Tensor }
)[];

export interface Core {
  readonly tensor: (nested: unknown, options?: Dtype) => Tensor;
  readonly scalar: (value: number, options?: Dtype) => Tensor;
  readonly zeros: (shape: readonly number[], options?: Dtype) => Tensor;
  readonly ones: (shape: readonly number[], options?: Dtype) => Tensor;
  readonly onesLike: (x: Tensor) => Tensor;
  readonly arange: (...args: readonly (number | Dtype)[]) => Tensor;
  readonly eye: (n: number, options?: Dtype) => Tensor;
  readonly shapeOf: (x: Tensor) => readonly number[];
  readonly dtypeOf: (x: Tensor) => string;
  readonly item: (x: Tensor) => number;
  readonly convert: (x: Tensor, dtype: string) => Tensor;

  readonly neg: Unary;
  readonly abs: Unary;
  readonly exp: Unary;
  readonly log: Unary;
  readonly log1p: Unary;
  readonly sqrt: Unary;
  readonly square: Unary;
  readonly reciprocal: Unary;
  readonly sin: Unary;
  readonly cos: Unary;
  readonly tanh: Unary;
  readonly sigmoid: Unary;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly pow: Binary;
  readonly maximum: Binary;
  readonly greater: Binary;
  readonly less: Binary;
  readonly logAddExp: Binary;
  readonly xlogy: Binary;
  readonly matmul: Binary;
  readonly where: (condition: Tensor, a: Operand, b: Operand) => Tensor;
  readonly safeWhere: (condition: Tensor, f: (x: Tensor) => Tensor, x: Tensor, otherwise: Operand) => Tensor;

  readonly sum: Reduction;
  readonly mean: Reduction;
  readonly logSumExp: Reduction;
  readonly cumSum: (x: Tensor, options?: Axis) => Tensor;
  readonly reshape: (x: Tensor, shape: readonly number[]) => Tensor;
  readonly transpose: (x: Tensor, permutation?: readonly number[]) => Tensor;
  readonly expandDims: (x: Tensor, axis: number) => Tensor;
  readonly concatenate: (xs: readonly Tensor[], options?: Axis) => Tensor;
  readonly stack: (xs: readonly Tensor[], options?: Axis) => Tensor;
  readonly slice: (x: Tensor, starts: readonly number[], stops: readonly number[]) => Tensor;
  readonly index: (x: Tensor, index: Index) => Tensor;
  readonly setAt: (x: Tensor, index: Index, update: Tensor) => Tensor;
  readonly take: (x: Tensor, indices: Tensor, options?: Axis) => Tensor;
  readonly takeAlongAxis: (x: Tensor, indices: Tensor, options?: Axis) => Tensor;
  readonly diag: (x: Tensor) => Tensor;
  readonly sort: (x: Tensor, options?: Axis) => Tensor;
  readonly topK: (x: Tensor, k: number) => readonly [Tensor, Tensor];
  readonly segmentSum: (x: Tensor, ids: Tensor, options: { readonly numSegments: number }) => Tensor;
  readonly einsum: (equation: string, ...operands: readonly Tensor[]) => Tensor;
  readonly conv: (
    x: Tensor,
    w: Tensor,
    options: { readonly padding: readonly (readonly number[])[] },
  ) => Tensor;
  readonly reduceWindow: (
    x: Tensor,
    options: {
      readonly reducer: string;
      readonly window: readonly number[];
      readonly strides: readonly number[];
    },
  ) => Tensor;

  readonly grad: <A>(f: (at: A) => Tensor) => (at: A) => A;
  readonly valueAndGrad: <A>(f: (at: A) => Tensor) => (at: A) => readonly [Tensor, A];
  readonly hessian: (f: (at: Tensor) => Tensor) => (at: Tensor) => Tensor;
  readonly vjp: <P extends readonly unknown[]>(
    f: (...primals: P) => unknown,
    primals: P,
  ) => readonly [unknown, (cotangent: unknown) => readonly unknown[]];
  readonly jvp: <P extends readonly unknown[]>(
    f: (...primals: P) => unknown,
    primals: P,
    tangents: P,
  ) => readonly [unknown, unknown];
  readonly vmap: (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor;

  readonly scan: <C, X>(
    f: (carry: C, x: X) => readonly [C, unknown],
    init: C,
    xs: X,
    options?: { readonly length?: number; readonly reverse?: boolean },
  ) => readonly [C, Tensor];
  readonly foriLoop: <C>(from: number, to: number, body: (i: Tensor, carry: C) => C, init: C) => C;
  readonly whileLoop: <C>(condition: (carry: C) => Tensor, body: (carry: C) => C, init: C) => C;
  readonly cond: (
    predicate: Tensor,
    ifTrue: (...operands: readonly Tensor[]) => Tensor,
    ifFalse: (...operands: readonly Tensor[]) => Tensor,
    ...operands: readonly Tensor[]
  ) => Tensor;
  readonly switchCase: (index: Tensor, branches: readonly ((x: Tensor) => Tensor)[], x: Tensor) => Tensor;
  readonly associativeScan: <X>(
    f: (left: X, right: X) => X,
    xs: X,
    options?: { readonly axis?: number; readonly reverse?: boolean },
  ) => X;
  readonly map: (f: (x: Tensor) => Tensor, xs: Tensor) => Tensor;
}

export interface Linalg {
  readonly cholesky: (x: Tensor) => Tensor;
  readonly triangularSolve: (a: Tensor, b: Tensor, options: { readonly lower: boolean }) => Tensor;
  readonly solve: (a: Tensor, b: Tensor) => Tensor;
  readonly eigh: (a: Tensor) => readonly [Tensor, Tensor];
  readonly svd: (a: Tensor) => readonly [Tensor, Tensor, Tensor];
  readonly expm: (a: Tensor) => Tensor;
  readonly norm: Reduction;
}

export interface Fft {
  readonly rfft: (x: Tensor) => readonly [Tensor, Tensor];
}
