/** Numbers and names of a module's bytes, read again: the inverse of `bytes.ts`. */

/** Reads from a place on; each reading moves it behind what was read. Behind the last byte there are zeros. */
export interface ByteReader {
  /** The next byte's. */
  readonly place: () => number;
  readonly byte: () => number;
  readonly take: (length: number) => Uint8Array;
  /** An unsigned integer below 2³². */
  readonly unsigned: () => number;
  /** A signed integer of 32 or 64 bits. */
  readonly signed: () => bigint;
  /** Items behind their number. */
  readonly list: <T>(item: () => T) => readonly T[];
  readonly name: () => string;
}

/** A reader of bytes. */
export const byteReader = (bytes: Uint8Array, start = 0): ByteReader => {
  let at = start;
  const byte = (): number => bytes[at++] ?? 0;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  const unsigned = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const next = byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value;
    }
  };
  const signed = (): bigint => {
    for (let value = 0n, bits = 0; ;) {
      const next = byte();
      value |= BigInt(next & 0x7f) << BigInt(bits);
      bits += 7;
      if (next < 0x80) return BigInt.asIntN(bits, value);
    }
  };
  return {
    place: () => at,
    byte,
    take,
    unsigned,
    signed,
    list: (item) => Array.from({ length: unsigned() }, item),
    name: () => String.fromCharCode(...take(unsigned())),
  };
};
