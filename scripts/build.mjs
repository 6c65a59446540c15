/**
 * Builds each package into its dist: the entry points of its `exports` as ES modules that share chunks, so that
 * a process has one interpreter cell whatever it imports, and the declarations file by file beside them. All that the main entry
 * point needs is one chunk: every further file costs an import half a millisecond. Most of the rest is parsing: functions are
 * written so that the engine skips them until they are called, and comments, spaces and names of local variables are cut. The
 * functions of a module keep their names. Expressions stay as they are: compressed, they hide from bundlers what nobody needs.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { withFunctionExpressions } from "./function-expressions.mjs";
import { run } from "./run.mjs";
import { packages, root } from "./workspace.mjs";

/**
 * The entry points of a package: their names in dist, and their sources.
 * @param {string} folder
 * @returns {Record<string, string>}
 */
const entryPoints = (folder) => {
  /** @type {{ exports: Record<string, string | { "@cotangent/source": string }> }} */
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const sources = Object.values(manifest.exports).flatMap((target) =>
    typeof target === "string" ? [] : [target["@cotangent/source"]],
  );
  return Object.fromEntries(
    sources.map((source) => [source.replace("./src/", "").replace(/\.ts$/, ""), join(folder, source)]),
  );
};

/**
 * Writes the modules and gives their size in bytes.
 * @param {string} folder
 */
const bundle = async (folder) => {
  const input = entryPoints(folder);
  const main = input["index"];
  const build = await rolldown({
    input,
    cwd: folder,
    platform: "neutral",
    tsconfig: join(folder, "tsconfig.build.json"),
    // Whatever another package provides stays an import.
    external: (id) => !id.startsWith(".") && !existsSync(id),
    onLog: (level, log, report) => {
      report(level === "warn" ? "error" : level, log);
    },
  });
  const { output } = await build.write({
    dir: join(folder, "dist"),
    format: "esm",
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: {
      // The main entry point, and with it whatever it imports; where there is no other, it is one file by itself.
      groups: Object.keys(input).length === 1 ? [] : [{ name: "main", test: (id) => id === main }],
    },
    minifyInternalExports: false,
    // Annotations tell bundlers what they may leave out.
    comments: { legal: true, annotation: true, jsdoc: false },
    // A source of nothing but ASCII is read as it is.
    minify: {
      compress: false,
      mangle: { toplevel: false },
      codegen: { removeWhitespace: true, asciiOnly: true },
    },
    plugins: [
      {
        name: "function-expressions",
        generateBundle: (_, files) => {
          for (const file of Object.values(files)) {
            if (file.type === "chunk") file.code = withFunctionExpressions(file.code);
          }
        },
      },
    ],
  });
  await build.close();
  return output.reduce((size, file) => size + (file.type === "chunk" ? Buffer.byteLength(file.code) : 0), 0);
};

try {
  for (const name of packages) {
    const folder = join(root, "packages", name);
    rmSync(join(folder, "dist"), { recursive: true, force: true });
    const size = await bundle(folder);
    // Against the declarations of core, which stand by now.
    const code = await run("typescript", ["-p", "tsconfig.build.json", "--pretty"], {
      command: "tsc",
      cwd: folder,
    });
    if (code !== 0) throw new Error(`@cotangent/${name} has wrong types`);
    console.log(`@cotangent/${name}: ${(size / 1024).toFixed(1)} kB`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
