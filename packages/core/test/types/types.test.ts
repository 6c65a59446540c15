/** The programs under `right/` compile; those under `wrong/` do not, each for the reason that messages.txt shows. */
import { beforeAll, describe, expect, test } from "vitest";
import { compile, type Findings, type Mistake } from "./fixtures.js";

/** The mistakes as a text: a file, what is wrong, and what the compiler says about it. */
const render = (mistakes: readonly Mistake[]): string =>
  [...new Set(mistakes.map(({ file }) => file))]
    .map((file) => {
      const entries = mistakes
        .filter((mistake) => mistake.file === file)
        .map(({ description, messages }) => `  ${description}\n    ${messages.join("\n    ")}\n`);
      return `${file}\n\n${entries.join("")}`;
    })
    .join("\n");

describe("types", () => {
  let findings: Findings;

  beforeAll(() => {
    findings = compile();
  });

  test("right programs compile, and every expected mistake is one", () => {
    expect(findings.complaints).toEqual([]);
  });

  test("each wrong line has one mistake, and no other line has any", () => {
    expect(findings.mistakes.filter(({ messages }) => messages.length !== 1)).toEqual([]);
    expect(findings.unexpected).toEqual([]);
  });

  test("the messages are readable", async () => {
    await expect(render(findings.mistakes)).toMatchFileSnapshot("messages.txt");
  });
});
