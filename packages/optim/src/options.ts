/** Options of optimisers: io-ts codecs that know every name and its range, for JSON and for code alike. */

import { TensorError } from "@cotangent/core";
import { decode } from "@cotangent/core/io";
import * as t from "io-ts";
import type { Schedule } from "./schedule.js";

const numberWhere = (name: string, holds: (x: number) => boolean): t.Type<number> => {
  const is = (u: unknown): u is number => typeof u === "number" && holds(u);
  return new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);
};

/** Any number but NaN and the infinities. */
export const finite = /* @__PURE__ */ numberWhere("a finite number", Number.isFinite);

export const nonNegative = /* @__PURE__ */ numberWhere("a number from 0 on", (x) => x >= 0 && x < Infinity);

export const positive = /* @__PURE__ */ numberWhere("a number above 0", (x) => x > 0 && x < Infinity);

/** The decay of an average. */
export const decay = /* @__PURE__ */ numberWhere("a number from 0 to below 1", (x) => x >= 0 && x < 1);

/** An object with these properties and no others. */
export const closed = <R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
): t.Type<t.TypeOf<t.TypeC<R>> & t.TypeOf<t.PartialC<O>>> => {
  const open = t.intersection([t.type(required), t.partial(optional)], name);
  const known = [...Object.keys(required), ...Object.keys(optional)];
  const excess = (u: unknown): string | undefined =>
    typeof u === "object" && u !== null ? Object.keys(u).find((key) => !known.includes(key)) : undefined;
  return new t.Type(
    name,
    (u): u is t.TypeOf<typeof open> => open.is(u) && excess(u) === undefined,
    (u, context) => {
      const key = excess(u);
      if (key === undefined || typeof u !== "object" || u === null) return open.validate(u, context);
      const actual: unknown = Object.getOwnPropertyDescriptor(u, key)?.value;
      return t.failure(
        actual,
        [...context, { key, type: noSuchOption(known), actual }],
        `unknown name: ${key}`,
      );
    },
    t.identity,
  );
};

const noSuchOption = (known: readonly string[]): t.Type<undefined> =>
  new t.Type(
    `nothing: the names are ${known.join(", ")}`,
    (u): u is undefined => u === undefined,
    (u, context) => t.failure(u, context),
    () => undefined,
  );

/** Options given in code, checked by the codec that reads them from JSON. @throws TensorError */
export const optionsOf = <A>(operation: string, codec: t.Type<A>, options: unknown): A => {
  const decoded = decode(codec)(options);
  if (decoded._tag === "Right") return decoded.right;
  throw new TensorError({ ...decoded.left.details, kind: "InvalidArgument", operation });
};

/** The same, where the learning rate may be a schedule: a function, of which JSON has none. */
export const optionsWithSchedule = <A extends { readonly learningRate?: number | undefined }>(
  operation: string,
  codec: t.Type<A>,
  options: { readonly learningRate?: number | Schedule },
): Omit<A, "learningRate"> & { readonly learningRate?: number | Schedule | undefined } => {
  const { learningRate, ...others } = options;
  if (typeof learningRate !== "function") return optionsOf(operation, codec, options);
  return { ...optionsOf(operation, codec, others), learningRate };
};
