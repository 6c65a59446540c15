import { arange, shapeOf, tensor, toArray, type Tensor } from "@cotangent/core";
import { decode, tensorJson } from "@cotangent/core/io";
import * as random from "@cotangent/core/random";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import type { Dataset } from "../datasets/dataset.js";
import { tensorDataset } from "../datasets/tensor-dataset.js";
import { dataLoader } from "./data-loader.js";
import { dataLoaderOptions } from "./options.js";
import { position } from "./position.js";

const key = random.key(7);
const numbers = (length: number) => tensorDataset({ x: arange(length) });
const rowsOf = (batches: Iterable<{ readonly x: Tensor<readonly [number]> }>) =>
  [...batches].map(({ x }) => toArray(x));

describe("in order", () => {
  it("cuts the rows into batches, of which the last may be short", () => {
    const loader = dataLoader(numbers(5), { batchSize: 2 });
    expect(loader.length).toBe(3);
    expect(rowsOf(loader)).toEqual([[0, 1], [2, 3], [4]]);
    expect(rowsOf(loader.batches(3, 1))).toEqual([[2, 3], [4]]);
    expect(rowsOf(dataLoader(numbers(5), { batchSize: 2, dropLast: true }))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(rowsOf(dataLoader(numbers(2)))).toEqual([[0], [1]]);
    expect(rowsOf(dataLoader(numbers(2), { batchSize: 9 }))).toEqual([[0, 1]]);
    expect(rowsOf(dataLoader(numbers(0), { batchSize: 2 }))).toEqual([]);
  });

  it("collates the rows of a dataset without batches of its own", () => {
    const squares: Dataset<{ readonly n: number; readonly square: Tensor<readonly []> }> = {
      length: 3,
      get: (n) => ({ n, square: tensor(n * n) }),
    };
    const [first] = dataLoader(squares, { batchSize: 2 });
    expectTypeOf(first?.square).toEqualTypeOf<Tensor<readonly [number]> | undefined>();
    expect(first === undefined ? [] : [toArray(first.n), toArray(first.square)]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    const counts = dataLoader(squares, { batchSize: 2, collate: (rows) => rows.length });
    expect([...counts]).toEqual([2, 1]);
  });
});

describe("shuffled", () => {
  const sizes = fc.record({
    length: fc.integer({ min: 0, max: 40 }),
    batchSize: fc.integer({ min: 1, max: 12 }),
    epoch: fc.nat(50),
  });

  it("visits every row once an epoch", () => {
    fc.assert(
      fc.property(sizes, ({ length, batchSize, epoch }) => {
        const loader = dataLoader(numbers(length), { batchSize, shuffle: true, key });
        const rows = rowsOf(loader.batches(epoch));
        expect(rows.length).toBe(loader.length);
        expect(rows.flat().sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, row) => row));
      }),
    );
  });

  it("is a function of key, epoch and number: whoever comes back finds the same", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ length, batchSize, epoch }, seed) => {
        const make = () => dataLoader(numbers(length), { batchSize, shuffle: true, key });
        const [loader, other] = [make(), make()];
        fc.pre(loader.length > 0);
        const index = seed % loader.length;
        const wanted = toArray(loader(epoch, index).x);
        loader(epoch + 1, 0);
        expect(toArray(loader(epoch, index).x)).toEqual(wanted);
        expect(toArray(other(epoch, index).x)).toEqual(wanted);
      }),
    );
  });

  it("has another order each epoch, and with each key", () => {
    const loader = dataLoader(numbers(100), { batchSize: 100, shuffle: true, key });
    const other = dataLoader(numbers(100), { batchSize: 100, shuffle: true, key: random.key(8) });
    const orders = [loader(0, 0), loader(1, 0), other(0, 0)].map(({ x }) => toArray(x).join());
    expect(new Set(orders).size).toBe(3);
    expect(orders[0]).not.toBe(toArray(arange(100)).join());
  });
});

describe("positions", () => {
  it("follow one another through the epochs", () => {
    const loader = dataLoader(numbers(3), { batchSize: 2 });
    const visited = Array.from({ length: 4 }).reduce<readonly { epoch: number; index: number }[]>(
      (seen) => [...seen, loader.next(seen.at(-1) ?? { epoch: -1, index: 1 })],
      [],
    );
    expect(visited).toEqual([
      { epoch: 0, index: 0 },
      { epoch: 0, index: 1 },
      { epoch: 1, index: 0 },
      { epoch: 1, index: 1 },
    ]);
  });

  it("resume a run exactly, by way of JSON", () => {
    const loader = () => dataLoader(numbers(10), { batchSize: 3, shuffle: true, key });
    const run = (at: { epoch: number; index: number }, steps: number) => {
      const [batches, rows] = [loader(), [] as number[][]];
      let here = at;
      for (let step = 0; step < steps; step++, here = batches.next(here))
        rows.push(toArray(batches(here.epoch, here.index).x));
      return { rows, here };
    };
    const whole = run({ epoch: 0, index: 0 }, 11);
    const before = run({ epoch: 0, index: 0 }, 6);
    const saved = decode(position)(JSON.parse(JSON.stringify(before.here)));
    if (saved._tag === "Left") throw saved.left;
    expect([...before.rows, ...run(saved.right, 5).rows]).toEqual(whole.rows);
  });
});

it("reads its options from JSON", () => {
  const json = { batchSize: 2, shuffle: true, key: tensorJson.encode(key) };
  const read = decode(dataLoaderOptions)(JSON.parse(JSON.stringify(json)));
  if (read._tag === "Left") throw read.left;
  const loader = dataLoader(numbers(5), read.right);
  expect(rowsOf(loader)).toEqual(rowsOf(dataLoader(numbers(5), { batchSize: 2, shuffle: true, key })));
  expect(shapeOf(loader(0, 2).x)).toEqual([1]);
});

it("says what is wrong", () => {
  const read = (codec: Parameters<typeof decode>[0], json: unknown) => {
    const result = decode(codec)(json);
    if (result._tag === "Left") throw result.left;
  };
  const loader = dataLoader(numbers(5), { batchSize: 2 });
  expect(
    [
      () => dataLoader(numbers(5), { shuffle: true }),
      () => dataLoader(numbers(5), { batchSize: 0 }),
      () => dataLoader(numbers(5), { batchSize: 2.5 }),
      () => dataLoader(numbers(5), { key: 3 as never }),
      () => dataLoader(numbers(5), { collate: "stack" as never }),
      () => dataLoader(numbers(5), { batch_size: 2 } as never),
      () => loader(0, 3),
      () => loader(0, -1),
      () => loader(-1, 0),
      () => loader(0.5, 0),
      () => dataLoader(numbers(1), { batchSize: 2, dropLast: true })(0, 0),
      () => {
        read(dataLoaderOptions, { batchSize: 2, key: [0, 1] });
      },
      () => {
        read(dataLoaderOptions, { batchSize: "2" });
      },
      () => {
        read(position, { epoch: 1, index: -1 });
      },
    ]
      .map(messageOf)
      .join("\n\n"),
  ).toMatchSnapshot();
});
