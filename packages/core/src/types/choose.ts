/** The types of the operations that choose between values, and of those that tell or replace special ones. */
import type { AnyTensor, DTypeOf, Numeric, Operand, Shape, Tensor } from "./tensor.js";
import type { Chosen, Elementwise } from "./elementwise.js";
import type { Checked, Out } from "./rule.js";

/** What `safeWhere` hands to its function: `x` where the condition holds. */
type Safe<C, X> = Chosen<"safeWhere", C, X, number> extends infer R ? (R extends string ? never : R) : never;

/** `safeWhere(condition, f, x, otherwise, { at })`. */
export type SafeChoice = <
  C extends Tensor<any, "bool">,
  X extends AnyTensor,
  Y extends AnyTensor,
  E extends Operand = number,
>(
  condition: C,
  f: (x: Safe<C, NoInfer<X>>) => Y,
  x: Checked<Chosen<"safeWhere", C, X, number>, X>,
  otherwise?: Checked<Chosen<"safeWhere", C, Y, E>, E>,
  options?: {
    /** Where `f` is evaluated in the places where the condition does not hold; 1 if left out. */
    readonly at?: number;
  },
) => Out<Chosen<"safeWhere", C, Y, E>>;

/** `SafeChoice`, data last: `P.safeWhere(f, x)(condition)`. */
export type SafeChoiceLast = <X extends AnyTensor, Y extends AnyTensor, E extends Operand = number>(
  f: (x: NoInfer<X>) => Y,
  x: X,
  otherwise?: E,
  options?: Parameters<SafeChoice>[4],
) => <C extends Tensor<any, "bool">>(
  condition: Checked<
    Chosen<"safeWhere", C, X, number> extends infer R
      ? R extends string
        ? R
        : Chosen<"safeWhere", C, Y, E>
      : never,
    C
  >,
) => Out<Chosen<"safeWhere", C, Y, E>>;

/** What `select` gives: the first choice whose condition holds, else `E`. */
export type Selected<C extends readonly unknown[], A extends readonly unknown[], E> = [C, A] extends [
  readonly [infer CH, ...infer CT],
  readonly [infer AH, ...infer AT],
]
  ? Selected<CT, AT, E> extends infer R
    ? R extends string
      ? R
      : Chosen<"select", CH, AH, R>
    : never
  : [C, A] extends [readonly [], readonly []]
    ? E
    : number extends C["length"] | A["length"]
      ? Tensor<any, DTypeOf<A[number]>>
      : "select: there must be one choice for each condition";

/** `select(conditions, choices, otherwise)`. */
export type Select = <
  const C extends readonly Tensor<any, "bool">[],
  const A extends readonly Operand[],
  E extends Operand = number,
>(
  conditions: C,
  choices: Checked<Selected<C, A, E>, A>,
  otherwise?: E,
) => Out<Selected<C, A, E>>;

/** `Select`, data last: `P.select(choices, otherwise)(conditions)`. */
export type SelectLast = <const A extends readonly Operand[], E extends Operand = number>(
  choices: A,
  otherwise?: E,
) => <const C extends readonly Tensor<any, "bool">[]>(
  conditions: Checked<Selected<C, A, E>, C>,
) => Out<Selected<C, A, E>>;

/** What `nanToNum` writes instead. */
export type Replacements = {
  /** In the place of NaN; 0 if left out. */
  readonly nan?: number;
  /** In the place of ∞; the largest finite number if left out. */
  readonly posInf?: number;
  /** In the place of -∞; the smallest finite number if left out. */
  readonly negInf?: number;
};

/** `nanToNum(x, { nan, posInf, negInf })`. */
export type NanToNum = <S extends Shape, D extends Numeric>(
  x: Tensor<S, D>,
  options?: Replacements,
) => Tensor<S, D>;

/** `NanToNum`, data last. */
export type NanToNumLast = (
  options?: Replacements,
) => <S extends Shape, D extends Numeric>(x: Tensor<S, D>) => Tensor<S, D>;

/** How far two numbers may lie apart, and still be close: `atol + rtol |b|`. */
export type Tolerances = {
  /** Relative to the second number; 1e-5 if left out. */
  readonly rtol?: number;
  /** Absolute; 1e-8 if left out. */
  readonly atol?: number;
  /** Whether NaN is close to NaN; false if left out. */
  readonly equalNan?: boolean;
};

/** `isClose(a, b, { rtol, atol, equalNan })`. */
export type Closeness = <A extends Operand, B extends Operand>(
  a: A,
  b: Checked<Elementwise<"isClose", A, B, Numeric, "bool">, B>,
  options?: Tolerances,
) => Out<Elementwise<"isClose", A, B, Numeric, "bool">>;

/** `Closeness`, data last. */
export type ClosenessLast = <B extends Operand>(
  b: B,
  options?: Tolerances,
) => <A extends Operand>(
  a: Checked<Elementwise<"isClose", A, B, Numeric, "bool">, A>,
) => Out<Elementwise<"isClose", A, B, Numeric, "bool">>;
