/** The tests of every package and of the examples, each a project of its own (`--project core`). */
import { defineConfig } from "vitest/config";

// Vite's own conditions for code that runs in Node, after the one that leads to the sources.
const conditions = ["@cotangent/source", "module", "node", "development|production"];

const project = (name: string, root: string, include: readonly string[]) => ({
  extends: true as const,
  test: { name, root, include: [...include] },
});

const beside = ["src/**/*.test.ts", "test/**/*.test.ts"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    pool: "threads",
    // The modules hold no state but bounded caches, so test files share them, and are loaded once a thread.
    isolate: false,
    // No test fails because a machine is slow or busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      project("core", "packages/core", beside),
      project("nn", "packages/nn", beside),
      project("optim", "packages/optim", beside),
      project("data", "packages/data", beside),
      project("examples", "examples", ["**/*.test.ts"]),
      project("scripts", "scripts", ["**/*.test.ts"]),
    ],
  },
});
