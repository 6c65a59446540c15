/** The host's WebAssembly, which tests of emitted code need: Node has it. */

import { hostEngine, type Engine, type Memory } from "../src/wasm/engine.js";

const host = hostEngine();
if (host === undefined) throw new Error("these tests need WebAssembly");

/** Its members, which a test may spread with one of its own: the host's are not enumerable. */
export const engine: Engine = {
  validate: host.validate,
  Module: host.Module,
  Instance: host.Instance,
  Memory: host.Memory,
};

/** The engine, and the memories that it is asked for. */
export const watchedEngine = (): { readonly engine: Engine; readonly memories: readonly Memory[] } => {
  const memories: Memory[] = [];
  const Watched = function (limits: ConstructorParameters<Engine["Memory"]>[0]) {
    const memory = new engine.Memory(limits);
    memories.push(memory);
    return memory;
  };
  return { engine: { ...engine, Memory: Watched as unknown as Engine["Memory"] }, memories };
};
