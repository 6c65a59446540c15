/** Numbers, names and sections as a module's bytes. */

/** An unsigned integer below 2³², seven bits a byte, the lowest first (LEB128). */
export const unsigned = (value: number): readonly number[] => {
  const bytes: number[] = [];
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
};

/** A signed integer of 32 bits, in two's complement (signed LEB128). */
export const signed = (value: number): readonly number[] => {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
};

/** A signed integer of 64 bits. */
export const signedLong = (value: bigint): readonly number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asIntN(64, value);
  for (; rest < -64n || rest > 63n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest & 0x7fn)];
};

/** A float32, its lowest byte first. */
export const float32Bytes = (value: number): readonly number[] => {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return [...new Uint8Array(view.buffer)];
};

/** A float64, its lowest byte first. */
export const float64Bytes = (value: number): readonly number[] => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return [...new Uint8Array(view.buffer)];
};

/** A name: its length, and its characters, which are ASCII. */
export const nameBytes = (name: string): readonly number[] => [
  ...unsigned(name.length),
  ...Array.from(name, (character) => character.charCodeAt(0)),
];

/** Items behind their number. */
export const vector = (items: readonly (readonly number[])[]): readonly number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];

/** A section behind its number and its length; nothing if it has no items. */
export const section = (id: number, items: readonly (readonly number[])[]): readonly number[] => {
  if (items.length === 0) return [];
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
};
