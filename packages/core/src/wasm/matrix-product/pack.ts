/** Packing: strided rows or columns as panels that a tile reads in order. */

import { advance, countDown, forRange, when } from "../control.js";
import { local, type Local, type Statement } from "../expression.js";
import { procedure, run, type WasmFunction } from "../function.js";
import { i32 } from "../integer.js";
import { v128 } from "../simd.js";
import { loadFirst, storeFirst, type Lanes } from "./lanes.js";
import { shared, type Integers, type Procedures } from "./procedures.js";

/**
 * How vectors lie that are packed: `abreast`, each beside the next; `along`, the elements of each beside each other;
 * `apart`, anyhow.
 */
export type Lie = "abreast" | "along" | "apart";

/** How vectors lie whose steps, in elements, are known. */
export const lieOf = (vectorStep: number, elementStep: number): Lie =>
  vectorStep === 1 ? "abreast" : elementStep === 1 ? "along" : "apart";

/** What the panels of an operand are like. */
export interface PanelSpec {
  readonly lanes: Lanes;
  /** So many vectors make a panel. */
  readonly width: number;
  readonly lie: Lie;
}

/**
 * Copies `count` vectors of `depth` elements each into panels at `to`: the first elements of all vectors of a panel,
 * then the second ones. `(from, vectorBytes, elementBytes, count, depth, to)`: vectors begin `vectorBytes` apart,
 * their elements `elementBytes`. The last panel may have fewer vectors, as many as one of `remainders` says; those
 * that it lacks are zero.
 */
export const packProcedure = (
  procedures: Procedures,
  spec: PanelSpec,
  remainders: readonly number[],
): WasmFunction<Integers<6>, undefined> => {
  const { lanes, width, lie } = spec;
  const key = `pack ${lanes.key} ${width} ${remainders.join()} ${lie}`;
  return shared(procedures, key, (name) => {
    const [from, vectorBytes, elementBytes] = [local("i32"), local("i32"), local("i32")];
    const [count, depth, to] = [local("i32"), local("i32"), local("i32")];
    const [first, rest] = [local("i32"), local("i32")];
    const whole = packPanel(procedures, spec, width);
    return procedure(
      name,
      [from, vectorBytes, elementBytes, count, depth, to],
      [
        forRange(first, width - 1, count, width, [
          run(whole, from, vectorBytes, elementBytes, depth, to),
          advance(from, i32.mul(vectorBytes, width)),
          advance(to, i32.mul(depth, lanes.bytes * width)),
        ]),
        ...(remainders.length === 0 ? [] : [rest.set(i32.remU(count, width))]),
        ...remainders.map((remainder) =>
          when(i32.eq(rest, remainder), [
            run(packPanel(procedures, spec, remainder), from, vectorBytes, elementBytes, depth, to),
          ]),
        ),
      ],
    );
  });
};

/** One panel of `count` vectors: `(from, vectorBytes, elementBytes, depth, to)`. */
const packPanel = (
  procedures: Procedures,
  spec: PanelSpec,
  count: number,
): WasmFunction<Integers<5>, undefined> => {
  const { lanes, width, lie } = spec;
  return shared(procedures, `panel ${lanes.key} ${width} ${count} ${lie}`, (name) => {
    const [from, vectorBytes, elementBytes] = [local("i32"), local("i32"), local("i32")];
    const [depth, to] = [local("i32"), local("i32")];
    const parameters = [from, vectorBytes, elementBytes, depth, to] as const;
    return procedure(name, parameters, panelBody[lie](spec, count, ...parameters));
  });
};

type Address = Local<"i32">;

type PanelBody = (
  spec: PanelSpec,
  count: number,
  from: Address,
  vectorBytes: Address,
  elementBytes: Address,
  depth: Address,
  to: Address,
) => readonly Statement[];

/** Of a panel's vectors, those that begin with each lane of a vector. */
const groups = ({ lanes, width }: PanelSpec): readonly number[] =>
  Array.from({ length: Math.ceil(width / lanes.count) }, (_, index) => index * lanes.count);

/** Several vectors at once. */
const packAbreast: PanelBody = (spec, count, from, _vectorBytes, elementBytes, depth, to) => {
  const { lanes, width } = spec;
  return [
    countDown(depth, [
      ...groups(spec).flatMap((first) =>
        storeFirst(
          lanes,
          to,
          loadFirst(lanes, from, count - first, lanes.bytes * first),
          width - first,
          lanes.bytes * first,
        ),
      ),
      advance(from, elementBytes),
      advance(to, lanes.bytes * width),
    ]),
  ];
};

/** Where each vector of a panel begins. */
const beginnings = (
  count: number,
  from: Address,
  vectorBytes: Address,
): readonly [readonly Address[], readonly Statement[]] => {
  const starts = Array.from({ length: count }, () => local("i32"));
  return [
    starts,
    starts.map((start, index) => start.set(index === 0 ? from : i32.add(starts[index - 1]!, vectorBytes))),
  ];
};

/** Squares of lanes, transposed; the elements behind the last square one by one. */
const packAlong: PanelBody = (spec, count, from, vectorBytes, elementBytes, depth, to) => {
  const { lanes, width } = spec;
  const [starts, begin] = beginnings(count, from, vectorBytes);
  const [squares, offset] = [local("i32"), local("i32")];
  const rows = Array.from({ length: lanes.count }, () => local("v128"));
  const panelBytes = lanes.bytes * width;
  return [
    ...begin,
    squares.set(i32.shrU(depth, Math.log2(lanes.count))),
    countDown(squares, [
      ...groups(spec).flatMap((first) => [
        ...rows.map((row, index) => {
          const start = starts[first + index];
          return row.set(start === undefined ? lanes.zero : v128.load(i32.add(start, offset)));
        }),
        ...lanes.transpose(rows),
        ...rows.flatMap((row, index) =>
          storeFirst(lanes, to, row, width - first, index * panelBytes + lanes.bytes * first),
        ),
      ]),
      advance(offset, 16),
      advance(to, lanes.count * panelBytes),
    ]),
    depth.set(i32.and(depth, lanes.count - 1)),
    ...copyElements(spec, starts, offset, elementBytes, depth, to),
  ];
};

const packApart: PanelBody = (spec, count, from, vectorBytes, elementBytes, depth, to) => {
  const [starts, begin] = beginnings(count, from, vectorBytes);
  return [...begin, ...copyElements(spec, starts, local("i32"), elementBytes, depth, to)];
};

/** Element by element. */
const copyElements = (
  { lanes, width }: PanelSpec,
  starts: readonly Address[],
  offset: Address,
  elementBytes: Address,
  depth: Address,
  to: Address,
): readonly Statement[] => [
  countDown(depth, [
    ...Array.from({ length: width }, (_, index) => {
      const start = starts[index];
      const element = start === undefined ? lanes.zero : lanes.loadOne(i32.add(start, offset));
      return lanes.storeLane(to, element, 0, lanes.bytes * index);
    }),
    advance(offset, elementBytes),
    advance(to, lanes.bytes * width),
  ]),
];

const panelBody: Readonly<Record<Lie, PanelBody>> = {
  abreast: packAbreast,
  along: packAlong,
  apart: packApart,
};
