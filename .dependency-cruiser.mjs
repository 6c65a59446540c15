/**
 * Which module may import which: the layers of packages/core/src, the borders between packages, no cycles.
 * In core imports point one way, and modules that stand side by side in a layer do not see each other:
 *
 *   errors ← tensor ← wasm ← {tree, program, kernels} ← trace ← primitives ← {ops, transforms}
 *          ← compile ← {pipe, random, io} ← testing
 *
 * `types` holds types alone: everything may import it, and it imports nothing else.
 */
const layers = [
  ["errors"],
  ["tensor"],
  // Before kernels, which call what it emits, and before program, whose primitives say how they are emitted.
  ["wasm"],
  ["tree", "program", "kernels"],
  ["trace"],
  ["primitives"],
  ["ops", "transforms"],
  // Before pipe, which has `jit` data last.
  ["compile"],
  ["pipe", "random", "io"],
  ["testing"],
];

const core = "^packages/core/src/";
const tests = "\\.test\\.ts$";

/**
 * @param {readonly string[]} folders
 * @param {string} root
 */
const inside = (folders, root = core) => `${root}(${folders.join("|")})/`;

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const directions = layers.flatMap((layer, depth) =>
  layer.map((folder) => ({
    name: `core-${folder}`,
    comment: `${folder}/ may import what stands before it: ${["types", ...layers.slice(0, depth).flat()].join(", ")}.`,
    severity: "error",
    from: { path: inside([folder]), pathNot: tests },
    to: { path: core, pathNot: inside(["types", ...layers.slice(0, depth).flat(), folder]) },
  })),
);

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...directions,
    {
      name: "core-types",
      comment: "types/ holds the type-level code, which needs none of the rest.",
      severity: "error",
      from: { path: inside(["types"]), pathNot: tests },
      to: { pathNot: inside(["types"]) },
    },
    {
      name: "core-folders",
      comment: "Every folder of core belongs to a layer of .dependency-cruiser.mjs.",
      severity: "error",
      from: { path: `${core}[^/]+/`, pathNot: inside(["types", ...layers.flat()]) },
      to: {},
    },
    {
      name: "light-entry-points",
      comment:
        "Loading fp-ts or io-ts costs more than Node's own start: before io, random and testing, types only.",
      severity: "error",
      from: { path: inside([...layers.slice(0, -2).flat(), "pipe", "compile"]), pathNot: tests },
      to: { path: "/node_modules/(fp-ts|io-ts)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "optional-peers",
      comment: "fast-check is loaded by core's /testing alone, vitest by /testing/vitest alone.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: `${tests}|${core}testing/` },
      to: { path: "/node_modules/(fast-check|vitest)/" },
    },
    {
      name: "optional-vitest",
      comment: "A property-test suite that uses another runner imports /testing without vitest.",
      severity: "error",
      from: { path: `${core}testing/`, pathNot: `${tests}|${core}testing/vitest` },
      to: { path: `/node_modules/vitest/|${core}testing/vitest` },
    },
    {
      name: "public-entry-points",
      comment: "A package imports another by its name, through its public entry points.",
      severity: "error",
      from: { path: "^(packages/[^/]+|examples|scripts)/" },
      to: { path: "^packages/[^/]+/(src|dist)/", pathNot: "^$1/", dependencyTypes: ["local"] },
    },
    {
      name: "sources-see-no-tests",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: tests },
      to: { path: `${tests}|^packages/[^/]+/test/|^scripts/|^examples/` },
    },
    {
      name: "runs-everywhere",
      comment: "What needs Node stands behind an entry point of its own: data's /node.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: `${tests}|^packages/data/src/node(/|\\.ts$)` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "declared",
      comment: "What is imported stands in the package.json beside it.",
      severity: "error",
      from: {},
      // An optional peer counts as both, whence the second list.
      to: {
        dependencyTypes: ["npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["npm", "npm-dev", "npm-peer"],
      },
    },
    {
      name: "installed-with-the-package",
      comment:
        "What a package's sources import is a dependency or a peer of it, not a tool of its developers.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "npm-peer"] },
    },
    { name: "resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/(dist|test/types)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@cotangent/source", "import", "node", "default"],
    },
  },
};
