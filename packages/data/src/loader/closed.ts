/** An io-ts codec of objects that knows every name. */

import * as t from "io-ts";

/** An object with some of these properties and no others. */
export const closed = <P extends t.Props>(name: string, properties: P): t.Type<t.TypeOf<t.PartialC<P>>> => {
  const open = t.partial(properties, name);
  const known = Object.keys(properties);
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
        [...context, { key, type: nothing(known), actual }],
        `there is no option ${key}`,
      );
    },
    t.identity,
  );
};

const nothing = (known: readonly string[]): t.Type<undefined> =>
  new t.Type(
    `one of the names ${known.join(", ")}`,
    (u): u is undefined => u === undefined,
    (u, context) => t.failure(u, context),
    () => undefined,
  );
