/**
 * Constant vectors of loops, in variables that are set in front of the outermost one. An engine makes such a constant with several
 * instructions. V8 moved them out of loops by itself (Node 20), and does so no more (Node 24), where an exponential took twice the time.
 */

import { isList, type Code, type VectorConstant } from "./code.js";
import { local } from "./expression.js";

const loopOpcode = 0x03;

/** Where the constants of a loop, by their bytes, are. */
type Places = Map<string, { readonly constant: VectorConstant; readonly place: ReturnType<typeof vector> }>;

const vector = () => local("v128");

/** The same code, with the constants of its loops in variables. */
export const constantsBeforeLoops = (code: Code): Code => {
  if (typeof code === "number") return code;
  if (isList(code)) return mapped(code, constantsBeforeLoops);
  if (code.kind !== "structure") return code;
  if (code.opcode !== loopOpcode) return { ...code, body: constantsBeforeLoops(code.body) };
  const places: Places = new Map();
  const body = withPlaces(code.body, places);
  const settings = [...places.values()].map(
    ({ constant, place }) => place.set({ type: "v128", code: constant }).code,
  );
  return [settings, { ...code, body }];
};

const withPlaces = (code: Code, places: Places): Code => {
  if (typeof code === "number") return code;
  if (isList(code)) return mapped(code, (part) => withPlaces(part, places));
  if (code.kind === "structure") return { ...code, body: withPlaces(code.body, places) };
  if (code.kind !== "vector" || isCheap(code)) return code;
  const key = code.bytes.join();
  const known = places.get(key) ?? { constant: code, place: vector() };
  places.set(key, known);
  return known.place.code;
};

/** Lists in which nothing changes stay the same object. */
const mapped = (list: readonly Code[], map: (part: Code) => Code): Code => {
  if (list.every((part) => typeof part === "number")) return list;
  return list.map(map);
};

/** All bits alike: one instruction. */
const isCheap = ({ bytes: [first, ...rest] }: VectorConstant): boolean =>
  (first === 0 || first === 255) && rest.every((byte) => byte === first);
