/** JSON there and back. */

import type * as t from "io-ts";
import { decode } from "../src/io/decode.js";

/** What is left of a value that is written as text and read again. */
export const throughText = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

/** What a codec reads, or the message of what it refuses. */
export const readBy = (codec: t.Decoder<unknown, unknown>, json: unknown): unknown => {
  const result = decode(codec)(json);
  return result._tag === "Left" ? result.left.message : result.right;
};
