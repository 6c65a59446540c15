/** What running a case needs beside the case: the library, the precision, and what its file shares among cases. */

import { namespaceOf, type Library } from "./names.js";
import type { Precision } from "./precision.js";
import type { Core, Fft, Linalg } from "./signatures.js";
import type { JsonRecord } from "./json.js";

export interface Context {
  readonly library: Library;
  readonly core: Core;
  readonly linalg: Linalg;
  readonly fft: Fft;
  readonly precision: Precision;
  /** The whole file: some cases share a problem or gradients that stand there once. */
  readonly file: JsonRecord;
  /** Where the case is in the folder: "ops/linalg.json". */
  readonly path: string;
}

export const contextOf = (
  library: Library,
  precision: Precision,
  path: string,
  file: JsonRecord,
): Context => ({
  library,
  core: namespaceOf<Core>(library, "@cotangent/core"),
  linalg: namespaceOf<Linalg>(library, "@cotangent/core/linalg"),
  fft: namespaceOf<Fft>(library, "@cotangent/core/fft"),
  precision,
  file,
  path,
});

/** Runs one case of a file: returns when it agrees, throws otherwise. */
export type RunCase = (record: JsonRecord, context: Context) => void;

/** Thrown by a case that has no run in this precision. */
export class NotRun extends Error {
  override readonly name = "NotRun";
}

/** Every case may have these beside its own fields. */
export const sharedFields = ["name", "note", "tolerance", "differs"] as const;
