/** The host's WebAssembly, which tests of emitted code need: Node has it. */

import { hostEngine, type Engine } from "../src/wasm/engine.js";

const host = hostEngine();
if (host === undefined) throw new Error("these tests need WebAssembly");

/** Its members, which a test may spread with one of its own: the host's are not enumerable. */
export const engine: Engine = {
  validate: host.validate,
  Module: host.Module,
  Instance: host.Instance,
  Memory: host.Memory,
};
