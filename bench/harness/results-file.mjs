/** Reads a file of results: one JSON line a result, other lines ignored. */
import fs from "node:fs";

export const readResults = (file) =>
  fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
