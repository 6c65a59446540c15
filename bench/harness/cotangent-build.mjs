/**
 * Whether this repository's packages are built: the benchmark measures what is published, not the sources.
 */
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const packages = ["@cotangent/core", "@cotangent/nn", "@cotangent/optim"];

function isBuilt(name) {
  try {
    return fs.existsSync(fileURLToPath(import.meta.resolve(name)));
  } catch {
    return false;
  }
}

/** Why Cotangent cannot take part, or undefined. */
export function missingBuild() {
  const absent = packages.filter((name) => !isBuilt(name));
  return absent.length === 0 ? undefined : `${absent.join(", ")} not built: pnpm install, pnpm build`;
}
