/**
 * What a bundler keeps of a package of which a program uses nothing: statements that might do something, and all that they
 * mention. The package says that it has no side effects, but that speaks of whole files, and most of core is one.
 */
import { isAbsolute } from "node:path";
import { rolldown } from "rolldown";

const program = "program";

/**
 * The code that is kept of a built module, without what it imports of other packages.
 * @param {string} file
 */
export const unusedCode = async (file) => {
  const build = await rolldown({
    input: program,
    platform: "neutral",
    external: (id) => id !== program && !id.startsWith(".") && !isAbsolute(id),
    // Looks at the statements, whatever the manifest says of the file.
    treeshake: { moduleSideEffects: () => true },
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === program ? id : undefined),
        load: (id) => (id === program ? `import ${JSON.stringify(file)};` : undefined),
      },
    ],
  });
  const { output } = await build.generate({ minify: true });
  await build.close();
  return output[0].code.replaceAll(/import[^;]*;/g, "");
};
