/**
 * Constant vectors of loops, in variables that are set in front of the outermost one. An engine makes such a constant with several
 * instructions. V8 moved them out of loops by itself (Node 20), and does so no more (Node 24), where an exponential took twice the time.
 */

import { isList, type Code, type LoopConstants, type Structure, type VectorConstant } from "./code.js";

const loopOpcode = 0x03;

/** The constants of each outermost loop of a function. */
export const constantsOfLoops = (code: Code): ReadonlyMap<Structure, LoopConstants> => {
  const loops = new Map<Structure, LoopConstants>();
  const visit = (part: Code, loop: LoopConstants | undefined): void => {
    if (typeof part === "number") return;
    if (isList(part)) for (const inner of part) visit(inner, loop);
    else if (part.kind === "structure") visit(part.body, loop ?? loopOf(part));
    else if (part.kind === "rare") visit(part.whole, loop);
    else if (part.kind === "vector" && loop !== undefined && !isCheap(part)) note(part, loop);
  };
  const loopOf = (structure: Structure): LoopConstants | undefined => {
    if (structure.opcode !== loopOpcode) return undefined;
    const loop = loops.get(structure) ?? { settings: new Map(), places: new Map() };
    loops.set(structure, loop);
    return loop;
  };
  visit(code, undefined);
  return loops;
};

/** Equal constants share a variable. */
const note = (constant: VectorConstant, { settings, places }: LoopConstants): void => {
  if (places.has(constant)) return;
  const key = constant.bytes.join();
  const [variable] = settings.get(key) ?? [{ type: "v128" }];
  if (!settings.has(key)) settings.set(key, [variable, constant]);
  places.set(constant, variable);
};

/** All bits alike: one instruction. */
const isCheap = ({ bytes }: VectorConstant): boolean =>
  (bytes[0] === 0 || bytes[0] === 255) && bytes.every((byte) => byte === bytes[0]);
