/** Options of optimisers: io-ts codecs that know every name and its range, for JSON and for code alike. */

import { TensorError } from "@cotangent/core";
import { decode } from "@cotangent/core/io";
import * as t from "io-ts";
import type { Schedule } from "./schedule.js";

const only = <A>(name: string, is: (u: unknown) => u is A): t.Type<A> =>
  new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);

const numberWhere = (name: string, holds: (x: number) => boolean): t.Type<number> =>
  only(name, (u): u is number => typeof u === "number" && holds(u));

/** Any number but NaN and the infinities. */
export const finite = /* @__PURE__ */ numberWhere("a finite number", Number.isFinite);

export const nonNegative = /* @__PURE__ */ numberWhere("a number from 0 on", (x) => x >= 0 && x < Infinity);

export const positive = /* @__PURE__ */ numberWhere("a number above 0", (x) => x > 0 && x < Infinity);

const isDecay = (u: unknown): u is number => typeof u === "number" && u >= 0 && u < 1;

/** The decays of two averages. */
export const decays = /* @__PURE__ */ only(
  "a list of two numbers from 0 to below 1",
  (u): u is readonly [number, number] => Array.isArray(u) && u.length === 2 && u.every(isDecay),
);

/** Options given in code, checked by the codec that reads them from JSON. @throws TensorError */
export const optionsOf = <A>(operation: string, codec: t.Decoder<unknown, A>, options: unknown): A => {
  const decoded = decode(codec, { operation })(options);
  if (decoded._tag === "Right") return decoded.right;
  throw new TensorError({ ...decoded.left.details, kind: "InvalidArgument" });
};

/** The same, where the learning rate may be a schedule: a function, of which JSON has none. */
export const optionsWithSchedule = <A extends { readonly learningRate?: number | undefined }>(
  operation: string,
  codec: t.Decoder<unknown, A>,
  options: { readonly learningRate?: number | Schedule },
): Omit<A, "learningRate"> & { readonly learningRate?: number | Schedule | undefined } => {
  const { learningRate, ...others } = options;
  if (typeof learningRate !== "function") return optionsOf(operation, codec, options);
  return { ...optionsOf(operation, codec, others), learningRate };
};
