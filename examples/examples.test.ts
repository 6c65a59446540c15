/** Every example prints what stands in the `.expected.txt` beside it, line by line. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { format } from "node:util";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";

const here = import.meta.dirname;
const expectedOf = (program: string): string => program.replace(/\.ts$/, ".expected.txt");
const namesIn = (folder: string): readonly string[] =>
  readdirSync(join(here, folder)).map((name) => (folder === "" ? name : `${folder}/${name}`));

const programs = [...namesIn("seeds"), "hessian.ts", "per-example-gradients.ts"].filter((name) =>
  name.endsWith(".ts"),
);

/** What a program prints when it is loaded. */
const outputOf = async (program: string): Promise<string> => {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...parts) => void lines.push(format(...parts)));
  try {
    await import(pathToFileURL(join(here, program)).href);
  } finally {
    log.mockRestore();
  }
  return lines.map((line) => `${line}\n`).join("");
};

const read = (name: string): string => readFileSync(join(here, name), "utf8");

describe.each(programs)("%s", (program) => {
  it("prints what is expected", async () => {
    const expected = read(expectedOf(program));
    expect((await outputOf(program)).split("\n")).toEqual(expected.split("\n"));
  });

  it("stands in the README", () => {
    expect(read("README.md")).toContain(`(${program})`);
  });
});

it.each([...programs, "start.ts", "property-test.test.ts"])("%s has less than 80 lines", (program) => {
  expect(read(program).trimEnd().split("\n").length).toBeLessThan(80);
});

it("expects nothing of a program that is not there", () => {
  const expected = [...namesIn("seeds"), ...namesIn("")].filter((name) => name.endsWith(".expected.txt"));
  expect(expected.map((name) => basename(name)).sort()).toEqual(
    programs.map((name) => basename(expectedOf(name))).sort(),
  );
});
