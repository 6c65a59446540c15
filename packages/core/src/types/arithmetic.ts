/**
 * Sums and products of literal lengths, by the method taught at school, on decimal digits written backwards. A few dozen
 * instantiations a product, whatever the lengths; a tuple of as many elements would meet the compiler's limit at 10,000.
 */
import type { Shape } from "./tensor.js";
import type { Unranked } from "./rule.js";

/** Each digit as a tuple of that length: their lengths add when the tuples are joined. */
type Units = {
  "0": [];
  "1": [0];
  "2": [0, 0];
  "3": [0, 0, 0];
  "4": [0, 0, 0, 0];
  "5": [0, 0, 0, 0, 0];
  "6": [0, 0, 0, 0, 0, 0];
  "7": [0, 0, 0, 0, 0, 0, 0];
  "8": [0, 0, 0, 0, 0, 0, 0, 0];
  "9": [0, 0, 0, 0, 0, 0, 0, 0, 0];
};

type Digit = keyof Units;

type Head<A extends string> = A extends `${infer H extends Digit}${string}` ? H : "0";

type Tail<A extends string> = A extends `${string}${infer T}` ? T : "";

type Reverse<A extends string, R extends string = ""> = A extends `${infer H}${infer T}`
  ? Reverse<T, `${H}${R}`>
  : R;

/** The sum of two digits and a carry: "0" to "19". */
type DigitSum<
  X extends Digit,
  Y extends Digit,
  Carry extends 0[],
> = `${[...Units[X], ...Units[Y], ...Carry]["length"] & number}`;

/** The sum of two backward decimals. */
type Plus<A extends string, B extends string, Carry extends 0[] = [], R extends string = ""> = [
  A,
  B,
] extends ["", ""]
  ? Carry extends []
    ? R
    : `${R}1`
  : DigitSum<Head<A>, Head<B>, Carry> extends infer T extends string
    ? T extends `1${infer D extends Digit}`
      ? Plus<Tail<A>, Tail<B>, [0], `${R}${D}`>
      : Plus<Tail<A>, Tail<B>, [], `${R}${T}`>
    : never;

/** A backward decimal, as often as the tuple `Times` has elements. */
type Repeated<A extends string, Times extends unknown[], R extends string = ""> = Times extends [
  0,
  ...infer T,
]
  ? Repeated<A, T, Plus<R, A>>
  : R;

/** The product of a backward decimal and an ordinary one: for each digit, ten times what is there plus so many times A. */
type By<
  A extends string,
  B extends string,
  R extends string = "",
> = B extends `${infer H extends Digit}${infer T}`
  ? By<A, T, Plus<R extends "" ? "" : `0${R}`, Repeated<A, Units[H]>>>
  : R;

type ToNumber<A extends string> = A extends ""
  ? 0
  : Reverse<A> extends `${infer N extends number}`
    ? N
    : number;

/** Whether the length is a literal that the decimals can hold: a whole number, not negative, without an exponent. */
type Countable<N extends number> = number extends N
  ? false
  : `${N}` extends `-${string}` | `${string}.${string}` | `${string}e${string}`
    ? false
    : true;

/** A + B, or `number` if one of them is not known. */
export type Add<A extends number, B extends number> = false extends Countable<A> | Countable<B>
  ? number
  : ToNumber<Plus<Reverse<`${A}`>, Reverse<`${B}`>>>;

/** A × B, or `number` if one of them is not known. */
export type Multiply<A extends number, B extends number> = A extends 1
  ? B
  : B extends 1
    ? A
    : A extends 0
      ? 0
      : B extends 0
        ? 0
        : false extends Countable<A> | Countable<B>
          ? number
          : ToNumber<By<Reverse<`${A}`>, `${B}`>>;

/** The number of elements of a shape, or `number` if a length is not known. */
export type SizeOf<S extends Shape> = Unranked<S> extends true ? number : Product<S>;

type Product<S extends Shape, R extends number = 1> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Product<T, Multiply<R, H>>
  : R;

/** The lengths without the first that is `N`, or `never` if there is none. */
type Without<S extends Shape, N, Before extends Shape = readonly []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? [H, N] extends [N, H]
    ? readonly [...Before, ...T]
    : Without<T, N, readonly [...Before, H]>
  : never;

/** Whether two literal shapes have as many elements. Lengths that both have cancel, so that few products are taken. */
export type SameSize<S extends Shape, T extends Shape> = 0 extends S[number] | T[number]
  ? 0 extends S[number] & T[number]
    ? true
    : Equal<SizeOf<S>, SizeOf<T>>
  : Cancelled<S, T>;

type Cancelled<S extends Shape, T extends Shape, Rest extends Shape = readonly []> = S extends readonly [
  infer H extends number,
  ...infer I extends Shape,
]
  ? Without<T, H> extends infer U extends Shape
    ? [U] extends [never]
      ? Cancelled<I, T, readonly [...Rest, H]>
      : Cancelled<I, U, Rest>
    : never
  : Equal<SizeOf<Rest>, SizeOf<T>>;

/** Whether two counts are equal, or one of them is not known. */
type Equal<A extends number, B extends number> = number extends A
  ? true
  : number extends B
    ? true
    : [A, B] extends [B, A]
      ? true
      : false;
