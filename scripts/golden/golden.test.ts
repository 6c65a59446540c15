import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { library } from "./fixtures/library.js";
import { report } from "./report.js";
import { runFolder, type Result } from "./run.js";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));

describe("the golden runner", () => {
  let results: readonly Result[] = [];
  beforeAll(async () => {
    results = await runFolder(library, fixtures);
  });

  const namesOf = (file: string, status: Result["status"]): readonly string[] =>
    results.filter((result) => result.file === file && result.status === status).map(({ name }) => name);

  it("passes what agrees", () => {
    expect(namesOf("ops/elementwise.json", "passed")).toEqual([
      "right",
      "within its own tolerance",
      "special values",
      "right derivatives",
      "not differentiated",
      "throws",
      "policy",
    ]);
    expect(namesOf("optax.json", "passed")).toEqual(["right"]);
  });

  it("sees what must fail", () => {
    expect(namesOf("ops/elementwise.json", "failed")).toEqual([
      "wrong element",
      "wrong shape",
      "wrong dtype",
      "wrong sign of zero",
      "wrong gradient",
      "wrong tangent",
      "should throw",
      "unknown operation",
      "unknown field",
      "unknown parameter",
    ]);
    expect(namesOf("optax.json", "failed")).toEqual(["wrong", "unknown kind", "unknown option"]);
    expect(namesOf("unheard-of.json", "failed")).toEqual(["no runner"]);
  });

  it("counts what the library does not have, also where a case must throw", () => {
    expect(namesOf("ops/elementwise.json", "missing")).toEqual(["missing", "missing and throws"]);
    expect(namesOf("optax.json", "missing")).toEqual(["missing"]);
  });

  it("skips what differs", () => {
    expect(namesOf("ops/elementwise.json", "differs")).toEqual(["differs"]);
  });

  it("has no runner for worked examples", () => {
    expect(results.some(({ file }) => file === "seeds.json")).toBe(false);
  });

  it("runs only what is asked for", async () => {
    const some = await runFolder(library, fixtures, {
      only: (file, name) => file === "ops/elementwise.json" && name.startsWith("wrong"),
    });
    expect(some.map(({ name }) => name)).toEqual([
      "wrong element",
      "wrong shape",
      "wrong dtype",
      "wrong sign of zero",
      "wrong gradient",
      "wrong tangent",
    ]);
  });

  it("converts to float32, and compares as float32", async () => {
    const single = await runFolder(library, fixtures, {
      precision: "float32",
      only: (file, name) => file === "ops/elementwise.json" && name === "right",
    });
    expect(single.map(({ status }) => status)).toEqual(["passed"]);
  });

  it("reports each failure, the missing names, and the counts last", () => {
    expect(report(results).join("\n")).toMatchInlineSnapshot(`
      "FAILED ops/elementwise.json wrong element
        Mismatch: outputs[0] at [1, 1]: expected 11, got 10 (difference 1.00e+0, tolerance 1e-10; 1 of 4 differ)
      FAILED ops/elementwise.json wrong shape
        Mismatch: outputs[0]: expected shape [1, 2], got [2]
      FAILED ops/elementwise.json wrong dtype
        Mismatch: outputs[0]: expected dtype float32, got float64
      FAILED ops/elementwise.json wrong sign of zero
        Mismatch: outputs[0] at [0]: expected -0, got 0 (difference 0.00e+0, tolerance 1e-10; 1 of 1 differ)
      FAILED ops/elementwise.json wrong gradient
        Mismatch: gradients[0] at [1]: expected 13, got 12.000000000025324 (difference 1.00e+0, tolerance 0.000001; 1 of 2 differ)
      FAILED ops/elementwise.json wrong tangent
        Mismatch: outputTangents[0] at [0]: expected 3, got 1.9999999999992246 (difference 1.00e+0, tolerance 0.000001; 1 of 2 differ)
      FAILED ops/elementwise.json should throw
        Mismatch: expected an error, but the call returned
      FAILED ops/elementwise.json unknown operation
        BadCase: unknown operation frobnicate
      FAILED ops/elementwise.json unknown field
        BadCase: unknown field "colour"
      FAILED ops/elementwise.json unknown parameter
        BadCase: neg: unknown parameter colour
      FAILED optax.json wrong
        Mismatch: output at [1]: expected 0.25, got 0.5 (difference 2.50e-1, tolerance 1e-9; 1 of 2 differ)
      FAILED optax.json unknown kind
        BadCase: unknown kind "colour"
      FAILED optax.json unknown option
        BadCase: unknown option colour
      FAILED unheard-of.json no runner
        BadCase: no runner for this file
      The library does not have yet:
        @cotangent/optim: sgd (1 case)
        erf (1 case)
        matmul (1 case)
      1 differ
      8 passed, 14 failed, 3 missing"
    `);
  });

  it("fails on a folder that is not there", async () => {
    await expect(runFolder(library, join(fixtures, "nowhere"))).rejects.toThrow("ENOENT");
  });
});
