import { dtypeOf, orThrow, shapeOf, toArray } from "@cotangent/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digitBytes, idxBytes } from "../../test/idx-bytes.js";
import { messageOf } from "../../../core/test/message-of.js";
import { idx } from "./idx.js";
import { mnist } from "./mnist.js";

/** The bytes of numbers, big end first. */
const bytesOf = (
  bytes: number,
  write: (view: DataView, at: number, x: number) => void,
  values: readonly number[],
) => {
  const view = new DataView(new ArrayBuffer(bytes * values.length));
  values.forEach((value, place) => {
    write(view, place * bytes, value);
  });
  return new Uint8Array(view.buffer);
};

describe("idx", () => {
  const kinds = [
    {
      code: 0x08,
      dtype: "int32",
      bytes: (x: readonly number[]) => bytesOf(1, (v, at, n) => v.setUint8(at, n), x),
      values: [0, 7, 255],
    },
    {
      code: 0x09,
      dtype: "int32",
      bytes: (x: readonly number[]) => bytesOf(1, (v, at, n) => v.setInt8(at, n), x),
      values: [-128, 0, 127],
    },
    {
      code: 0x0b,
      dtype: "int32",
      bytes: (x: readonly number[]) => bytesOf(2, (v, at, n) => v.setInt16(at, n), x),
      values: [-32768, 1, 258],
    },
    {
      code: 0x0c,
      dtype: "int32",
      bytes: (x: readonly number[]) => bytesOf(4, (v, at, n) => v.setInt32(at, n), x),
      values: [-(2 ** 31), 1, 66051],
    },
    {
      code: 0x0d,
      dtype: "float32",
      bytes: (x: readonly number[]) => bytesOf(4, (v, at, n) => v.setFloat32(at, n), x),
      values: [-0.5, 1e30, Infinity],
    },
    {
      code: 0x0e,
      dtype: "float64",
      bytes: (x: readonly number[]) => bytesOf(8, (v, at, n) => v.setFloat64(at, n), x),
      values: [0.1, -1e300, NaN],
    },
  ];

  it.each(kinds)("reads the type $code as $dtype", ({ code, dtype, bytes, values }) => {
    const file = idxBytes(
      code,
      [1, 3],
      bytes(values).map((byte) => byte),
    );
    const x = orThrow(idx(file));
    expect([dtypeOf(x), shapeOf(x) as unknown]).toEqual([dtype, [1, 3]]);
    const read: unknown = toArray(x);
    expect(read).toEqual([code === 0x0d ? values.map(Math.fround) : values]);
  });

  it("reads a part of a larger buffer, empty arrays, and scalars", () => {
    const file = idxBytes(8, [2], [3, 4]);
    const buffer = new Uint8Array(file.length + 5);
    buffer.set(file, 5);
    expect(toArray(orThrow(idx(buffer.subarray(5)))) as unknown).toEqual([3, 4]);
    expect(shapeOf(orThrow(idx(idxBytes(8, [0, 3], [])))) as unknown).toEqual([0, 3]);
    expect(toArray(orThrow(idx(idxBytes(8, [], [9])))) as unknown).toBe(9);
  });

  it("gives nothing of a file that is cut off, or has more than it says", () => {
    const file = idxBytes(
      0x0c,
      [2, 2],
      Array.from({ length: 16 }, (_, i) => i),
    );
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.uint8Array({ minLength: 1, maxLength: 5 }), (length, more) => {
        expect(idx(file.subarray(0, length))._tag).toBe("Left");
        expect(idx(Uint8Array.of(...file, ...more))._tag).toBe("Left");
      }),
    );
  });

  it("never throws, whatever the bytes", () => {
    const headed = fc.tuple(
      fc.constantFrom(8, 9, 11, 12, 13, 14, 15),
      fc.nat(4),
      fc.uint8Array({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          headed.map(([code, rank, rest]) => Uint8Array.of(0, 0, code, rank, ...rest)),
        ),
        (bytes) => {
          expect(["Left", "Right"]).toContain(idx(bytes)._tag);
        },
      ),
    );
  });

  it("says what is wrong", () => {
    const files = [
      Uint8Array.of(),
      Uint8Array.of(0, 0, 8),
      Uint8Array.of(0x1f, 0x8b, 8, 0, 0),
      Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0),
      Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1),
      idxBytes(8, [3], [1, 2]),
      idxBytes(8, [2], [1, 2, 3]),
      idxBytes(8, [2 ** 31, 2 ** 31, 2 ** 31], []),
    ];
    expect(files.map((file) => messageOf(() => orThrow(idx(file)))).join("\n\n")).toMatchSnapshot();
  });
});

describe("mnist", () => {
  const [train, test] = [digitBytes([5, 0, 4]), digitBytes([7], 255)];
  const source = {
    trainImages: train.images,
    trainLabels: train.labels,
    testImages: test.images,
    testLabels: test.labels,
  };

  it("gives grey values from 0 to 1, and labels", () => {
    const digits = orThrow(mnist(source));
    expect(shapeOf(digits.train.images)).toEqual([3, 28, 28]);
    expect(toArray(digits.train.labels)).toEqual([5, 0, 4]);
    expect(toArray(digits.train.images)[0]?.[0]?.[0]).toBe(Math.fround(0.2));
    expect(toArray(digits.test.images)[0]?.[27]?.[27]).toBe(1);
    expect(dtypeOf(digits.test.labels)).toBe("int32");
  });

  it("says what is wrong, and in which file", () => {
    const sources = [
      { ...source, trainImages: train.images.subarray(0, 1000) },
      { ...source, testLabels: train.labels },
      { ...source, trainLabels: train.images },
      { ...source, testImages: test.labels },
      { ...source, testImages: idxBytes(8, [1, 2, 2], [1, 2, 3, 4]) },
      { ...source, testLabels: idxBytes(8, [1], [10]) },
    ];
    expect(sources.map((one) => messageOf(() => orThrow(mnist(one)))).join("\n\n")).toMatchSnapshot();
  });
});
