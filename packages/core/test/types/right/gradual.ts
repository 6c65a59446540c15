/** What is not known is checked when it runs: a length that is `number`, a shape that is left out. */
import {
  add,
  expectShape,
  matmul,
  mean,
  reshape,
  sin,
  sum,
  type Tensor,
  tensor,
  transpose,
  vmap,
  zeros,
} from "@cotangent/core";
import { is, type Unknown } from "../is.js";

declare const rows: Tensor<[number, 3]>;
declare const bare: Tensor;
declare const ranked: Tensor<[number, number]>;
declare const lengths: readonly number[];
declare const table: readonly (readonly number[])[];
const vector = zeros([3]);

is<Tensor<[number, 3]>>()(add(rows, vector));
is<Tensor<[number, 3]>>()(mul(rows));
is<Tensor<[5, 3]>>()(add(rows, zeros([5, 3])));
is<Tensor<[number, 3]>>()(add(rows, zeros([1, 3])));
is<Tensor<[number, 3]>>()(add(ranked, vector));
is<Unknown>()(add(bare, vector));
is<Unknown>()(add(vector, bare));
is<Unknown>()(sin(bare));
is<Unknown>()(matmul(bare, vector));
is<Tensor<[number]>>()(matmul(rows, vector));
is<Tensor<[number, 2]>>()(matmul(ranked, zeros([3, 2])));
is<Tensor<[]>>()(mean(bare));
is<Unknown>()(sum(bare, { axis: 0 }));
is<Tensor<[3]>>()(sum(rows, { axis: 0 }));
is<Unknown>()(sum(rows, { axis: lengths }));
is<Tensor<[3, number]>>()(transpose(rows));
is<Unknown>()(transpose(bare));
is<Tensor<[6]>>()(reshape(rows, [6]));
is<Tensor<[number, 4]>>()(reshape(bare, [-1, 4]));
is<Tensor<[number, number]>>()(tensor(table));
is<Tensor<number[]>>()(zeros([...lengths]));
is<Tensor<[number, 784]>>()(expectShape(bare, [-1, 784]));

function mul(x: Tensor<[number, 3]>): Tensor<[number, 3]> {
  return add(x, x);
}

// They fit in both directions.
const fixed: Tensor<[2, 3]> = rows;
const loose: Tensor<[number, number]> = fixed;
const anything: Tensor = loose;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- this is what gradual means
const known: Tensor<[3]> = anything;
add(known, mul(fixed));

// A function may be generic in one length, or in the whole shape.
const generic = <N extends number>(x: Tensor<[N, 2]>) => add(matmul(x, tensor([[1], [2]])), 1);
is<Tensor<[7, 1]>>()(generic(zeros([7, 2])));
const rowSums = <N extends number>(x: Tensor<[N, 2]>) => mean(matmul(x, zeros([2, 4])), { axis: 1 });
is<Tensor<[7]>>()(rowSums(zeros([7, 2])));
const centred = <N extends number>(x: Tensor<[N, 2]>, centre: Tensor<[2]>) => transpose(add(x, centre));
is<Tensor<[2, 7]>>()(centred(zeros([7, 2]), zeros([2])));
const scaled = <N extends number>(x: Tensor<[N, 2]>, scale: Tensor<[N, 1]>) => add(x, scale);
is<Tensor<[7, 2]>>()(scaled(zeros([7, 2]), zeros([7, 1])));
const mapped = <N extends number>(x: Tensor<[N, 2]>) => vmap((row: Tensor<[2]>) => sum(row))(x);
is<Tensor<[7]>>()(mapped(zeros([7, 2])));
const twice = <S extends readonly number[]>(x: Tensor<S>) => add(sin(x), x);
is<Tensor<[2, 3]>>()(twice(zeros([2, 3])));
