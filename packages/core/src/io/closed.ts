/** Objects that have no other names than those known: options, where a misspelt one must not be lost. */

import * as t from "io-ts";
import { nearest } from "../errors/nearest.js";
import { failureAt } from "./failure-at.js";

type Value<P extends t.Props> = { readonly [K in keyof P]: t.TypeOf<P[K]> };
type Json<P extends t.Props> = { readonly [K in keyof P]: t.OutputOf<P[K]> };

/** An object of required properties `R` and optional ones `O`. */
type Closed<R extends t.Props, O extends t.Props> = t.Type<
  Value<R> & Partial<Value<O>>,
  Json<R> & Partial<Json<O>>
>;

/**
 * The codec of objects with these properties, some of them optional, and no others.
 *
 * Where a codec says nothing of its own, the error says what the property must be.
 *
 * @example
 * ```ts
 * import { closed, decode } from "@cotangent/core/io";
 * import * as t from "io-ts";
 *
 * const options = closed("the options", { learningRate: t.number }, { nesterov: t.boolean });
 * decode(options)({ learningRate: 0.1, nestrov: true }); // Left: there is no property nestrov (did you mean nesterov?)
 * ```
 */
export const closed = <R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
): Closed<R, O> => {
  const properties: t.Props = { ...required, ...optional };
  const known = Object.keys(properties);
  const present = (x: object): readonly (readonly [string, t.Mixed, unknown])[] =>
    Object.entries(properties).flatMap(([key, codec]) => {
      const value: unknown = Object.getOwnPropertyDescriptor(x, key)?.value;
      return value === undefined && !(key in required) ? [] : [[key, codec, value] as const];
    });
  const excess = (x: object): readonly string[] => Object.keys(x).filter((key) => !known.includes(key));
  const isObject = (u: unknown): u is object => typeof u === "object" && u !== null && !Array.isArray(u);
  const mapped = (x: object, f: (codec: t.Mixed, value: unknown) => unknown): object =>
    Object.fromEntries(present(x).map(([key, codec, value]) => [key, f(codec, value)]));

  return new t.Type(
    name,
    (u): u is Value<R> & Partial<Value<O>> =>
      isObject(u) && excess(u).length === 0 && present(u).every(([, codec, value]) => codec.is(value)),
    (u, context) => {
      if (!isObject(u)) return t.failure(u, context, `${name} must be an object`);
      const errors: t.ValidationError[] = excess(u).map((key) => ({
        ...failureAt(context, key, `one of ${known.join(", ")}`, key),
        message: `there is no property ${key}${suggestion(nearest(key, known))}`,
      }));
      const decoded = present(u).map(([key, codec, value]): readonly [string, unknown] => {
        const result = codec.validate(value, [...context, { key, type: codec, actual: value }]);
        if (result._tag === "Right") return [key, result.right];
        const message = `${key} must be ${codec.name}`;
        errors.push(...result.left.map((error) => ({ ...error, message: error.message ?? message })));
        return [key, undefined];
      });
      // Every property was decoded by its own codec.
      return errors.length > 0
        ? t.failures(errors)
        : t.success(Object.fromEntries(decoded) as Value<R> & Partial<Value<O>>);
    },
    (x) => mapped(x, (codec, value) => codec.encode(value)) as Json<R> & Partial<Json<O>>,
  );
};

const suggestion = (meant: string | undefined): string =>
  meant === undefined ? "" : ` (did you mean ${meant}?)`;
