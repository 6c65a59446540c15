/** vmap: a function of one example becomes a function of a batch, without a loop. */

import type { VMap } from "../types/map.js";
import type { Untyped } from "../types/tensor.js";
import { unwrap } from "../errors/either.js";
import { tensorError } from "../errors/tensor-error.js";
import { counted } from "../errors/words.js";
import { moveAxisTo } from "../primitives/reshape.js";
import { batchFront } from "../primitives/sum-broadcast.js";
import { normalizeAxis, showAval } from "../tensor/shape.js";
import { Value } from "../tensor/value.js";
import { BatchInterpreter, BatchTracer } from "../trace/batch.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { childPath } from "../tree/node.js";
import { pathsOf, type TreeStructure } from "../tree/flatten.js";
import { closeTree, openTree, pathsOfTensors, type Tensors } from "../tree/tensors.js";
import { checkFunction, openResult, type UserFunction } from "./arguments.js";

interface Options {
  readonly inAxes?: unknown;
  readonly outAxes?: unknown;
  readonly axisSize?: number;
}

/**
 * Maps a function over an axis of its arguments: `vmap(f)(xs)[i] = f(xs[i])`.
 *
 * `inAxes` says which axis of each argument is mapped (0 by default), `null` shares the argument; a tree of
 * axes may stand for an argument that is a tree. `outAxes` says where the axis stands in the result.
 *
 * @throws TensorError when the mapped lengths differ, an axis is out of range, or nothing is mapped and `axisSize` is missing.
 * @see `jax.vmap`.
 * @example
 * ```ts
 * import { dot, tensor, toArray, vmap } from "@cotangent/core";
 *
 * const rows = tensor([[1, 2], [3, 4]]);
 * toArray(vmap((row) => dot(row, row))(rows)); // [5, 25]
 * ```
 */
export const vmap: VMap = (f: UserFunction, given?: Options): Untyped => {
  checkFunction("vmap", f);
  const options = optionsOf("vmap", given, ["inAxes", "outAxes", "axisSize"]);
  const { inAxes = 0, outAxes = 0 } = options;
  return (...args: readonly unknown[]): unknown => {
    const opened = openTree("vmap", args, "arguments");
    const axes = axesOf(
      opened,
      Array.isArray(inAxes) ? checkCount(inAxes, args.length) : args.map(() => inAxes),
      "inAxes",
    );
    const mapped = opened.tensors.map((value, index) => {
      const axis = axes[index] ?? null;
      return axis === null
        ? null
        : moveAxisTo(value, unwrap(normalizeAxis("vmap", axis, value.shape.length)), 0);
    });
    const size = sizeOf(opened, mapped, options.axisSize);
    return mapBatch(size, (interpreter) => {
      const result = runWith(interpreter, () => {
        const from = pathsOfTensors(opened);
        const leaves = opened.tensors.map((value, index) => {
          const batch = mapped[index] ?? null;
          return batch === null ? value : new BatchTracer(interpreter, batch, from(index));
        });
        return openResult("vmap", f(...(closeTree(opened, leaves) as never[])));
      });
      return closeTree(result, outputsOf(interpreter, result, outAxes));
    });
  };
};

const mapBatch = <A>(size: number, run: (interpreter: BatchInterpreter) => A): A => {
  const interpreter = new BatchInterpreter(currentInterpreter(), size);
  try {
    return run(interpreter);
  } finally {
    interpreter.active = false;
  }
};

/** Maps a function of leaves over the first axis of all of them; so do all its results have it. */
export const mapLeaves = (
  size: number,
  batches: readonly Value[],
  f: (leaves: readonly Value[]) => readonly Value[],
): readonly Value[] =>
  mapBatch(size, (interpreter) => {
    const results = runWith(interpreter, () =>
      f(batches.map((batch) => new BatchTracer(interpreter, batch))),
    );
    return results.map((result) =>
      interpreter.owns(result) ? result.value : batchFront(result, false, size),
    );
  });

const outputsOf = (interpreter: BatchInterpreter, result: Tensors, outAxes: unknown): readonly Value[] => {
  const axes = axesOf(result, outAxes, "outAxes");
  return result.tensors.map((output, index) => {
    const axis = axes[index] ?? null;
    const batched = interpreter.owns(output);
    if (axis === null) {
      if (!batched) return output;
      throw tensorError({
        kind: "InvalidArgument",
        operation: "vmap",
        problem: "outAxes is null where the result differs from one example to the next",
        found: [["got", showAval(output)]],
        fix: "give the axis of the result where the examples shall stand: outAxes: 0",
      });
    }
    const batch = batched ? output.value : batchFront(output, false, interpreter.size);
    return moveAxisTo(batch, 0, unwrap(normalizeAxis("vmap", axis, batch.shape.length)));
  });
};

const checkCount = (inAxes: readonly unknown[], count: number): readonly unknown[] => {
  if (inAxes.length === count) return inAxes;
  throw tensorError({
    kind: "InvalidArgument",
    operation: "vmap",
    problem: "inAxes must have one entry an argument",
    found: [
      ["inAxes", `a list of ${inAxes.length}`],
      ["given", counted(count, "argument")],
    ],
    fix: "give one axis (or null) for each argument, or one number for all",
  });
};

/** One axis a tensor: a number or null stands for a whole subtree. */
const axesOf = (tree: Tensors, specification: unknown, name: string): readonly (number | null)[] => {
  const axes: (number | null)[] = [];
  let next = 0;
  const visit = (structure: TreeStructure, given: unknown, path: string): void => {
    if (structure.kind === "leaf") {
      if (tree.leaves[next++] instanceof Value) axes.push(axisOf(given, path));
      return;
    }
    const shared = given === null || typeof given === "number";
    structure.children.forEach((child, index) => {
      const key = structure.keys[index] ?? "";
      const inner = childPath(path, structure.kind, key);
      visit(child, shared ? given : childOf(given, key, inner), inner);
    });
  };
  visit(tree.structure, specification, name);
  return axes;
};

const childOf = (given: unknown, key: string, path: string): unknown => {
  if (typeof given === "object" && given !== null && Object.hasOwn(given, key))
    return (given as Readonly<Record<string, unknown>>)[key];
  throw axisError(given, path);
};

const axisOf = (given: unknown, path: string): number | null => {
  if (given === null || Number.isInteger(given)) return given as number | null;
  throw axisError(given, path);
};

const axisError = (given: unknown, path: string): Error =>
  tensorError({
    kind: "InvalidArgument",
    operation: "vmap",
    problem: "an axis to map must be an integer or null",
    found: [["got", describe(given)]],
    path,
    fix: "give 0 for the first axis, null for an argument that all examples share, or a tree of these",
  });

const sizeOf = (opened: Tensors, mapped: readonly (Value | null)[], axisSize: number | undefined): number => {
  const tensorPaths = pathsOf(opened).filter((_, index) => opened.leaves[index] instanceof Value);
  const lengths = mapped.flatMap((value, index) =>
    value === null ? [] : [{ length: value.shape[0] ?? 0, path: tensorPaths[index] ?? "" }],
  );
  const size = axisSize ?? lengths[0]?.length;
  if (size === undefined || !Number.isInteger(size) || size < 0) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "vmap",
      problem: axisSize === undefined ? "no argument is mapped" : "axisSize must be a non-negative integer",
      found: axisSize === undefined ? [] : [["axisSize", String(axisSize)]],
      fix: "map at least one tensor, or say how long the mapped axis is: { axisSize: 10 }",
    });
  }
  if (lengths.some(({ length }) => length !== size)) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation: "vmap",
      problem: "the mapped axes differ in length",
      found: [
        ...(axisSize === undefined ? [] : [["axisSize", String(axisSize)] as const]),
        ...lengths.map(({ length, path }) => [path, `length ${length}`] as const),
      ],
      fix: "give arguments of one length along the mapped axes, or null in inAxes for those that are shared",
    });
  }
  return size;
};
