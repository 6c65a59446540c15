/** Which of a contestant's variants stands for it in a comparison. */

/** Whether more is better. */
export const isRate = ({ unit }) => ["GFLOP/s", "GB/s"].includes(unit);

const outOfCompetition = /noread|naive/;
const neutral = /^(plain|process|idiomatic)/;
const compiled = /^(jit|scan|whole)/;

/** `eager` or `jit`; `both` for what knows no such difference. */
const family = (variant) => (neutral.test(variant) ? "both" : compiled.test(variant) ? "jit" : "eager");

const competes = (line, mode) =>
  line.median !== null &&
  line.partial !== true &&
  !outOfCompetition.test(line.variant) &&
  (mode === "best" || family(line.variant) === "both" || family(line.variant) === mode);

const isBetter = (a, b) => (isRate(a) ? a.median > b.median : a.median < b.median);

/**
 * The fastest line of a contestant at a workload, among the variants of `mode` (`best`, `eager`, `jit`), or
 * undefined.
 */
export const bestLine = (lines, workload, contestant, mode = "best") =>
  lines
    .filter((line) => line.workload === workload && line.contestant === contestant && competes(line, mode))
    .reduce((best, line) => (best === undefined || isBetter(line, best) ? line : best), undefined);

/** How many times slower `line` is than `other`: 1 is as fast, below 1 is faster. */
export const timesSlower = (line, other) =>
  isRate(line) ? other.median / line.median : line.median / other.median;
