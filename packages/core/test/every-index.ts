/** Every index of a shape, in row-major order. */
export const everyIndex = (shape: readonly number[]): readonly (readonly number[])[] =>
  shape.reduce<readonly (readonly number[])[]>(
    (all, length) => all.flatMap((before) => Array.from({ length }, (_, index) => [...before, index])),
    [[]],
  );

/** Where the element of an index is, for the steps of its axes: Σ index · step. */
export const offsetOf = (index: readonly number[], steps: readonly number[]): number =>
  index.reduce((offset, place, axis) => offset + place * (steps[axis] ?? 0), 0);
