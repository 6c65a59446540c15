/** Which way a product is computed, and whether it or the transposed one. */

import { dotColumns, dotDepth, dotProducts } from "./dots.js";
import { byRows } from "./epilogue.js";
import { elementByElement, zeroProduct } from "./element-by-element.js";
import { outerProduct } from "./outer.js";
import type { Way } from "./product-code.js";
import { transposedProduct, type OrientedSpec } from "./spec.js";
import { tiledProduct } from "./tiled.js";

/** A product, or the transposed one in its place, and the way it is computed. */
export interface Choice {
  readonly spec: OrientedSpec;
  readonly way: Way;
}

/** Multiplications below which nothing is packed. */
const packingPays = 512;

/**
 * The way that suits the shapes and steps of a product best: outer product, dot products, tiles in place, element by
 * element, or tiles of packed panels.
 */
export const wayOf = (spec: OrientedSpec): Choice => {
  const other = transposedProduct(spec);
  const both = [spec, other];
  const first = (way: Way, fits: (spec: OrientedSpec) => boolean): Choice | undefined => {
    const found = both.find(fits);
    return found === undefined ? undefined : { spec: found, way };
  };
  if (spec.depth === 0) return { spec, way: byRows(zeroes) };
  return (
    first(byRows(outer), isOuter) ??
    first(byRows(dotProducts), isOfDots) ??
    first(tiledProduct, (of) => readsInPlace(of) && isFlat(of)) ??
    first(tiledProduct, (of) => readsInPlace(of) && of.out.columnStep === 1) ??
    first(tiledProduct, (of) => readsInPlace(of) && isSmall(of)) ??
    (isSmall(spec)
      ? { spec, way: byRows(elements) }
      : (first(tiledProduct, ({ out }) => out.columnStep === 1) ?? { spec, way: tiledProduct }))
  );
};

const zeroes: Way = (_procedures, lanes, spec) => zeroProduct(lanes, spec);
const outer: Way = (_procedures, lanes, spec) => outerProduct(lanes, spec);
const elements: Way = (_procedures, lanes, spec) => elementByElement(lanes, spec);

const isSmall = ({ rows, columns, depth }: OrientedSpec): boolean => rows * columns * depth < packingPays;

const readsInPlace = ({ right }: OrientedSpec): boolean => right.columnStep === 1;

/** Few rows keep all lanes busy, few columns do not; that is worth storing a result lane by lane. */
const isFlat = ({ rows, columns, depth, out }: OrientedSpec): boolean =>
  rows <= 3 && columns > rows && (out.columnStep === 1 || depth >= 8);

const isOuter = ({ depth, columns, right, out }: OrientedSpec): boolean =>
  depth === 1 && columns > 1 && right.columnStep === 1 && out.columnStep === 1;

/** The larger operand lies along the depth, and the smaller one is worth packing if it does not. */
const isOfDots = ({ rows, columns, depth, left, right }: OrientedSpec): boolean =>
  columns <= dotColumns &&
  columns <= rows &&
  depth >= dotDepth &&
  left.columnStep === 1 &&
  (right.rowStep === 1 || rows > columns);
