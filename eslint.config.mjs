/** The rules of the code that the compiler does not hold. Layers and cycles: .dependency-cruiser.mjs. */
import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// What a browser, a worker or a runtime other than Node lacks, and what the global scope of a page would let
// slip through as a variable.
const absentSomewhere = [
  "process",
  "Buffer",
  "global",
  "require",
  "__dirname",
  "__filename",
  "setImmediate",
  "window",
  "document",
];

const unwanted = [
  { selector: "TSEnumDeclaration", message: "Write a union of string literals." },
  { selector: "ExportDefaultDeclaration", message: "Export by name." },
  { selector: "ForInStatement", message: "Walk Object.keys, Object.values or Object.entries." },
];

const topLevelAwait = {
  selector: "AwaitExpression:not(:function *)",
  message: "A package loads at once: no await outside of functions.",
};

const assertedOtherThanElement = {
  selector: "TSNonNullExpression > :not(MemberExpression[computed=true])",
  message: "Only an element is asserted here: x[i]!, whose index is in range by construction.",
};

export default defineConfig(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      // Programs with mistakes in them, which only the compiler is to see.
      "packages/*/test/types/wrong/**",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The compiler holds this one.
      "no-undef": "off",
      eqeqeq: "error",
      "max-lines": ["warn", 300],
      "no-restricted-syntax": ["error", ...unwanted, topLevelAwait],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      // With `verbatimModuleSyntax`, `import { type A } from "a"` would still load "a".
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/strict-boolean-expressions": ["error", { allowString: false, allowNumber: false }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      // A kernel's loop counts.
      "@typescript-eslint/prefer-for-of": "off",
      // It would have every `as` with its reason beside it become a `!`.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/consistent-indexed-object-style": "off",
      // Slow, for little: no enums are written, and `instanceof` stands beside the few casts between classes.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Shapes and parameter trees are written as types where an index signature must be implied.
      "@typescript-eslint/consistent-type-definitions": "off",
      // The docstring of a phantom type parameter says what it is for.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
  {
    // Here `any` means a shape that is not known.
    files: ["packages/core/src/types/**"],
    rules: { "@typescript-eslint/no-explicit-any": "off", "@typescript-eslint/no-invalid-void-type": "off" },
  },
  {
    // Loops over strides, axes and storage, whose indices are in range by construction.
    files: ["packages/core/src/{kernels,wasm}/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["packages/core/src/{tensor,primitives,random}/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-syntax": ["error", ...unwanted, topLevelAwait, assertedOtherThanElement],
    },
  },
  {
    // A builder gives `Untyped`, and the annotation at the export is the public type.
    files: ["packages/core/src/{primitives,ops,transforms,pipe}/**"],
    ignores: ["**/*.test.ts"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off" },
  },
  {
    // Coefficients stand as they were published, and expected values as they were computed.
    files: ["packages/core/src/kernels/special/**", "packages/core/src/random/**"],
    rules: { "no-loss-of-precision": "off" },
  },
  {
    // What runs everywhere: no global of Node's, none of a page's.
    files: ["packages/*/src/**"],
    ignores: ["**/*.test.ts", "packages/data/src/node.ts", "packages/data/src/node/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...absentSomewhere.map((name) => ({ name, message: "It does not exist everywhere." })),
      ],
      "no-console": "error",
    },
  },
  {
    // Programs and tests, which are free to wait.
    files: ["scripts/**", "examples/**", "bench/**", "packages/*/test/**", "**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...unwanted] },
  },
  {
    // Configurations are exported as their tools want them.
    files: ["*.config.{ts,mjs}", ".dependency-cruiser.mjs"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    // A cast in a comment is seen by the compiler, but not here.
    files: ["**/*.mjs"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off" },
  },
  {
    // Plain programs, outside of the workspace's own type check.
    files: ["bench/**"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: null } },
    rules: { "@typescript-eslint/consistent-type-exports": "off" },
  },
);
