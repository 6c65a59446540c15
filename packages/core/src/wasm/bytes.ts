/** Numbers, names and sections as a module's bytes. */

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

const bytesInView = (count: 4 | 8): readonly number[] =>
  Array.from({ length: count }, (_, place) => view.getUint8(place));

/** A float32, its lowest byte first. */
export const float32Bytes = (value: number): readonly number[] => {
  view.setFloat32(0, value, true);
  return bytesInView(4);
};

/** A float64, its lowest byte first. */
export const float64Bytes = (value: number): readonly number[] => {
  view.setFloat64(0, value, true);
  return bytesInView(8);
};

/** A name: its length, and its characters, which are ASCII. */
export const nameBytes = (name: string): readonly number[] => [
  ...unsigned(name.length),
  ...Array.from(name, (character) => character.charCodeAt(0)),
];

/** Appends bytes. */
export const append = (bytes: number[], more: readonly number[]): void => {
  // A loop: a module has more bytes than a call may have arguments.
  for (const byte of more) bytes.push(byte);
};

/** Items behind their number. */
export const vector = (items: readonly (readonly number[])[]): readonly number[] => {
  const bytes = [...unsigned(items.length)];
  for (const item of items) append(bytes, item);
  return bytes;
};

/** A section behind its number and its length; nothing if it has no items. */
export const section = (id: number, items: readonly (readonly number[])[]): readonly number[] => {
  if (items.length === 0) return [];
  const content = vector(items);
  const bytes = [id, ...unsigned(content.length)];
  append(bytes, content);
  return bytes;
};
