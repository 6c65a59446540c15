/**
 * √(a² + b²) within 1 ulp, without overflow or underflow on the way: Infinity if either is infinite, the other
 * NaN or not, as IEEE 754 has it.
 */
export const hypot = (a: number, b: number): number => {
  const squares = a * a + b * b;
  if (squares > LEAST && squares < GREATEST) return Math.sqrt(squares);
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) return Infinity;
  // A power of two scales exactly.
  const scale = squares >= GREATEST ? 2 ** 600 : 2 ** -600;
  const left = a / scale;
  const right = b / scale;
  return Math.sqrt(left * left + right * right) * scale;
};

/** Between these no square that counts has left the normal numbers. */
const LEAST = 2 ** -900;
const GREATEST = 2 ** 1000;
