/** A module in a few lines: what it imports and exports, and how long its functions are. */

const sectionNames = [
  "custom",
  "types",
  "imports",
  "functions",
  "tables",
  "memories",
  "globals",
  "exports",
  "start",
  "elements",
  "code",
  "data",
  "data count",
];

/** The sizes of a module's parts: its sections, and its largest functions. */
export const showModule = (bytes: Uint8Array): string => {
  const lines = [`module of ${bytes.length} bytes`];
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at] ?? 0;
    const [length, start] = readUnsigned(bytes, at + 1);
    const [count, first] = readUnsigned(bytes, start);
    lines.push(`  ${sectionNames[id] ?? `section ${id}`}: ${id === 0 ? "" : `${count} in `}${length} bytes`);
    if (id === codeSection) lines.push(...functionLines(bytes, first, count));
    at = start + length;
  }
  return lines.join("\n");
};

const codeSection = 10;
const mostFunctions = 8;

const functionLines = (bytes: Uint8Array, first: number, count: number): readonly string[] => {
  const sizes: (readonly [number, number])[] = [];
  for (let place = 0, at = first; place < count; place++) {
    const [length, start] = readUnsigned(bytes, at);
    sizes.push([place, length]);
    at = start + length;
  }
  sizes.sort(([, a], [, b]) => b - a);
  return [
    ...sizes.slice(0, mostFunctions).map(([place, length]) => `    function ${place}: ${length} bytes`),
    ...(count > mostFunctions ? [`    … ${count - mostFunctions} smaller ones`] : []),
  ];
};

/** An unsigned LEB128 number, and where it ends. */
const readUnsigned = (bytes: Uint8Array, start: number): readonly [number, number] => {
  let value = 0;
  let scale = 1;
  for (let at = start; ; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) return [value, at + 1];
  }
};
