/** Copies of bytes inside of the memory. */

import { bytesOf } from "../tensor/dtype.js";
import { sequence } from "../wasm/control.js";
import { operand, statement, type Expression, type Statement } from "../wasm/expression.js";
import { i32 } from "../wasm/integer.js";
import type { BufferStorage } from "./storage.js";

/** A place in the memory: so many bytes behind a pointer. */
export interface Place {
  readonly pointer: Expression<"i32">;
  readonly offset: number;
}

/** The address of a place: its pointer, with the offset added. */
export const addressOf = ({ pointer, offset }: Place): Expression<"i32"> =>
  offset === 0 ? pointer : i32.add(pointer, offset);

/** Where an element of a buffer is. */
export const addressIn = (buffer: BufferStorage, element: number): Expression<"i32"> =>
  addressOf({ pointer: buffer.pointer, offset: buffer.offset + element * bytesOf(buffer.dtype) });

/** `memory.copy` */
const copyMemory = 0x0a;

/** Copies bytes inside of the memory; the two places may overlap. */
export const copyBytes = (to: Place, from: Place, bytes: number): Statement =>
  bytes === 0
    ? sequence()
    : statement(
        operand("memory.copy", "i32", addressOf(to)).code,
        operand("memory.copy", "i32", addressOf(from)).code,
        i32.const(bytes).code,
        [0xfc, copyMemory, 0x00, 0x00],
      );
