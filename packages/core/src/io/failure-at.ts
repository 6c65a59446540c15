/** Errors of io-ts at a place below the one that a codec looks at. */

import * as t from "io-ts";

/** A codec that only says what it expects. */
export const named = (name: string): t.Decoder<unknown, never> => ({
  name,
  validate: (value, context) => t.failure(value, context),
  decode: (value) => t.failure(value, []),
});

/** What stands under a key is not what is expected there. */
export const failureAt = (
  context: t.Context,
  key: string | number,
  expected: string,
  actual: unknown,
): t.ValidationError => ({
  value: actual,
  context: [...context, { key: String(key), type: named(expected), actual }],
});
