/** Where the workspace is, and which packages it publishes, in the order in which they depend on each other. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const packages = ["core", "nn", "optim", "data"];
