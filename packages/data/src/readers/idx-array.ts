/** The bytes of an IDX file as an array, or what is wrong with them. */

import { TensorError, type ErrorDetails, type Shape } from "@cotangent/core";
import * as E from "fp-ts/lib/Either.js";

/** An array as an IDX file holds it; bytes stay bytes. */
export interface IdxArray {
  readonly shape: Shape;
  readonly data: Uint8Array | Int32Array | Float32Array | Float64Array;
}

/** A type of elements: its name, how many bytes one takes, how they are read, big end first. */
interface Elements {
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView, count: number) => IdxArray["data"];
}

const reader =
  (bytes: number, at: (view: DataView, position: number) => number) =>
  (view: DataView) =>
  (_: unknown, index: number): number =>
    at(view, index * bytes);

const int8 = /* @__PURE__ */ reader(1, (view, position) => view.getInt8(position));
const int16 = /* @__PURE__ */ reader(2, (view, position) => view.getInt16(position));
const int32 = /* @__PURE__ */ reader(4, (view, position) => view.getInt32(position));
const float32 = /* @__PURE__ */ reader(4, (view, position) => view.getFloat32(position));
const float64 = /* @__PURE__ */ reader(8, (view, position) => view.getFloat64(position));

const byCode: Readonly<Record<number, Elements>> = {
  0x08: {
    name: "unsigned bytes",
    bytes: 1,
    read: (view, length) => new Uint8Array(view.buffer, view.byteOffset, length),
  },
  0x09: { name: "signed bytes", bytes: 1, read: (view, length) => Int32Array.from({ length }, int8(view)) },
  0x0b: { name: "shorts", bytes: 2, read: (view, length) => Int32Array.from({ length }, int16(view)) },
  0x0c: { name: "integers", bytes: 4, read: (view, length) => Int32Array.from({ length }, int32(view)) },
  0x0d: { name: "floats", bytes: 4, read: (view, length) => Float32Array.from({ length }, float32(view)) },
  0x0e: { name: "doubles", bytes: 8, read: (view, length) => Float64Array.from({ length }, float64(view)) },
};

/** Reads a whole file: its header and exactly the elements that it announces. */
export const idxArray = (operation: string, bytes: Uint8Array): E.Either<TensorError, IdxArray> => {
  const malformed = (details: Omit<ErrorDetails, "kind" | "operation">): E.Either<TensorError, never> =>
    E.left(new TensorError({ kind: "MalformedData", operation, ...details }));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [zero, alsoZero, code = 0, rank = 0] = bytes;
  if (bytes.length < 4) {
    return malformed({
      problem: "the header is cut off",
      found: [["got", `${bytes.length} bytes`]],
      fix: "fetch the file again",
    });
  }
  const elements = byCode[code];
  if (zero !== 0 || alsoZero !== 0 || elements === undefined) {
    return malformed({
      problem: "this is no IDX file",
      found: [
        ["expected", "the bytes 0, 0, one of 8 9 11 12 13 14, and a number of axes"],
        ["got", bytes.subarray(0, 4).join(", ")],
      ],
      fix:
        zero === 0x1f && alsoZero === 0x8b
          ? "it is gzipped: unpack it first"
          : "give the bytes of the file as they are",
    });
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    return malformed({
      problem: "the header is cut off",
      found: [
        ["expected", `${rank} axes, ${header} bytes`],
        ["got", `${bytes.length} bytes`],
      ],
      fix: "fetch the file again",
    });
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((size, length) => size * length, 1);
  const expected = header + count * elements.bytes;
  if (bytes.length !== expected) {
    return malformed({
      problem: bytes.length < expected ? "the data are cut off" : "there are bytes after the data",
      found: [
        ["expected", `${expected} bytes, for ${elements.name} [${shape.join(", ")}]`],
        ["got", `${bytes.length} bytes`],
      ],
      fix: "fetch the file again",
    });
  }
  const body = new DataView(bytes.buffer, bytes.byteOffset + header, count * elements.bytes);
  return E.right({ shape, data: elements.read(body, count) });
};
