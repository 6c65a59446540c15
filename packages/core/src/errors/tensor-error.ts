/** What went wrong, as data: a tagged union that `renderError` turns into text. */

import { renderError } from "./render.js";

/** The kinds of error that a program can tell apart by `error.kind`. */
export type ErrorKind =
  | "ShapeMismatch"
  | "DTypeMismatch"
  | "UnsupportedDType"
  | "AxisOutOfRange"
  | "IndexOutOfRange"
  | "InvalidArgument"
  | "RaggedArray"
  | "NotScalar"
  | "NotDifferentiable"
  | "TreeMismatch"
  | "NotALeaf"
  | "LeakedTracer"
  | "HostRead"
  | "Coercion"
  | "AsyncFunction"
  | "KeyReuse"
  | "GradientMismatch"
  | "DuplicateLibrary"
  | "MalformedData"
  | "MissingFile";

/** Everything that an error says: what was expected, what came, where, and how to fix it. */
export interface ErrorDetails {
  readonly kind: ErrorKind;
  /** The public name of the operation that refused. */
  readonly operation: string;
  /** One sentence without a final full stop. */
  readonly problem: string;
  /** Labelled facts, one a line: what was expected, what came. */
  readonly found?: readonly (readonly [label: string, text: string])[];
  /** Where in the tree of arguments. */
  readonly path?: string;
  /** What to write instead. */
  readonly fix?: string;
}

/** The one error that the library throws, or gives as the left of an `Either`. */
export class TensorError extends Error {
  override readonly name = "TensorError";

  constructor(
    readonly details: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(renderError(details), options);
  }

  get kind(): ErrorKind {
    return this.details.kind;
  }
}

/** Makes an error from its details. */
export const tensorError = (details: ErrorDetails, cause?: unknown): TensorError =>
  new TensorError(details, cause === undefined ? undefined : { cause });

/** The same error with a path in front of the one it has. */
export const atPath = (error: TensorError, path: string): TensorError =>
  new TensorError({ ...error.details, path: path + (error.details.path ?? "") }, { cause: error.cause });
