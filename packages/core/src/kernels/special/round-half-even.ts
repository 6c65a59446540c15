/**
 * x rounded to the nearest integer, a tie to the even one, with the sign of x also where the result is zero.
 *
 * From 2⁵² to 2⁵³ the float64s are the integers, so that adding 2⁵² rounds as the processor does: half to even.
 */
export const roundHalfEven = (x: number): number => {
  if (x > 0) return x < TWO_TO_52 ? x + TWO_TO_52 - TWO_TO_52 : x;
  if (x < 0) return x > -TWO_TO_52 ? -(TWO_TO_52 - x - TWO_TO_52) : x;
  return x;
};

const TWO_TO_52 = 2 ** 52;
