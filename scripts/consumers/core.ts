/** A program against the published @cotangent/core: values, derivatives, shapes as types, one copy of its state. */
import { add, grad, matmul, sum, square, tensor, toArray, vmap, type Tensor } from "@cotangent/core";
import * as io from "@cotangent/core/io";
import * as P from "@cotangent/core/pipe";
import * as random from "@cotangent/core/random";
import { pipe } from "fp-ts/lib/function.js";

const expect = (what: string, found: unknown, wanted: unknown): void => {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what}: ${left}, not ${right}`);
};

const x = tensor([1, 2, 3]);
const gradient: Tensor<[3]> = grad((v: Tensor<[3]>) => sum(square(v)))(x);
expect("gradient", toArray(gradient), [2, 4, 6]);

// The data-last forms come from a module of their own: under `grad` they see its tracers, as one cell is shared.
expect("pipe", toArray(grad((v: Tensor<[3]>) => pipe(v, P.add(1), square, P.sum()))(x)), [4, 6, 8]);
expect("vmap", toArray(vmap((v: Tensor<[]>) => add(v, 1))(x)), [2, 3, 4]);

const rows: Tensor<[2, 3]> = random.uniform(random.key(0), [2, 3]);
expect("uniform", toArray(rows).flat().length, 6);
if (Object.keys(io).length === 0) throw new Error("/io is empty");

// @ts-expect-error the contracted dimensions differ
export const mistake = (): unknown => matmul(rows, rows);
