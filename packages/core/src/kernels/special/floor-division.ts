/**
 * Division rounded down and what it leaves, as Python and NumPy define them: the remainder has the sign of the
 * divisor, a zero remainder too, and a = floorDivide(a, b) b + floorMod(a, b) up to rounding.
 */

/** a - b ⌊a / b⌋. NaN for b = 0 and for infinite a; ±b for infinite b and an a of the other sign. */
export const floorMod = (a: number, b: number): number => {
  const remainder = a % b;
  if (remainder === 0) return b < 0 ? -0 : 0;
  return remainder < 0 === b < 0 ? remainder : remainder + b;
};

/** ⌊a / b⌋, exact where a / b would round up to an integer. a / b for b = 0, NaN for infinite a. */
export const floorDivide = (a: number, b: number): number => {
  if (b === 0) return a / b;
  const remainder = a % b;
  // a - remainder is a multiple of b, so that the quotient is an integer but for its rounding.
  const towardZero = (a - remainder) / b;
  const quotient = remainder !== 0 && remainder < 0 !== b < 0 ? towardZero - 1 : towardZero;
  return quotient === 0 ? zeroSignedAs(a / b) : Math.round(quotient);
};

const zeroSignedAs = (x: number): number => (x < 0 || Object.is(x, -0) ? -0 : 0);
