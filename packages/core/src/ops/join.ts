/** Tensors joined: along an axis that they have, or along a new one. */

import type { Concatenate, HStack, Stack, VStack } from "../types/join.js";
import { tensorError } from "../errors/tensor-error.js";
import { joinAlong } from "../primitives/concatenate-flip.js";
import { reshape } from "../primitives/reshape.js";
import { sameAval, showAval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import { asTensor, describe } from "../trace/operands.js";
import { optionsOf } from "../trace/options.js";
import { axisOf, type AxisOption } from "./axes.js";
import { implement } from "./implement.js";

/** At least one tensor. */
const tensorsOf = (operation: string, tensors: unknown): readonly [Value, ...Value[]] => {
  const [first, ...others] = Array.isArray(tensors)
    ? tensors.map((x: unknown) => asTensor(operation, x))
    : [];
  if (first !== undefined) return [first, ...others];
  throw tensorError({
    kind: "InvalidArgument",
    operation,
    problem: "there must be at least one tensor to join",
    found: [["got", describe(tensors)]],
    fix: `give a list of tensors: ${operation}([a, b])`,
  });
};

/**
 * Tensors one after another along an axis, the first by default. They must agree in dtype and in every other axis.
 *
 * @throws TensorError when there is none, one is a scalar, or they do not agree.
 * @example
 * ```ts
 * import { concatenate, tensor, toArray } from "@cotangent/core";
 *
 * toArray(concatenate([tensor([1, 2]), tensor([3])])); // [1, 2, 3]
 * ```
 */
export const concatenate: Concatenate = /* @__PURE__ */ implement(
  (tensors: unknown, options?: AxisOption): Value => {
    const { axis = 0 } = optionsOf("concatenate", options, ["axis"]);
    const values = tensorsOf("concatenate", tensors);
    if (values.some(({ shape }) => shape.length === 0)) {
      throw tensorError({
        kind: "ShapeMismatch",
        operation: "concatenate",
        problem: "scalars have no axis to be joined along",
        found: values.map((value, index) => [`tensor ${index}`, showAval(value)] as const),
        fix: "join scalars with stack([a, b])",
      });
    }
    return joinAlong(values, axisOf("concatenate", axis, values[0].shape.length));
  },
);

const stackAlong = (operation: string, values: readonly [Value, ...Value[]], axis: number): Value => {
  const [first] = values;
  if (values.some((value) => !sameAval(value, first))) {
    throw tensorError({
      kind: "ShapeMismatch",
      operation,
      problem: "tensors that are stacked must have one shape and one dtype",
      found: values.map((value, index) => [`tensor ${index}`, showAval(value)] as const),
      fix: "broadcastTo, reshape or convert the odd one; to join along an axis that they have use concatenate",
    });
  }
  const place = axisOf(operation, axis, first.shape.length + 1);
  const shape = [...first.shape.slice(0, place), 1, ...first.shape.slice(place)];
  return joinAlong(
    values.map((value) => reshape(value, shape)),
    place,
  );
};

/**
 * Tensors of one shape and dtype side by side along a new axis, which will have the number `axis`, 0 by default.
 *
 * @throws TensorError when there is none, they differ, or the axis is out of range.
 * @example
 * ```ts
 * import { stack, tensor, toArray } from "@cotangent/core";
 *
 * toArray(stack([tensor([1, 2]), tensor([3, 4])], { axis: 1 })); // [[1, 3], [2, 4]]
 * ```
 */
export const stack: Stack = /* @__PURE__ */ implement((tensors: unknown, options?: AxisOption): Value => {
  const { axis = 0 } = optionsOf("stack", options, ["axis"]);
  return stackAlong("stack", tensorsOf("stack", tensors), axis);
});

/**
 * Tensors side by side: scalars and vectors along their axis, all others along the second one.
 *
 * @throws TensorError when there is none, or they do not agree.
 * @example
 * ```ts
 * import { hStack, tensor, toArray } from "@cotangent/core";
 *
 * toArray(hStack([tensor([[1], [2]]), tensor([[3], [4]])])); // [[1, 3], [2, 4]]
 * ```
 */
export const hStack: HStack = /* @__PURE__ */ implement((tensors: unknown): Value => {
  const values = tensorsOf("hStack", tensors).map((value) =>
    value.shape.length === 0 ? reshape(value, [1]) : value,
  );
  return joinAlong(values, values.every(({ shape }) => shape.length === 1) ? 0 : 1);
});

/**
 * Tensors one above the other: scalars and vectors become rows, all others are joined along the first axis.
 *
 * @throws TensorError when there is none, or they do not agree.
 * @example
 * ```ts
 * import { tensor, toArray, vStack } from "@cotangent/core";
 *
 * toArray(vStack([tensor([1, 2]), tensor([3, 4])])); // [[1, 2], [3, 4]]
 * ```
 */
export const vStack: VStack = /* @__PURE__ */ implement((tensors: unknown): Value =>
  joinAlong(
    tensorsOf("vStack", tensors).map((value) =>
      value.shape.length < 2 ? reshape(value, [1, value.shape[0] ?? 1]) : value,
    ),
    0,
  ),
);
