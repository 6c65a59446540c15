/** Rows of text in columns. */

/** Aligns the columns of rows, the first of which is the heading. */
export const renderTable = (
  alignments: readonly ("left" | "right")[],
  rows: readonly (readonly string[])[],
): string => {
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => {
          const width = widths[column] ?? 0;
          return alignments[column] === "right" ? text.padStart(width) : text.padEnd(width);
        })
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
};
