/**
 * √(a² + b²) within 1 ulp, without overflow or underflow on the way: Infinity if either is infinite, the other
 * NaN or not, as IEEE 754 has it.
 */
export const hypot = (a: number, b: number): number => {
  const squares = a * a + b * b;
  if (squares > LEAST && squares < Infinity) return Math.sqrt(squares);
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) return Infinity;
  // A power of two scales exactly.
  const scale = squares > LEAST ? 2 ** 600 : 2 ** -600;
  const left = a / scale;
  const right = b / scale;
  return Math.sqrt(left * left + right * right) * scale;
};

/** Above this a square that has left the normal numbers does not count. */
const LEAST = 2 ** -900;
