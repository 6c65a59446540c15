/** What laws speak about: a function of tensors and parameters, with the domain that its calls are drawn from. */

import { tensorError } from "../../errors/tensor-error.js";
import type { Backend } from "../../program/backend.js";
import type { Primitive } from "../../program/primitive.js";
import type { Samples } from "../../program/samples.js";
import type { Value } from "../../tensor/value.js";
import { bind } from "../../trace/interpreter.js";
import { describe } from "../../trace/operands.js";
import { openTree } from "../../tree/tensors.js";

/** A record, a function that carries one, or any function of tensors whose samples are given. */
export type Operation = Primitive | ((...operands: never[]) => unknown);

/** What a function that carries no record needs beside it. */
export interface SubjectOptions {
  /** The domain; the record's own if left out. The parameters of a case, unless undefined, are the last argument. */
  readonly samples?: Samples<unknown>;
  /** How it prints; the record's or the function's name if left out. */
  readonly name?: string;
  /** Where it is compiled; to WebAssembly if left out. */
  readonly backend?: Backend;
}

/** What laws speak about: a function of tensors and parameters, with the domain that it is tried on. */
export interface Subject {
  readonly name: string;
  readonly samples: Samples<unknown>;
  /** The record, where the subject is a primitive. */
  readonly primitive?: Primitive;
  readonly backend?: Backend;
  readonly call: (operands: readonly Value[], params: unknown) => readonly Value[];
}

const isRecord = (x: unknown): x is Primitive =>
  typeof x === "object" && x !== null && "evaluate" in x && "shape" in x && "samples" in x;

/** The record that an operation is, or carries. */
export const recordOf = (operation: unknown): Primitive | undefined =>
  isRecord(operation)
    ? operation
    : typeof operation === "function" && "primitive" in operation && isRecord(operation.primitive)
      ? operation.primitive
      : undefined;

/** The subject that an operation is. */
export const subjectOf = (operation: Operation, { samples, name, backend }: SubjectOptions): Subject => {
  const record = recordOf(operation);
  if (record !== undefined) {
    return {
      name: name ?? record.name,
      samples: samples ?? record.samples,
      primitive: record,
      ...(backend === undefined ? {} : { backend }),
      call: (operands, params) => bind(record, operands, params),
    };
  }
  if (typeof operation !== "function" || samples === undefined) {
    throw tensorError({
      kind: "InvalidArgument",
      operation: "laws",
      problem: "the operation carries no record of a primitive",
      found: [
        [
          "got",
          typeof operation === "function"
            ? `the function ${operation.name === "" ? "(without a name)" : operation.name}`
            : describe(operation),
        ],
      ],
      fix: 'say where its operands come from: laws(f, { samples: { operands: [{ min: -1, max: 1 }], dtypes: [["float64"]], cases: [{ shapes: [[3]], params: undefined }] } })',
    });
  }
  return {
    name: name ?? (operation.name === "" ? "f" : operation.name),
    samples,
    ...(backend === undefined ? {} : { backend }),
    call: (operands, params) => {
      const args = params === undefined ? operands : [...operands, params];
      return openTree("laws", operation(...(args as never[])), "result").tensors; // a user's function of tensors
    },
  };
};

/** Which modes differentiate a subject: a record may say that there is no rule. */
export interface Modes {
  readonly forward: boolean;
  readonly reverse: boolean;
}

/** The modes that a subject has a rule for; a function of a user has both. */
export const modesOf = ({ primitive }: Subject): Modes => {
  if (primitive === undefined) return { forward: true, reverse: true };
  const { jvp, split = jvp, reverse } = primitive;
  return { forward: !("noRule" in jvp), reverse: !("noRule" in split) && reverse === undefined };
};
