/** The code blocks of the documentation: of Markdown files, and of `@example` in docstrings. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface CodeBlock {
  /** Where it stands: file and line. */
  readonly place: string;
  readonly code: string;
}

const fence = /^```ts\n([\s\S]*?)^```$/gm;

const blocksIn = (place: string, text: string, of: string): readonly CodeBlock[] =>
  [...text.matchAll(fence)].map((match) => ({
    place: `${place}:${of.slice(0, of.indexOf(match[1] ?? "")).split("\n").length}`,
    code: match[1] ?? "",
  }));

/** The blocks of a Markdown file. */
export const markdownBlocks = (root: string, file: string): readonly CodeBlock[] => {
  const text = readFileSync(path.join(root, file), "utf8");
  return blocksIn(file, text, text);
};

const docstring = /\/\*\*[\s\S]*?\*\//g;

/** The `@example` blocks of all sources below a folder. */
export const docstringBlocks = (root: string, folder: string): readonly CodeBlock[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(root, folder, file), "utf8");
      return [...text.matchAll(docstring)].flatMap(([comment]) => {
        const bare = comment.replaceAll(/^ *\* ?/gm, "");
        const line = text.slice(0, text.indexOf(comment)).split("\n").length;
        return blocksIn("", bare, bare).map(({ code }) => ({
          place: `${path.join(folder, file)}:${line}`,
          code,
        }));
      });
    });

/** A value that a comment states behind an expression: `item(x); // 9`. */
const stated =
  /^(?!(?:const|let|import|export|return|type|interface|for|if|class|\/\/|\}|\*))(\S.*);\s*\/\/ (.+)$/;

/** The block with every stated value turned into a check: `check(item(x), "9")`. */
export const withChecks = (code: string): string =>
  code
    .split("\n")
    .map((line) => {
      const [, expression, value] = stated.exec(line) ?? [];
      return expression === undefined || value === undefined
        ? line
        : `check(${expression}, ${JSON.stringify(value)});`;
    })
    .join("\n");
