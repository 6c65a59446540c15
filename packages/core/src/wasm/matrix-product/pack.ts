/** Packing: strided rows or columns as panels that a tile reads in order. */

import { advance, countDown, forRange, sequence, when } from "../control.js";
import { local, type Expression, type Statement } from "../expression.js";
import { f32, f64 } from "../float.js";
import { procedure } from "../function.js";
import { i32 } from "../integer.js";
import { v128 } from "../simd.js";

/**
 * Copies `count` vectors of `depth` elements each into panels of `width` vectors at `to`: the first elements of all of a panel,
 * then the second ones. What is missing from the last panel is zero. Vectors begin `vectorBytes` apart, their elements `stepBytes`.
 */
export const packProcedure = (name: string, width: 6 | 8) => {
  const [from, vectorBytes, stepBytes] = [local("i32"), local("i32"), local("i32")];
  const [count, depth, to] = [local("i32"), local("i32"), local("i32")];
  const [first, lane] = [local("i32"), local("i32")];
  const panelBytes = 4 * width;
  return procedure(
    name,
    [from, vectorBytes, stepBytes, count, depth, to],
    [
      forRange(first, 0, count, width, [
        when(
          i32.and(i32.eq(vectorBytes, 4), i32.leS(i32.add(first, width), count)),
          [copyRuns(width, from, stepBytes, depth, to)],
          [
            forRange(lane, 0, width, 1, [
              when(
                i32.ltS(i32.add(first, lane), count),
                [
                  copyLane(
                    panelBytes,
                    i32.add(from, i32.mul(lane, vectorBytes)),
                    stepBytes,
                    depth,
                    i32.add(to, i32.shl(lane, 2)),
                  ),
                ],
                [clearLane(panelBytes, depth, i32.add(to, i32.shl(lane, 2)))],
              ),
            ]),
          ],
        ),
        advance(from, i32.mul(vectorBytes, width)),
        advance(to, i32.mul(depth, panelBytes)),
      ]),
    ],
  );
};

type Address = Expression<"i32">;

/** Vectors side by side: `width` elements at once. */
const copyRuns = (
  width: 6 | 8,
  from: Address,
  stepBytes: Address,
  depth: Address,
  to: Address,
): Statement => {
  const [source, target, left] = [local("i32"), local("i32"), local("i32")];
  return sequence(
    source.set(from),
    target.set(to),
    left.set(depth),
    countDown(left, [
      v128.store(target, v128.load(source)),
      width === 8
        ? v128.store(target, v128.load(source, 16), 16)
        : f64.store(target, f64.load(source, 16), 16),
      advance(source, stepBytes),
      advance(target, 4 * width),
    ]),
  );
};

/** One vector into its lane. */
const copyLane = (
  panelBytes: number,
  from: Address,
  stepBytes: Address,
  depth: Address,
  to: Address,
): Statement => {
  const [source, target, left] = [local("i32"), local("i32"), local("i32")];
  return sequence(
    source.set(from),
    target.set(to),
    left.set(depth),
    countDown(left, [
      f32.store(target, f32.load(source)),
      advance(source, stepBytes),
      advance(target, panelBytes),
    ]),
  );
};

const clearLane = (panelBytes: number, depth: Address, to: Address): Statement => {
  const [target, left] = [local("i32"), local("i32")];
  return sequence(
    target.set(to),
    left.set(depth),
    countDown(left, [f32.store(target, 0), advance(target, panelBytes)]),
  );
};
