/** Tensors that are too large for the JavaScript heap. */

import { TensorError, tensorError } from "../errors/tensor-error.js";
import { showAval, type Aval } from "./shape.js";

/** Kernels that allocate do not know for which operation: who runs them says so afterwards. */
export const unnamed = "allocation";

/** The error of a storage that could not be made. */
export const noRoom = (operation: string, wanted: Aval, bytes: number, cause: unknown): TensorError =>
  tensorError(
    {
      kind: "OutOfMemory",
      operation,
      problem: "there is no room for a result on the JavaScript heap",
      found: [[operation === unnamed ? "wanted" : "result", `${showAval(wanted)}, ${bytes} bytes`]],
      fix: "make less, for example a sum of it, or compute in smaller batches",
    },
    cause,
  );

/** What a kernel threw; where it had no room, with its operation and the results that were to be computed. */
export const ofOperation = (error: unknown, operation: string, results: readonly Aval[]): unknown =>
  error instanceof TensorError && error.details.operation === unnamed
    ? new TensorError(
        {
          ...error.details,
          operation,
          found: [
            ...results.map((result) => ["result", showAval(result)] as const),
            ...(error.details.found ?? []),
          ],
        },
        { cause: error.cause },
      )
    : error;
