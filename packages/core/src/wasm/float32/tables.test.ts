import { expect, it } from "vitest";
import { numbersOf } from "./points.js";
import { erfPoints, tableBytes, tanhPoints, writeTables } from "./tables.js";

it("tables lie one behind the other, whole, and end with what rounds to 1", () => {
  const memory = new ArrayBuffer(2 * tableBytes);
  writeTables(memory);
  let end = 4;
  for (const points of [tanhPoints, erfPoints]) {
    const numbers = numbersOf(points);
    expect(points.address).toBeGreaterThanOrEqual(end);
    expect(new Float32Array(memory, points.address, numbers.length)).toEqual(numbers);
    expect(Math.fround(points.at(points.bound)[0] ?? 0)).toBe(1);
    end = points.address + numbers.byteLength;
  }
  expect(tableBytes).toBeGreaterThanOrEqual(end);
  expect(new Uint8Array(memory, end).every((byte) => byte === 0)).toBe(true);
});
