import { nextAfter64 } from "./next-after.js";

/**
 * The distance between a float64 and the exact value, in units in the last place of the exact value: what the
 * accuracy of these functions is stated in. Equal infinities, and two NaNs, have the distance 0.
 */
export const ulps = (found: number, exact: number): number => {
  if (Object.is(found, exact) || found === exact) return 0;
  const size = Math.abs(exact);
  const distance = Math.abs(found - exact) / (size - nextAfter64(size, 0));
  return Number.isNaN(distance) ? Infinity : distance;
};
