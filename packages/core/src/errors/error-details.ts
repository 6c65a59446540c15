/** What went wrong, as data: told apart by its kind. */

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
  | "LawBroken"
  | "DuplicateLibrary"
  | "DonatedTensor"
  | "OutOfMemory"
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
