/** Numbers, names and sections as a module's bytes. */

/** Bytes that are not written any more. */
export type Bytes = readonly number[] | Uint8Array;

/** Numbers of one byte, which most are. */
const short: readonly (readonly number[])[] = /* @__PURE__ */ Array.from({ length: 128 }, (_, value) => [
  value,
]);

/** An unsigned integer below 2³², seven bits a byte, the lowest first (LEB128). */
export const unsigned = (value: number): readonly number[] => {
  if (value >= 0 && value < 128) return short[value]!; // an integer
  const bytes: number[] = [];
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return bytes;
};

/** A signed integer of 32 bits, in two's complement (signed LEB128). */
export const signed = (value: number): readonly number[] => {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest & 0x7f);
  return bytes;
};

/** A signed integer of 64 bits. */
export const signedLong = (value: bigint): readonly number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asIntN(64, value);
  for (; rest < -64n || rest > 63n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest & 0x7fn)];
};

/** Where a number's bytes are read. */
const view = /* @__PURE__ */ new DataView(new ArrayBuffer(8));

/** The four bytes of an integer of 32 bits, the lowest first. */
export const int32Bytes = (value: number): readonly number[] => [
  value & 0xff,
  (value >> 8) & 0xff,
  (value >> 16) & 0xff,
  value >>> 24,
];

const bytesAt = (place: number): readonly number[] => int32Bytes(view.getInt32(place, true));

/** The eight bytes of an integer of 64 bits, the lowest first. */
export const int64Bytes = (value: number | bigint): readonly number[] => {
  view.setBigInt64(0, BigInt(value), true);
  return [...bytesAt(0), ...bytesAt(4)];
};

/** A float32, its lowest byte first. */
export const float32Bytes = (value: number): readonly number[] => {
  view.setFloat32(0, value, true);
  return bytesAt(0);
};

/** A float64, its lowest byte first. */
export const float64Bytes = (value: number): readonly number[] => {
  view.setFloat64(0, value, true);
  return [...bytesAt(0), ...bytesAt(4)];
};

/** A name: its length, and its characters, which are ASCII. */
export const nameBytes = (name: string): readonly number[] => [
  ...unsigned(name.length),
  ...Array.from(name, (character) => character.charCodeAt(0)),
];

/** Bytes behind one another. */
export const joined = (parts: readonly Bytes[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
};

/** Items behind their number. */
export const vector = (items: readonly Bytes[]): Uint8Array => joined([unsigned(items.length), ...items]);

/** Bytes behind their number. */
export const counted = (content: Uint8Array): Uint8Array => joined([unsigned(content.length), content]);

/** A section behind its number and its length; nothing if it has no items. */
export const section = (id: number, items: readonly Bytes[]): Bytes =>
  items.length === 0 ? [] : joined([[id], counted(vector(items))]);
