/**
 * Copies the cases of `milestone.ts` from a folder of golden values into the packages' tests, one case a line.
 *
 *   tsx scripts/golden/copy.ts <folder>
 */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { asList, asRecord } from "./json.js";
import { milestone } from "./milestone.js";
import { readGolden } from "./run.js";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));
const limit = 300_000;

const copy = async (folder: string): Promise<void> => {
  for (const [name, files] of Object.entries(milestone))
    for (const [path, keep] of Object.entries(files)) {
      const { cases: all, ...header } = await readGolden(folder, path);
      const cases = asList(all, path).filter((json) => keep(asRecord(json, path)));
      // The counts of the whole file would be wrong of a part.
      delete (header as { count?: unknown }).count;
      const lines = cases.map((record) => JSON.stringify(record));
      const head = JSON.stringify(header).slice(0, -1);
      const text = `${head}${head === "{" ? "" : ","}\n"cases": [\n${lines.join(",\n")}\n]}\n`;
      if (text.length > limit) throw new Error(`${path}: ${String(text.length)} bytes are too many`);
      const to = join(packages, name, "test", "golden", "data", path);
      await mkdir(dirname(to), { recursive: true });
      await writeFile(to, text);
      console.log(
        `${name}: ${path}: ${String(cases.length)} cases, ${String(Math.round(text.length / 1000))} kB`,
      );
    }
};

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: tsx scripts/golden/copy.ts <folder>");
  process.exitCode = 2;
} else await copy(folder);
