/** A law as data, and how it is tried: every kind of call, with operands that fast-check draws and shrinks. */

import * as fc from "fast-check";
import { tensorError, type TensorError } from "../../errors/tensor-error.js";
import type { Aval } from "../../tensor/shape.js";
import { concrete } from "../../ops/read.js";
import type { AnyTensor } from "../../types/tensor.js";
import { Recorder } from "../../trace/record.js";
import { runWith } from "../../trace/interpreter.js";
import { optionsOf } from "../../trace/options.js";
import { makersOf, printCode } from "../print-code.js";
import { trials, visits, type Trial, type Wants } from "./draw.js";
import { Broken } from "./expect.js";
import { isDifferentiable, kindsOf, showKind, type Kind } from "./kind.js";
import type { Subject } from "./subject.js";

/** How often a law is tried, and from which seed. */
export interface LawOptions {
  /** Trials for each case of the samples with each choice of dtypes; 10 if left out. */
  readonly numRuns?: number;
  /** Where the draw begins; the same seed draws the same trials. 1 if left out. */
  readonly seed?: number;
}

/** What must hold of every operation, checked on one. */
export interface Law {
  readonly name: LawName;
  /** The operation that it is about. */
  readonly operation: string;
  /** The law in words. */
  readonly statement: string;
  /**
   * Tries the law on drawn operands.
   *
   * @throws TensorError with the smallest counterexample that was found, as code.
   */
  readonly check: (options?: LawOptions) => void;
  /**
   * Tries the law on these operands alone.
   *
   * @throws TensorError when it does not hold.
   */
  readonly at: (trial: LawCall) => void;
}

/** One trial of a law, as its counterexamples are printed. */
export interface LawCall {
  readonly operands: readonly AnyTensor[];
  readonly params?: unknown;
  readonly others?: readonly AnyTensor[];
  readonly tangents?: readonly AnyTensor[];
  readonly cotangents?: readonly AnyTensor[];
}

/** The laws by name; `laws` says what each of them states. */
export type LawName =
  "shape" | "views" | "jvp" | "transpose" | "linear" | "vmap" | "stage" | "jit" | "second order" | "float32";

/** A law: what it says, about which calls, and how it is seen not to hold. */
export interface LawRule {
  readonly name: LawName;
  readonly statement: string;
  readonly wants: Wants;
  /** Which kinds of call it speaks about. */
  readonly applies: (kind: Kind, kinds: readonly Kind[], subject: Subject) => boolean;
  /** Throws where the law does not hold. */
  readonly holds: (subject: Subject, trial: Trial) => void;
}

/** For a law that speaks about every kind of call. */
export const everyKind = (): boolean => true;
/** For a law that speaks about calls with a derivative. */
export const differentiableKinds = isDifferentiable;

/** The outputs of a call, without computing them. */
const outputsOf = (subject: Subject, kind: Kind): readonly Aval[] => {
  const recorder = new Recorder("laws");
  return runWith(recorder, () =>
    subject.call(
      kind.operands.map((operand) => recorder.input(operand)),
      kind.params,
    ),
  );
};

/** The law of one subject. */
export const lawOf = (rule: LawRule, subject: Subject): Law => ({
  name: rule.name,
  operation: subject.name,
  statement: rule.statement,
  check: (options) => {
    const { numRuns = 10, seed = 1 } = optionsOf("laws", options, ["numRuns", "seed"]);
    const kinds = kindsOf(subject.samples);
    checkSamples(subject, kinds);
    for (const kind of kinds) {
      if (!rule.applies(kind, kinds, subject)) continue;
      const outputs = outputsOf(subject, kind);
      const at = (trial: Trial): void => rule.holds(subject, trial);
      const kindName = showKind(subject.name, kind);
      const { failed, counterexample, errorInstance } = fc.check(
        fc.property(trials(kind, outputs, rule.wants), at),
        { numRuns, seed },
      );
      if (failed) throw lawError(rule, subject, counterexample?.[0], errorInstance, kindName, seed);
      for (const trial of visits(kind, outputs, rule.wants)) tryAt(rule, subject, trial, kindName);
    }
  },
  at: ({ operands, params = {}, others = [], tangents = [], cotangents = [] }) => {
    const read = (tensors: readonly AnyTensor[]): Trial["operands"] =>
      tensors.map((tensor) => concrete("laws", tensor));
    const trial: Trial = {
      operands: read(operands),
      params,
      others: read(others),
      tangents: read(tangents),
      cotangents: read(cotangents),
    };
    tryAt(rule, subject, trial, subject.name);
  },
});

const tryAt = (rule: LawRule, subject: Subject, trial: Trial, kind: string): void => {
  try {
    rule.holds(subject, trial);
  } catch (error) {
    throw lawError(rule, subject, trial, error, kind, undefined);
  }
};

/** Samples that draw nothing, or leave a dtype out, would let every law pass. */
const checkSamples = ({ name, samples }: Subject, kinds: readonly Kind[]): void => {
  const missing = samples.dtypes.filter(
    (dtypes) =>
      !kinds.some(({ operands }) =>
        operands.every(({ dtype }, index) => dtype === dtypes[Math.min(index, dtypes.length - 1)]),
      ),
  );
  if (missing.length === 0 && kinds.length > 0) return;
  throw tensorError({
    kind: "InvalidArgument",
    operation: name,
    problem:
      missing.length === 0
        ? "its samples have no case"
        : `its samples have no operands of ${missing.map((dtypes) => dtypes.join(", ")).join("; ")}`,
    fix: "give cases whose domains hold numbers of every dtype that is named",
  });
};

const lawError = (
  { name, statement }: LawRule,
  subject: Subject,
  trial: Trial | undefined,
  cause: unknown,
  kind: string,
  seed: number | undefined,
): TensorError => {
  const why =
    cause instanceof Broken
      ? cause.message
      : cause instanceof Error
        ? `${cause.name}: ${cause.message}`
        : String(cause);
  const code = trial === undefined ? "" : codeOf(name, subject, trial);
  return tensorError(
    {
      kind: "LawBroken",
      operation: subject.name,
      problem: `the law "${name}" does not hold: ${why.includes("\n") ? "it throws" : why}`,
      found: [
        ["law", statement],
        ["call", kind],
        ...(why.includes("\n") ? [["thrown", why] as const] : []),
        ...(seed === undefined ? [] : [["seed", String(seed)] as const]),
        ["code", code],
      ],
      fix: "mend the rule that the law names, or the samples if they leave its domain",
    },
    cause,
  );
};

/** The counterexample as a program that shows it again. */
const codeOf = (
  law: LawName,
  subject: Subject,
  { operands, params, others, tangents, cotangents }: Trial,
): string => {
  const entries = {
    operands,
    params,
    ...(others.length > 0 ? { others } : {}),
    ...(tangents.length > 0 ? { tangents } : {}),
    ...(cotangents.length > 0 ? { cotangents } : {}),
  };
  const body = Object.entries(entries).map(([key, value]) => `  ${key}: ${printCode(value)},`);
  const makers = makersOf(body.join("\n"));
  const name = /^[A-Za-z_$][\w$]*$/.test(subject.name) ? subject.name : "f";
  const called = subject.primitive === undefined ? `${name}, { samples }` : name;
  return [
    ...(makers.length === 0 ? [] : [`import { ${makers.join(", ")} } from "@cotangent/core";`]),
    `import { laws } from "@cotangent/core/testing";`,
    `laws(${called}).find((law) => law.name === ${JSON.stringify(law)})?.at({`,
    ...body,
    `});`,
  ].join("\n");
};
