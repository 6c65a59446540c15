/** checkGradients: the derivatives of a function, forward and reverse and of them again, against central differences. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { sizeOfShape } from "../tensor/shape.js";
import { compareDerivatives, startsOf, type Mismatch, type Mode, type Place } from "./compare-derivatives.js";
import { pointOf, type FloatingLeaf, type Point } from "./in-float64.js";
import { kinkError, mismatchError, placeOf } from "./gradient-errors.js";
import { pull, push, type ListFunction } from "./transformed.js";
import { optionsOf } from "../trace/options.js";

/** The options of `checkGradients`. */
export interface GradientOptions {
  /** How often the function is differentiated; 2 if left out. */
  readonly order?: number;
  /** Both if left out: each mode is checked, and at higher orders each over each. */
  readonly modes?: readonly Mode[];
  /** The first step of the differences, relative to elements above 1; the others are 1/2, 1/4, … of it. 0.01 if left out. */
  readonly eps?: number;
  /** `|analytic - numeric| <= atol + rtol · |numeric|`, beside the error of the differences themselves; 1e-6 and 1e-8 if left out. */
  readonly rtol?: number;
  readonly atol?: number;
  /** "report" (if left out) throws where there is no derivative, "skip" leaves such elements out. */
  readonly kinks?: "report" | "skip";
  /** Elements of the inputs, and of the outputs, that are compared, evenly chosen where there are more; 64 if left out. */
  readonly elements?: number;
}

const gradientOptions = ["order", "modes", "eps", "rtol", "atol", "kinks", "elements"] as const;

/** What was compared. */
export interface GradientReport {
  /** Pairs of an analytic and a numeric derivative. */
  readonly compared: number;
  /** Where there was no derivative: skipped. */
  readonly kinks: readonly string[];
}

/** A function of the tuple `P`, whose parameters may be wider than the primals given. */
type Of<P extends readonly unknown[]> = (...primals: P) => unknown;

interface Settings extends Required<GradientOptions> {
  readonly point: Point;
}

/**
 * Checks the derivatives of a function of trees at the primals, element by element: `jvp` and `vjp`, and at order 2 the
 * derivatives of these, against central differences extrapolated to step 0.
 *
 * A float32 function is run in float64, tensors that it closes over included. Integer and bool tensors, and numbers, are
 * held. At a kink (where the derivatives from the two sides differ), at a jump or at the edge of the domain there is
 * nothing to compare with: it says so, or skips the element.
 *
 * @throws TensorError of kind `GradientMismatch`, which names the argument, the element, both values, the mode and the order.
 * @see `jax.test_util.check_grads`, `torch.autograd.gradcheck`; Ridders, Accurate computation of F'(x) and F'(x)F''(x), 1982.
 * @example
 * ```ts
 * import { mul, sin, square, tensor } from "@cotangent/core";
 * import { checkGradients } from "@cotangent/core/testing";
 *
 * checkGradients((x, y) => mul(sin(x), square(y)), [tensor([1, 2]), tensor([3, 4])]);
 * ```
 */
export const checkGradients = <const P extends readonly unknown[]>(
  f: Of<[...P]>,
  primals: P,
  options?: GradientOptions,
): GradientReport => {
  const point = pointOf(f, primals);
  const settings: Settings = {
    order: 2,
    modes: ["forward", "reverse"],
    eps: 1e-2,
    rtol: 1e-6,
    atol: 1e-8,
    kinks: "report",
    elements: 64,
    ...optionsOf("checkGradients", options, gradientOptions),
    point,
  };
  try {
    checkOptions(settings);
    return checkOrder(settings, point.f, point.outputs, 1, "");
  } finally {
    point.close();
  }
};

/** Checks a function, then the functions that each mode makes of it. */
const checkOrder = (
  settings: Settings,
  f: ListFunction,
  outputs: readonly FloatingLeaf[],
  order: number,
  over: string,
): GradientReport => {
  const { point, modes, elements } = settings;
  const found = compareDerivatives(
    point,
    f,
    outputs,
    choose(point.inputs, elements),
    choose(outputs, elements),
    modes,
    settings,
  );
  const level = { order, over, inputs: point.inputs, outputs };
  const [first] = found.kinks;
  if (first !== undefined && settings.kinks === "report") throw kinkError(first, level);
  const worst = found.mismatches.reduce<Mismatch | undefined>(
    (most, next) => (most === undefined || next.excess > most.excess ? next : most),
    undefined,
  );
  if (worst !== undefined) throw mismatchError(worst, found.mismatches.length, found.compared, level);
  const reports: GradientReport[] = [
    { compared: found.compared, kinks: found.kinks.map((kink) => placeOf(point.inputs, kink.input)) },
  ];
  if (order < settings.order) {
    for (const mode of modes) {
      const inner = `${mode}${over === "" ? "" : ` over ${over}`}`;
      reports.push(
        mode === "forward"
          ? checkOrder(
              settings,
              tangentsOf(point, f),
              outputs.map(({ path, shape }) => ({ path: `tangent of ${path}`, shape })),
              order + 1,
              inner,
            )
          : checkOrder(
              settings,
              cotangentsOf(point, f),
              point.inputs.map(({ path, shape }) => ({ path: `cotangent of ${path}`, shape })),
              order + 1,
              inner,
            ),
      );
    }
  }
  return {
    compared: reports.reduce((total, { compared }) => total + compared, 0),
    kinks: [...new Set(reports.flatMap(({ kinks }) => kinks))],
  };
};

/** The function's tangents along a fixed direction, and its cotangents for a fixed one. */
const tangentsOf =
  (point: Point, f: ListFunction): ListFunction =>
  (leaves) =>
    push(f, leaves, directions(point, leaves)).tangents.filter((tangent) => tangent !== null);
const cotangentsOf =
  (point: Point, f: ListFunction): ListFunction =>
  (leaves) => {
    const { outputs, back } = pull(f, leaves);
    return back(directions(point, outputs)).filter((cotangent) => cotangent !== null);
  };

/** Fixed directions without zeros: -1, -7/8, …, 1 in an order of their own. */
const directions = (point: Point, leaves: Parameters<ListFunction>[0]): ReturnType<ListFunction> =>
  leaves.map((leaf, index) =>
    point.like(
      leaf,
      Float64Array.from({ length: sizeOfShape(leaf.shape) }, (_, element) => {
        const eighths = ((5 * element + 3 * index + 2) % 16) - 8;
        return (eighths >= 0 ? eighths + 1 : eighths) / 8;
      }),
    ),
  );

/** At most so many elements of some leaves, evenly spread. */
const choose = (leaves: readonly FloatingLeaf[], most: number): readonly Place[] => {
  const starts = startsOf(leaves);
  const total = starts.at(-1) ?? 0;
  const count = Math.min(total, most);
  return Array.from({ length: count }, (_, index) => {
    const flat = Math.floor(((index + 0.5) * total) / count);
    const leaf = starts.findIndex((start) => start > flat) - 1;
    return { leaf, element: flat - (starts[leaf] ?? 0) };
  });
};

/** Refuses options that no type has checked. */
const checkOptions = ({ order, modes, elements }: Settings): void => {
  const wrong = (word: string, expected: string, got: unknown): TensorError =>
    tensorError({
      kind: "InvalidArgument",
      operation: "checkGradients",
      problem: `${word} must be ${expected}`,
      found: [["got", String(got)]],
      fix: 'leave it out for the default: { order: 2, modes: ["forward", "reverse"], elements: 64 }',
    });
  if (!Number.isInteger(order) || order < 1) throw wrong("order", "a whole number from 1 on", order);
  if (!Number.isInteger(elements) || elements < 1)
    throw wrong("elements", "a whole number from 1 on", elements);
  const known: readonly unknown[] = ["forward", "reverse"];
  if (modes.length === 0 || !modes.every((mode) => known.includes(mode)))
    throw wrong("modes", '"forward", "reverse" or both', modes.join(", "));
};
