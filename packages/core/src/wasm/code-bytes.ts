/** Code as the bytes of a function. */

import { unsigned, type Bytes } from "./bytes.js";
import {
  isList,
  type Callable,
  type Code,
  type Label,
  type Structure,
  type VariableIdentity,
  type VectorConstant,
} from "./code.js";
import { isCheap, LoopConstants } from "./loop-constants.js";

/** What code refers to, as numbers, and which way it is written. */
interface Surroundings {
  readonly variable: (variable: VariableIdentity) => number;
  readonly callable: (callable: Callable) => number;
  readonly fuses: boolean;
  /** How many variables the function has without constants of loops. */
  readonly variables: number;
}

/** A function's bytes, and how many vectors it keeps beside its variables. */
interface Written {
  readonly bytes: readonly Bytes[];
  readonly vectors: number;
}

const [localGet, localSet] = [0x20, 0x21];
const loopOpcode = 0x03;
const noType = 0x40;
const end = 0x0b;

/** Writes code. Constant vectors of a loop are set in front of the outermost one. */
export const codeBytes = (code: Code, { variable, callable, fuses, variables }: Surroundings): Written => {
  const written: Bytes[] = [];
  const labels: Label[] = [];
  let bytes: number[] = [];
  let vectors = 0;
  let constants: LoopConstants | undefined;
  const access = (opcode: number, place: number): void => {
    bytes.push(opcode, ...unsigned(place));
  };
  const constant = ({ lane }: VectorConstant): void => {
    bytes.push(0xfd, 0x0c);
    for (let place = 0; place < 16; place += lane.length) bytes.push(...lane);
  };
  const structure = ({ label, opcode, body }: Structure): void => {
    labels.push(label);
    bytes.push(opcode, noType);
    write(body);
    bytes.push(end);
    labels.pop();
  };
  const outermostLoop = (loop: Structure): void => {
    const before = bytes;
    const own = new LoopConstants(variables + vectors);
    [constants, bytes] = [own, []];
    structure(loop);
    const inside = bytes;
    [constants, bytes] = [undefined, before];
    for (const [place, value] of own.settings) {
      constant(value);
      access(localSet, place);
    }
    vectors += own.settings.size;
    written.push(bytes, inside);
    bytes = [];
  };
  const write = (part: Code): void => {
    if (typeof part === "number") bytes.push(part);
    else if (isList(part)) part.forEach(write);
    else if (part.kind === "variable") access(part.opcode, variable(part.variable));
    else if (part.kind === "call") bytes.push(0x10, ...unsigned(callable(part.callable)));
    else if (part.kind === "branch") {
      const index = labels.lastIndexOf(part.label);
      if (index < 0) throw new TypeError("a branch leads out of the function");
      bytes.push(part.opcode, ...unsigned(labels.length - 1 - index));
    } else if (part.kind === "vector") {
      if (constants === undefined || isCheap(part)) constant(part);
      else access(localGet, constants.placeOf(part));
    } else if (part.kind === "either") write(fuses ? part.fused : part.plain);
    else if (part.kind === "rare") write(part.whole);
    else if (part.opcode === loopOpcode && constants === undefined) outermostLoop(part);
    else structure(part);
  };
  write(code);
  written.push(bytes, [end]);
  return { bytes: written, vectors };
};
