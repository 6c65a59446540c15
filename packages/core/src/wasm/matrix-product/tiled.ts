/**
 * The product by tiles, in blocks that fit the caches. An operand is packed where that pays or its elements do not lie as a tile reads
 * them, straight from where it is; otherwise tiles read it in place.
 */

import { advance, forRange, select } from "../control.js";
import { local, type Expression, type Local, type Statement } from "../expression.js";
import { run } from "../function.js";
import { i32 } from "../integer.js";
import type { Lanes } from "./lanes.js";
import { lieOf, packProcedure } from "./pack.js";
import { panelsProcedure } from "./panels.js";
import type { Procedures } from "./procedures.js";
import type { ProductCode } from "./product-code.js";
import type { ProductSpec } from "./spec.js";
import { tileShape } from "./tile-shape.js";

/** How a product is divided. */
interface Plan {
  readonly height: number;
  readonly width: number;
  readonly packsLeft: boolean;
  readonly packsRight: boolean;
  readonly blockRows: number;
  readonly blockColumns: number;
  readonly blockDepth: number;
}

export const tiledProduct = (procedures: Procedures, lanes: Lanes, spec: ProductSpec): ProductCode => {
  const plan = planOf(spec, lanes);
  const { blockRows, blockColumns, blockDepth } = plan;
  const leftBytes = plan.packsLeft
    ? roundUp(lanes.bytes * roundUp(blockRows, plan.height) * blockDepth, 16)
    : 0;
  const rightBytes = plan.packsRight ? lanes.bytes * roundUp(blockColumns, plan.width) * blockDepth : 0;
  return {
    scratchBytes: leftBytes + rightBytes,
    statements: (left, right, out, scratch) =>
      blockLoops(procedures, lanes, spec, plan, { left, right, out, scratch, leftBytes }),
  };
};

interface Addresses {
  readonly left: Expression<"i32">;
  readonly right: Expression<"i32">;
  readonly out: Expression<"i32">;
  readonly scratch: Expression<"i32">;
  readonly leftBytes: number;
}

const blockLoops = (
  procedures: Procedures,
  lanes: Lanes,
  spec: ProductSpec,
  plan: Plan,
  addresses: Addresses,
): readonly Statement[] => {
  const { rows, columns, depth, left, right, out } = spec;
  const { height, width, packsLeft, packsRight, blockRows, blockColumns, blockDepth } = plan;
  const bytes = lanes.bytes;
  const [row, column, along] = [local("i32"), local("i32"), local("i32")];
  const [count, breadth, length] = [local("i32"), local("i32"), local("i32")];
  const [leftBlock, rightBlock, place] = [local("i32"), local("i32"), local("i32")];
  const packedRight = i32.add(addresses.scratch, addresses.leftBytes);

  /** The products of one block of the depth with all blocks of rows. */
  const depthBlock = (adds: boolean): readonly Statement[] => {
    const panels = panelsProcedure(procedures, {
      tile: {
        lanes,
        rows: height,
        columns: width,
        leftRowStep: packsLeft ? 1 : left.rowStep,
        leftColumnStep: packsLeft ? height : left.columnStep,
        rightRowStep: packsRight ? width : right.rowStep,
        outColumnStep: out.columnStep,
        adds,
      },
      leftPanelStep: packsLeft ? "packed" : height * left.rowStep,
      rightPanelStep: packsRight ? "packed" : width,
      lastRows: rows % height,
      lastColumns: columns % width,
    });
    const pack = (vectors: number, size: number, vectorStep: number, elementStep: number) =>
      packProcedure(
        procedures,
        { lanes, width: size, lie: lieOf(vectorStep, elementStep) },
        vectors % size === 0 ? [] : [vectors % size],
      );
    return [
      ...(packsRight
        ? [
            run(
              pack(columns, width, right.columnStep, right.rowStep),
              rightBlock,
              bytes * right.columnStep,
              bytes * right.rowStep,
              breadth,
              length,
              packedRight,
            ),
          ]
        : []),
      leftBlock.set(i32.add(addresses.left, i32.mul(along, bytes * left.columnStep))),
      place.set(i32.add(addresses.out, i32.mul(column, bytes * out.columnStep))),
      ...blocks(row, rows, blockRows, count, [
        ...(packsLeft
          ? [
              run(
                pack(rows, height, left.rowStep, left.columnStep),
                leftBlock,
                bytes * left.rowStep,
                bytes * left.columnStep,
                count,
                length,
                addresses.scratch,
              ),
            ]
          : []),
        run(
          panels,
          packsLeft ? addresses.scratch : leftBlock,
          packsRight ? packedRight : rightBlock,
          place,
          bytes * out.rowStep,
          count,
          breadth,
          length,
        ),
        advance(leftBlock, bytes * left.rowStep * blockRows),
        advance(place, bytes * out.rowStep * blockRows),
      ]),
    ];
  };

  return blocks(column, columns, blockColumns, breadth, [
    along.set(0),
    length.set(blockDepth),
    rightBlock.set(i32.add(addresses.right, i32.mul(column, bytes * right.columnStep))),
    ...depthBlock(false),
    ...(blockDepth < depth
      ? [
          forRange(along, blockDepth, depth, blockDepth, [
            length.set(smaller(blockDepth, i32.sub(depth, along))),
            advance(rightBlock, bytes * right.rowStep * blockDepth),
            ...depthBlock(true),
          ]),
        ]
      : []),
  ]);
};

/** Walks an axis in blocks; `size` is that of each. One block needs no loop. */
const blocks = (
  at: Local<"i32">,
  length: number,
  block: number,
  size: Local<"i32">,
  body: readonly Statement[],
): readonly Statement[] =>
  block >= length
    ? [at.set(0), size.set(length), ...body]
    : [forRange(at, 0, length, block, [size.set(smaller(block, i32.sub(length, at))), ...body])];

const smaller = (a: number, b: Expression<"i32">): Expression<"i32"> =>
  select(i32.ltS(b, a), b, i32.const(a));

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Steps are equal, and at most so long. */
const evenly = (length: number, most: number, step: number): number =>
  roundUp(Math.ceil(length / Math.ceil(length / most)), step);

/** Elements of an operand up to which it stays in the second cache, however it lies. */
const nearElements = 65536;

const planOf = ({ rows, columns, depth, right }: ProductSpec, lanes: Lanes): Plan => {
  const { height, width } = tileShape(rows, columns, lanes);
  const packsRight = right.columnStep !== 1 || (rows > 4 * height && right.rowStep * depth > 32 * 1024);
  const packsLeft = columns > 4 * width && depth * rows > 16 * 1024;
  const blocksDepth = packsLeft || packsRight || depth * columns > nearElements;
  return {
    height,
    width,
    packsLeft,
    packsRight,
    blockRows: packsLeft ? Math.min(rows, evenly(rows, 16 * height, height)) : rows,
    blockColumns: packsRight ? Math.min(columns, evenly(columns, 128 * width, width)) : columns,
    blockDepth: blocksDepth ? Math.min(depth, evenly(depth, 256 * (4 / lanes.bytes), 4)) : depth,
  };
};
