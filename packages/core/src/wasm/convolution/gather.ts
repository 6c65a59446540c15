/**
 * Packing by tables: vectors and their elements stand wherever two tables of offsets say, as patches of an image do.
 */

import { advance, branchIf, countDown, forRange, loop, when } from "../control.js";
import { local, type Expression, type Local, type Statement } from "../expression.js";
import { procedure, run, type WasmFunction } from "../function.js";
import { i32 } from "../integer.js";
import { i32x4, v128 } from "../simd.js";
import { loadFirst, storeFirst, type Lanes } from "../matrix-product/lanes.js";
import { shared, type Integers, type Procedures } from "../matrix-product/procedures.js";

type Address = Local<"i32">;

/**
 * Element k of vector v is at `from + vectors[v] + elements[k]`, offsets in bytes; `(from, vectors, elements, count,
 * depth, to)` copies so many vectors of so many elements into panels of `width` at `to`: the first elements of all
 * vectors of a panel, then the second ones. The last panel may have `remainder` vectors; those that it lacks are
 * zero.
 */
export const gatherProcedure = (
  procedures: Procedures,
  lanes: Lanes,
  width: number,
  remainder: number,
): WasmFunction<Integers<6>, undefined> =>
  shared(procedures, `gather ${lanes.key} ${width} ${remainder}`, (name) => {
    const [from, vectors, elements] = [local("i32"), local("i32"), local("i32")];
    const [count, depth, to, first] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const panel = (size: number): Statement =>
      run(gatherPanel(procedures, lanes, width, size), from, vectors, elements, depth, to);
    return procedure(
      name,
      [from, vectors, elements, count, depth, to],
      [
        forRange(first, width - 1, count, width, [
          panel(width),
          advance(vectors, 4 * width),
          advance(to, i32.mul(depth, lanes.bytes * width)),
        ]),
        ...(remainder === 0 ? [] : [when(i32.remU(count, width), [panel(remainder)])]),
      ],
    );
  });

/** One panel of `count` vectors: `(from, vectors, elements, depth, to)`. */
const gatherPanel = (
  procedures: Procedures,
  lanes: Lanes,
  width: number,
  count: number,
): WasmFunction<Integers<5>, undefined> =>
  shared(procedures, `gather panel ${lanes.key} ${width} ${count}`, (name) => {
    const [from, vectors, elements] = [local("i32"), local("i32"), local("i32")];
    const [depth, to] = [local("i32"), local("i32")];
    const groups = Array.from({ length: Math.ceil(width / lanes.count) }, (_, index) => index * lanes.count);
    const starts = Array.from({ length: count }, () => local("i32"));
    const panel: Panel = { lanes, width, starts, groups, elements, depth, to };
    return procedure(
      name,
      [from, vectors, elements, depth, to],
      [
        ...starts.map((start, index) => start.set(i32.add(from, i32.load(vectors, 4 * index)))),
        when(abreast(panel), copyAbreast(panel), copyAlong(panel)),
      ],
    );
  });

interface Panel {
  readonly lanes: Lanes;
  readonly width: number;
  readonly starts: readonly Address[];
  readonly groups: readonly number[];
  readonly elements: Address;
  readonly depth: Address;
  readonly to: Address;
}

/** Whether the vectors of each group of lanes lie beside each other. */
const abreast = ({ lanes, starts }: Panel): Expression<"i32"> =>
  starts.reduce<Expression<"i32">>(
    (all, start, index) =>
      index % lanes.count === 0 ? all : i32.and(all, i32.eq(start, i32.add(starts[index - 1]!, lanes.bytes))),
    i32.const(1),
  );

/** Several vectors at once, element by element. */
const copyAbreast = ({ lanes, width, starts, groups, elements, depth, to }: Panel): readonly Statement[] => {
  const offset = local("i32");
  return [
    countDown(depth, [
      offset.set(i32.load(elements)),
      ...groups.flatMap((first) => {
        const start = starts[first];
        const vector =
          start === undefined ? lanes.zero : loadFirst(lanes, i32.add(start, offset), starts.length - first);
        return storeFirst(lanes, to, vector, width - first, lanes.bytes * first);
      }),
      advance(elements, 4),
      advance(to, lanes.bytes * width),
    ]),
  ];
};

/** Squares of lanes, transposed, where elements lie beside each other; others one by one. */
const copyAlong = ({ lanes, width, starts, groups, elements, depth, to }: Panel): readonly Statement[] => {
  const { bytes, count } = lanes;
  const offset = local("i32");
  const rows = Array.from({ length: count }, () => local("v128"));
  const square = groups.flatMap((first) => [
    ...rows.map((row, index) => {
      const start = starts[first + index];
      return row.set(start === undefined ? lanes.zero : v128.load(i32.add(start, offset)));
    }),
    ...lanes.transpose(rows),
    ...rows.flatMap((row, index) =>
      storeFirst(lanes, to, row, width - first, bytes * (index * width + first)),
    ),
  ]);
  const single = Array.from({ length: width }, (_, index) => {
    const start = starts[index];
    const element = start === undefined ? lanes.zero : lanes.loadOne(i32.add(start, offset));
    return lanes.storeLane(to, element, 0, bytes * index);
  });
  const neighbours = local("v128");
  const onward = (by: number): readonly Statement[] => [
    depth.set(i32.sub(depth, by)),
    advance(elements, 4 * by),
    advance(to, bytes * width * by),
  ];
  return [
    neighbours.set(
      [1, 2, 3].reduce((vector, lane) => i32x4.replaceLane(vector, lane, 4 * lane), i32x4.const(0)),
    ),
    when(depth, [
      loop((again) => [
        offset.set(i32.load(elements)),
        when(
          i32.and(i32.geS(depth, count), followEachOther(lanes, elements, offset, neighbours)),
          [...square, ...onward(count)],
          [...single, ...onward(1)],
        ),
        branchIf(again, depth),
      ]),
    ]),
  ];
};

/**
 * Whether the next offsets of a table, one for each lane, are those of neighbours. The table may end before: what
 * stands behind it does not matter then.
 */
const followEachOther = (
  { bytes, count }: Lanes,
  table: Address,
  first: Address,
  neighbours: Expression<"v128">,
): Expression<"i32"> =>
  count === 2
    ? i32.eq(i32.load(table, 4), i32.add(first, bytes))
    : i32x4.allTrue(i32x4.eq(v128.load(table), i32x4.add(i32x4.splat(first), neighbours)));
