/** decode: what io-ts finds wrong becomes one error of the library. */

import type { Either } from "fp-ts/lib/Either.js";
import type { Context, Decoder, Errors, ValidationError } from "io-ts";
import { left, right } from "../errors/either.js";
import { tensorError, type TensorError } from "../errors/tensor-error.js";
import { optionsOf } from "../trace/options.js";
import { childPath } from "../tree/node.js";
import { showJson } from "./show-json.js";

/** How the error of {@link decode} begins. */
export interface DecodeOptions {
  /** Who refuses; `decode` if left out. */
  readonly operation?: string | undefined;
}

/**
 * Data as a codec understands it, or one error that says what was expected, what came, and where.
 *
 * The problem of the error is the message of io-ts where the codec gives one; what was expected, the name of the codec
 * at that place. Of the parts of a union, the one speaks that understood the most.
 *
 * @example
 * ```ts
 * import { decode } from "@cotangent/core/io";
 * import * as t from "io-ts";
 *
 * const options = t.type({ learningRate: t.number, betas: t.tuple([t.number, t.number]) });
 * decode(options)({ learningRate: 0.1, betas: [0.9, "high"] }); // Left: at betas[1], expected number, got "high"
 * ```
 */
export const decode = <A>(
  codec: Decoder<unknown, A>,
  options?: DecodeOptions,
): ((data: unknown) => Either<TensorError, A>) => {
  const { operation = "decode" } = optionsOf("decode", options, ["operation"]);
  return (data) => {
    const result = codec.decode(data);
    return result._tag === "Right" ? right(result.right) : left(malformed(operation, result.left));
  };
};

/** Something wrong, in words. */
interface Finding {
  readonly problem: string | undefined;
  readonly expected: string;
  readonly got: string;
  readonly path: string;
}

/** How many findings are listed. */
const listed = 5;

const malformed = (operation: string, errors: Errors): TensorError => {
  const findings = withoutRepeats(spokesmen(errors).map(finding));
  const [first] = findings;
  if (findings.length === 1 && first !== undefined) {
    return tensorError({
      kind: "MalformedData",
      operation,
      problem: first.problem ?? "the data is not as expected",
      found: [
        ["expected", first.expected],
        ["got", first.got],
      ],
      ...(first.path === "" ? {} : { path: first.path }),
    });
  }
  const more = findings.length - listed;
  return tensorError({
    kind: "MalformedData",
    operation,
    problem: `the data is not as expected in ${findings.length} places`,
    found: [
      ...findings
        .slice(0, listed)
        .map(
          ({ expected, got, path }) =>
            [path === "" ? "data" : path, `expected ${expected}, got ${got}`] as const,
        ),
      ...(more > 0 ? [["…", `${more} more`] as const] : []),
    ],
  });
};

const finding = ({ message, value, context }: ValidationError): Finding => ({
  problem: message,
  expected: context.at(-1)?.type.name ?? "other data",
  got: showJson(value),
  path: pathOf(context),
});

const withoutRepeats = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(
    ({ path, expected }, index) =>
      findings.findIndex((one) => one.path === path && one.expected === expected) === index,
  );

/** Entries of a context that are no step into the data: the parts of unions and intersections. */
const isPart = (context: Context, index: number): boolean => {
  const outer: unknown = context[index - 1]?.type;
  return tagOf(outer) === "UnionType" || tagOf(outer) === "IntersectionType";
};

const tagOf = (type: unknown): unknown =>
  typeof type === "object" && type !== null && "_tag" in type ? type._tag : undefined;

const pathOf = (context: Context): string =>
  context
    .reduce(
      (path, { key }, index) =>
        index === 0 || isPart(context, index)
          ? path
          : childPath(path, Array.isArray(context[index - 1]?.actual) ? "array" : "object", key),
      "",
    )
    .replace(/^\./, "");

/** How far a context leads into the data. */
const depthOf = (context: Context): number => context.filter((_, index) => !isPart(context, index)).length;

const unionOf = ({ context }: ValidationError): Context =>
  context.slice(0, context.findIndex(({ type }) => tagOf(type) === "UnionType") + 1);

/** Of the errors of each union those that lead farthest into the data; where none does, that of the union itself. */
const spokesmen = (errors: readonly ValidationError[]): readonly ValidationError[] => {
  const groups = new Map<unknown, readonly ValidationError[]>();
  errors.forEach((error) => {
    const union = unionOf(error);
    const place = union.length === 0 ? error : pathOf(union);
    groups.set(place, [...(groups.get(place) ?? []), error]);
  });
  return [...groups.values()].flatMap((group) => {
    const [union] = group.map(unionOf);
    const last = union?.at(-1);
    if (union === undefined || last === undefined) return group;
    const deepest = Math.max(...group.map(({ context }) => depthOf(context)));
    if (deepest === depthOf(union)) return [{ value: last.actual, context: union }];
    return group.filter(({ context }) => depthOf(context) === deepest);
  });
};
