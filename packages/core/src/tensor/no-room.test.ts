/** Tensors that no heap holds. */

import { describe, expect, it } from "vitest";
import { add, arange, attempt, broadcastTo, eye, jit, scalar, zeros, type Tensor } from "@cotangent/core";

/** The square of this is more than a process can address. */
const large = 2 ** 23;
const plusOne = (x: Tensor): Tensor => add(broadcastTo(x, [large, large]), 1);

describe("a tensor that is too large", () => {
  const mistakes: Readonly<Record<string, () => unknown>> = {
    zeros: () => zeros([large, large]),
    arange: () => arange(1, large * large),
    eye: () => eye(large),
    "the result of an operation": () => plusOne(scalar(1)),
    "the result of a kernel that allocates for itself": () => arange(large * large),
    "a value of an interpreted program": () => jit(plusOne, { backend: "interpreter" })(scalar(1)),
  };
  it.each(Object.entries(mistakes))("%s", (_name, mistake) => {
    const result = attempt(mistake);
    expect(result).toMatchObject({ left: { kind: "OutOfMemory", cause: expect.any(RangeError) as unknown } });
    expect(result._tag === "Left" ? result.left.message : result.right).toMatchSnapshot();
  });
});
