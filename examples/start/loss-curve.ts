/** The losses of a run as a curve in the terminal. */

import plot from "simple-ascii-chart";

/** The mean loss of every twenty steps. */
export const lossCurve = (losses: readonly number[]): string => {
  const every = 20;
  const points = Array.from({ length: Math.floor(losses.length / every) }, (_, part): [number, number] => {
    const some = losses.slice(part * every, (part + 1) * every);
    return [(part + 1) * every, some.reduce((sum, loss) => sum + loss, 0) / every];
  });
  return plot(points, {
    title: "loss over steps",
    width: 64,
    height: 12,
    customXAxisTicks: [every, ...quarters(losses.length)],
    formatter: (value, { axis }) => (axis === "y" ? value.toFixed(2) : value),
  });
};

const quarters = (length: number): readonly number[] => [0.25, 0.5, 0.75, 1].map((part) => part * length);
