/** Choices and loops under vmap where each row goes its own way: what a row does not take refuses nothing. */

import { describe, expect, it } from "vitest";
import {
  add,
  cond,
  convert,
  foriLoop,
  grad,
  greater,
  item,
  jacfwd,
  jit,
  jvp,
  less,
  linearTranspose,
  log,
  logicalAnd,
  logicalNot,
  mul,
  programToString,
  scalar,
  scan,
  sin,
  sqrt,
  stack,
  stage,
  sub,
  sum,
  switchCase,
  take,
  tensor,
  toArray,
  vmap,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { expectClose } from "../../test/close.js";

type Index = Tensor<[], "int32">;
const int32 = { dtype: "int32" } as const;

describe("switchCase whose index differs from row to row", () => {
  const three = (i: Index) =>
    switchCase(i, [(x: Tensor<[]>) => x, (x) => mul(x, 2), (x) => mul(x, x)], scalar(3));
  const one = (i: Index) => switchCase(i, [(x: Tensor<[]>) => mul(x, x)], scalar(3));
  const rows = vmap(three);

  it("takes the branch of each row", () => {
    for (const run of [rows, jit(rows)]) expect(toArray(run(tensor([2, 0, 1], int32)))).toEqual([9, 3, 6]);
    expect(toArray(vmap(rows)(tensor([[2], [0]], int32)))).toEqual([[9], [3]]);
    expect(toArray(vmap(one)(tensor([0, 0], int32)))).toEqual([9, 9]);
    expect(toArray(rows(tensor([], int32) as Tensor<[0], "int32">))).toEqual([]);
  });

  it.each([5, 3, -1])("refuses an index that is out of range, %d", (bad) => {
    const indices = tensor([0, bad, 1], int32);
    const expected = `switchCase: there is no branch ${bad}`;
    for (const run of [rows, jit(rows), vmap(one), jit(vmap(one))])
      expect(() => run(indices as never)).toThrow(expected);
    expect(() =>
      vmap(rows)(
        tensor(
          [
            [0, 1],
            [bad, 2],
          ],
          int32,
        ),
      ),
    ).toThrow(expected);
    expect(() =>
      grad((x: Tensor<[3]>) =>
        sum(vmap((y: Tensor<[]>, i: Index) => switchCase(i, [(z: Tensor<[]>) => z, sin], y))(x, indices)),
      )(tensor([1, 2, 3])),
    ).toThrow(expected);
  });
});

const float64 = { dtype: "float64" } as const;
const table = tensor([10, 20, 30], float64);
type X = Tensor<[], "float64">;
type Xs = Tensor<[number], "float64">;
type Table = Tensor<[3], "float64">;
/** A number, or what the table has. */
type Given = X | Table;
type Row = (i: Index, x: X, xs: Table) => X;

/** Functions of an index, a number and a table, which refuse some indices where another branch is taken. */
const functions: Readonly<Record<string, Row>> = {
  "a gather": (i, x, xs) =>
    cond(
      less(i, 3),
      (j: Index, y: X) => mul(y, take(xs, j)),
      (_j: Index, y: X) => sin(y),
      i,
      x,
    ),
  "derivatives that are no numbers elsewhere": (i, x, xs) =>
    cond(
      less(i, 3),
      (j: Index, y: X) => mul(log(y), take(xs, j)),
      (_j: Index, y: X) => sqrt(sub(2, y)),
      i,
      // 0, where the logarithm has no derivative, where it is not taken
      cond(
        less(i, 3),
        (y: X) => y,
        () => scalar(0, float64),
        x,
      ),
    ),
  "an index in a number": (i, x, xs) =>
    cond(
      less(i, 3),
      (y: X) => mul(y, take(xs, convert(y, "int32"))),
      (y: X) => y,
      add(mul(0.5, x), convert(i, "float64")),
    ),
  "programs in the branch": (i, x, xs) =>
    cond(
      less(i, 3),
      jit((j: Index, y: X) =>
        foriLoop(
          0,
          2,
          (_, c: X) =>
            mul(
              c,
              cond(
                greater(c, 1),
                (k: Index) => take(xs, k),
                () => y,
                j,
              ),
            ),
          y,
        ),
      ),
      (_j: Index, y: X) => y,
      i,
      x,
    ),
  "an index to choose by": (i, x) =>
    cond(
      less(i, 3),
      (j: Index, y: X) => switchCase(j, [(z: X) => z, sin, (z: X) => mul(z, z)], y),
      (_j: Index, y: X) => mul(3, y),
      i,
      x,
    ),
  "branches that refuse each other's rows": (i, x, xs) =>
    switchCase(
      convert(less(i, 3), "int32"),
      [(j: Index, y: X) => mul(y, take(xs, sub(j, 3))), (j: Index, y: X) => add(y, take(xs, j))],
      i,
      x,
    ),
  "flags, and a row that is the same for all": (i, x, xs) =>
    cond(
      logicalAnd(less(i, 3), greater(x, 0)),
      (j: Index, flag: Tensor<[], "bool">, y: X) =>
        add(
          take(xs, 1),
          cond(
            flag,
            () => y,
            () => take(xs, j),
          ),
        ),
      (_j: Index, _flag: Tensor<[], "bool">, y: X) => y,
      i,
      logicalNot(less(x, 1)),
      x,
    ),
};

/** Rows of every kind; with none, some and all of which take the branch that refuses. */
const batches: readonly (readonly number[])[] = [
  [2, 5, 0, 4],
  [5, 3],
  [0, 1, 2],
  [4, 1],
];
const indicesOf = (batch: readonly number[]): Tensor<[number], "int32"> => tensor(batch as number[], int32);
const numbersOf = (batch: readonly number[]): Xs =>
  tensor(
    batch.map((_, place) => 0.5 + 0.3 * place),
    float64,
  );

describe.each(Object.entries(functions))("a branch that may refuse: %s", (_name, f) => {
  const rows = vmap(f, { inAxes: [0, 0, null] });
  const oneByOne = (g: (i: Index, x: X) => Given, batch: readonly number[]) =>
    stack(batch.map((i, place) => g(scalar(i, int32), scalar(item(take(numbersOf(batch), place)), float64))));

  it.each(batches.map((batch) => [batch] as const))("%j", (batch) => {
    const [is, xs] = [indicesOf(batch), numbersOf(batch)];
    const expected = oneByOne((i, x) => f(i, x, table), batch);
    expectClose(rows(is, xs, table), expected);
    expectClose(jit(rows)(is, xs, table), expected);
    expectClose(
      vmap(rows, { inAxes: [0, 0, null] })(stack([is, is]), stack([xs, xs]), table),
      stack([expected, expected]),
    );

    const slopes = oneByOne((i, x) => grad((y: X) => f(i, y, table))(x), batch);
    const total = (x: Xs): X => sum(rows(is, x, table));
    expectClose(grad(total)(xs), slopes);
    expectClose(jit(grad(total))(xs), slopes);
    const slopeOf = (i: Index, x: X): X => grad((y: X) => f(i, y, table))(x);
    expectClose(vmap(slopeOf)(is, xs), slopes);
    expectClose(jit(vmap(slopeOf))(is, xs), slopes);
    expectClose(sum(jacfwd((x: Xs) => rows(is, x, table))(xs), { axis: 1 }), slopes);
    expectClose(jvp((x: Xs) => rows(is, x, table), [xs], [mul(2, xs)])[1], mul(slopes, mul(2, xs)));

    const ofTable = grad((t: Table) => sum(rows(is, xs, t)))(table);
    expectClose(
      ofTable,
      sum(
        oneByOne((i, x) => grad((t: Table) => f(i, x, t))(table), batch),
        { axis: 0 },
      ),
    );
  });

  it("in the steps of a loop", () => {
    const batch = [2, 5, 0, 4];
    const is = indicesOf(batch);
    const run = (x: Xs) =>
      sum(
        scan(
          (c: X, xs: Xs) => [add(c, sum(rows(is, xs, table))), null] as const,
          scalar(0, float64),
          stack([x, x]),
        )[0],
      );
    const slopes = oneByOne((i, x) => mul(2, grad((y: X) => f(i, y, table))(x)), batch);
    expectClose(grad(run)(numbersOf(batch)), slopes);
    expectClose(jit(grad(run))(numbersOf(batch)), slopes);
  });
});

describe("a branch that may refuse", () => {
  const guarded = (limit: number) => (i: Index) =>
    cond(
      less(i, limit),
      (j: Index) => take(table, j),
      () => scalar(0, float64),
      i,
    );

  it("refuses the rows that take it", () => {
    for (const run of [vmap(guarded(4)), jit(vmap(guarded(4)))]) {
      expect(toArray(run(tensor([0, 7], int32)))).toEqual([10, 0]);
      expect(() => run(tensor([0, 3], int32))).toThrow("index 3 is out of range");
    }
  });

  it("is not run for no rows", () => {
    const rows = vmap((i: Index) =>
      cond(
        less(i, 3),
        () => take(table, 8),
        () => scalar(1, float64),
      ),
    );
    expect(toArray(rows(tensor([4, 5], int32)))).toEqual([1, 1]);
    expect(toArray(rows(zeros([0], int32)))).toEqual([]);
    expect(() => rows(tensor([4, 1], int32))).toThrow("index 8");
  });

  it("is transposed where it is linear", () => {
    const rows = vmap((i: Index, x: Tensor<[3]>) =>
      cond(
        less(i, 3),
        (j: Index, y: Tensor<[3]>) => take(y, j),
        (_j: Index, y: Tensor<[3]>) => sum(y),
        i,
        x,
      ),
    );
    const back = linearTranspose((x: Tensor<[2, 3]>) => rows(tensor([5, 1], int32), x), [zeros([2, 3])]);
    expect(toArray((back(tensor([2, 7])) as [Tensor])[0])).toEqual([
      [2, 2, 2],
      [0, 7, 0],
    ]);
  });

  it("costs nothing where it cannot", () => {
    const program = stage(vmap((x: X) => cond(less(x, 3), sin, (y: X) => y, x)))(zeros([4], float64));
    expect(programToString(program)).not.toMatch(/gather|argMax|any/);
  });
});
