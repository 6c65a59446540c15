/** Brackets, lines and ellipses: the outline of a printed array, whatever its elements are. */

/** The elements that are printed: all along an axis, or `edge` at each end of it with an ellipsis between. */
export interface Outline {
  readonly lengths: readonly number[];
  /** For each axis, the number of elements before its ellipsis; undefined without one. */
  readonly gaps: readonly (number | undefined)[];
}

/** Which elements of an array of this shape are printed, as row-major positions, and how they lie. */
export const outlineOf = (
  shape: readonly number[],
  edge: number,
): { readonly outline: Outline; readonly positions: readonly number[] } => {
  const gaps = shape.map((length) => (length > 2 * edge ? edge : undefined));
  const lengths = shape.map((length) => Math.min(length, 2 * edge));
  let positions = [0];
  shape.forEach((length, axis) => {
    const kept = lengths[axis] ?? 0;
    const skipped = length - kept;
    const indices = Array.from({ length: kept }, (_, i) => (i < edge ? i : i + skipped));
    positions = positions.flatMap((position) => indices.map((index) => position * length + index));
  });
  return { outline: { lengths, gaps }, positions };
};

/** The cells, in row-major order, in nested brackets; rows are broken where they would pass `lineWidth`. */
export const layOut = (cells: readonly string[], outline: Outline, lineWidth: number): string => {
  const { lengths, gaps } = outline;
  const block = (axis: number, first: number, size: number, indent: string): string => {
    const length = lengths[axis] ?? 0;
    const step = size / length;
    const last = axis === lengths.length - 1;
    const items = Array.from({ length }, (_, i) => {
      const start = first + i * step;
      return last ? (cells[start] ?? "") : block(axis + 1, start, step, `${indent} `);
    });
    const gap = gaps[axis];
    if (gap !== undefined) items.splice(gap, 0, "...");
    if (last) return `[${brokenRow(items, indent, lineWidth - indent.length)}]`;
    const separator = "\n".repeat(lengths.length - 1 - axis);
    return `[${items.join(separator + indent)}]`;
  };
  return block(0, 0, cells.length, " ");
};

/** The words of a row, broken into lines of at most `width` characters; an indent stands before all but the first. */
const brokenRow = (words: readonly string[], indent: string, width: number): string => {
  const lines: string[] = [];
  let line = "";
  words.forEach((word, i) => {
    if (line !== "" && indent.length + line.length + word.length > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += i === words.length - 1 ? word : `${word} `;
  });
  return [...lines, line].join(`\n${indent}`);
};
