/** The options of sliding windows, checked: lists with one entry an axis, and paddings by name. */

import { tensorError } from "../errors/tensor-error.js";
import { dilated, type Widths } from "../primitives/convolution-window.js";
import { showShape } from "../tensor/shape.js";
import { describe } from "../trace/operands.js";

/** Who asks, and how many axes the window slides along. */
export interface Sliding {
  readonly operation: string;
  /** What the axes are called: "spatial axis", "axis". */
  readonly axis: string;
  readonly inputs: readonly number[];
  readonly taps: readonly number[];
}

const showList = (list: unknown): string =>
  Array.isArray(list)
    ? `[${list.map((entry: unknown) => (Array.isArray(entry) ? `[${entry.map(String).join(", ")}]` : String(entry))).join(", ")}]`
    : describe(list);

const isPositive = (entry: unknown): entry is number => Number.isInteger(entry) && (entry as number) >= 1;

const isWidths = (entry: unknown): entry is Widths =>
  Array.isArray(entry) && entry.length === 2 && entry.every(Number.isInteger);

/** An option with one entry for each axis. */
const listOf = <T>(
  { operation, axis, inputs }: Sliding,
  name: string,
  given: unknown,
  isEntry: (entry: unknown) => entry is T,
  what: string,
  fix: string,
): readonly T[] => {
  if (Array.isArray(given) && given.length === inputs.length && given.every(isEntry)) return given;
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: `${name} must be ${what} for each ${axis}`,
    found: [
      ["expected", `a list of ${inputs.length}`],
      ["got", showList(given)],
    ],
    fix,
  });
};

/** Strides and dilations: 1 for each axis if left out. */
export const stepsOf = (sliding: Sliding, name: string, given: unknown): readonly number[] =>
  given === undefined ? sliding.inputs.map(() => 1) : positiveList(sliding, name, given);

/** One whole number from 1 on for each axis. */
export const positiveList = (sliding: Sliding, name: string, given: unknown): readonly number[] =>
  listOf(
    sliding,
    name,
    given,
    isPositive,
    "a list of one integer from 1 on",
    `write { ${name}: ${showShape(sliding.inputs.map(() => 2))} }`,
  );

/** What a padding by name means: as many places as give ceil(length / stride) outputs, the odd one behind; or none. */
const named = {
  SAME: (length: number, window: number, stride: number): Widths => {
    const total = Math.max((Math.ceil(length / stride) - 1) * stride + window - length, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  },
  VALID: (): Widths => [0, 0],
};

export type PaddingOf = Readonly<
  Record<keyof typeof named, (length: number, window: number, stride: number) => Widths>
>;

/** A padding by name or by widths, for windows whose taps stand `dilation` apart. */
export const paddingOf = (
  sliding: Sliding,
  given: unknown,
  strides: readonly number[],
  dilation: readonly number[],
  names: PaddingOf = named,
): readonly Widths[] => {
  const { operation, inputs, taps } = sliding;
  if (given === undefined || given === "SAME" || given === "VALID") {
    return inputs.map((length, axis) =>
      names[given ?? "VALID"](length, dilated(taps[axis] ?? 1, dilation[axis] ?? 1), strides[axis] ?? 1),
    );
  }
  if (typeof given === "string") {
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: `there is no padding ${JSON.stringify(given)}`,
      found: [["expected", `"SAME", "VALID", or one [low, high] for each ${sliding.axis}`]],
      fix: `write { padding: "SAME" }, or { padding: ${showList(inputs.map(() => [1, 1]))} }`,
    });
  }
  return listOf(
    sliding,
    "padding",
    given,
    isWidths,
    "a list of one [low, high]",
    `write { padding: ${showList(inputs.map(() => [1, 1]))} }, "SAME" or "VALID"`,
  );
};

/** A negative padding must not crop more than there is. */
export const checkCropping = (
  { operation, axis, inputs }: Sliding,
  padding: readonly Widths[],
  inputDilation: readonly number[],
): void => {
  inputs.forEach((length, index) => {
    const [low, high] = padding[index] ?? [0, 0];
    const covered = dilated(length, inputDilation[index] ?? 1);
    if (low + covered + high >= 0) return;
    throw tensorError({
      kind: "InvalidArgument",
      operation,
      problem: `the padding crops more than ${axis} ${index} has`,
      found: [
        ["length", String(covered)],
        ["padding", `[${low}, ${high}]`],
      ],
      fix: `crop at most ${covered} in all, or pass positive widths: negative ones crop`,
    });
  });
};
