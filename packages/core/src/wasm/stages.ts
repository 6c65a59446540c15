/**
 * Code cut in stages, each of which may run for many elements before the next one does (`strips.ts`): behind the variables that code says may be
 * cut behind (`withStaged`). What reads such a variable, or what comes of it, is in a later stage than what sets it; what stores, or reads what
 * the step before has set, is in the last one.
 */

import { isList, type Code, type Rare, type VariableIdentity } from "./code.js";
import type { Statement } from "./expression.js";

/** The most values that are kept from stage to stage at a time. */
export const mostStrips = 12;

/** A complete statement of a body. */
export interface Piece {
  readonly code: Code;
  readonly rare?: Rare;
  /** What it has not set before. */
  readonly reads: readonly VariableIdentity[];
  readonly sets: readonly VariableIdentity[];
  /** Nothing but operations, from its beginning to its end. */
  readonly isSimple: boolean;
}

/** The stages of a body. */
export interface Stages {
  /** Of each stage the code, the variables that it finds in strips, and those that it leaves there. */
  readonly stages: readonly Stage[];
  /** The number of each one's strip. */
  readonly strips: ReadonlyMap<VariableIdentity, number>;
}

interface Stage {
  readonly pieces: readonly Piece[];
  readonly finds: readonly VariableIdentity[];
  readonly leaves: readonly VariableIdentity[];
}

/** The stages of the body of a loop; undefined if it has but one, or is not so that it can be cut. */
export const stagesOf = (body: readonly Statement[]): Stages | undefined => {
  const pieces = piecesOf(body.map(({ code }) => code)).map(pieceOf);
  if (pieces.some(({ isSimple, rare }) => rare === undefined && !isSimple)) return undefined;
  const numbers = stageNumbers(pieces);
  const last = Math.max(0, ...numbers.filter((number) => number < Infinity));
  if (last === 0) return undefined;
  if (pieces.some(({ rare }, index) => rare !== undefined && (numbers[index] ?? 0) >= last)) return undefined;
  const inStage = (stage: number): readonly Piece[] =>
    pieces.filter((_, index) => Math.min(numbers[index] ?? 0, last) === stage);
  const all = Array.from({ length: last + 1 }, (_, stage) => inStage(stage));
  const setIn = new Map(
    all.flatMap((own, stage) => own.flatMap(({ sets }) => sets.map((set) => [set, stage] as const))),
  );
  const finds = all.map((own, stage) => [
    ...new Set(own.flatMap(({ reads }) => reads.filter((read) => (setIn.get(read) ?? stage) < stage))),
  ]);
  const crossing = new Set(finds.flat());
  if ([...crossing].some(({ type }) => type !== "v128")) return undefined;
  const stages = all.map((own, stage) => ({
    pieces: own,
    finds: finds[stage] ?? [],
    leaves: [...crossing].filter((variable) => setIn.get(variable) === stage),
  }));
  const strips = stripsOf(stages);
  return Math.max(...strips.values()) < mostStrips ? { stages, strips } : undefined;
};

/** A strip for each variable, by number; one that a stage is the last to read is free for what that stage leaves. */
const stripsOf = (stages: readonly Stage[]): ReadonlyMap<VariableIdentity, number> => {
  const strips = new Map<VariableIdentity, number>();
  const taken = new Map<number, VariableIdentity>();
  stages.forEach(({ leaves }, stage) => {
    const later = new Set(stages.slice(stage + 1).flatMap((next) => next.finds));
    for (const [number, variable] of taken) if (!later.has(variable)) taken.delete(number);
    for (const variable of leaves) {
      let number = 0;
      while (taken.has(number)) number++;
      taken.set(number, variable);
      strips.set(variable, number);
    }
  });
  return strips;
};

/** The statements that code is made of. What stands in front of an expression's own operations is one. */
const piecesOf = (code: Code): readonly Code[] => {
  const pieces: Code[] = [];
  const cut = (part: Code): void => {
    if (!isList(part)) {
      pieces.push(part);
      return;
    }
    const first = part.findIndex((inner) => !isComplete(inner));
    part.slice(0, first < 0 ? part.length : first + 1).forEach(cut);
    const rest = first < 0 ? none : part.slice(first + 1);
    if (rest.length > 0) pieces.push([pieces.pop() ?? none, ...rest]);
  };
  cut(code);
  return pieces;
};

const none: readonly Code[] = [];

const [localGet, localSet] = [0x20, 0x21];

/** Whether code surely leaves nothing: it ends with the setting of a variable. */
const isComplete = (code: Code): boolean => {
  if (isList(code)) return code.length === 0 || isComplete(code.at(-1) as Code);
  return (
    typeof code !== "number" &&
    (code.kind === "rare" || (code.kind === "variable" && code.opcode === localSet))
  );
};

const pieceOf = (code: Code): Piece => {
  const inner = isList(code) && code.length === 1 ? (code[0] as Code) : code;
  if (typeof inner !== "number" && !isList(inner) && inner.kind === "rare")
    return { ...accessesOf(inner.measure), code, rare: inner, sets: [] };
  return { code, ...accessesOf(code) };
};

/** What code reads that it has not set before, and what it sets, each once. */
const accessesOf = (code: Code): Pick<Piece, "reads" | "sets" | "isSimple"> => {
  const [reads, sets] = [new Set<VariableIdentity>(), new Set<VariableIdentity>()];
  let isSimple = true;
  const visit = (part: Code): void => {
    if (typeof part === "number") return;
    if (isList(part)) part.forEach(visit);
    else if (part.kind === "variable") {
      if (part.opcode !== localGet) sets.add(part.variable);
      else if (!sets.has(part.variable)) reads.add(part.variable);
    } else if (part.kind === "structure" || part.kind === "rare" || part.kind === "call") isSimple = false;
  };
  visit(code);
  return { reads: [...reads], sets: [...sets], isSimple };
};

/** The stage of each piece: behind a cut of what it reads; infinite, for the last one, of what stores, or reads what the step before has set. */
const stageNumbers = (pieces: readonly Piece[]): readonly number[] => {
  const { setters, carried } = settersOf(pieces);
  const numbers: number[] = [];
  const stageBehind = (read: VariableIdentity): number => {
    const setter = setters.get(read);
    return setter === undefined ? 0 : (numbers[setter] ?? Infinity) + (read.staged === true ? 1 : 0);
  };
  for (const { code, rare, reads, sets } of pieces) {
    const waits =
      (rare === undefined && !isComplete(code)) ||
      reads.some((variable) => carried.has(variable)) ||
      sets.some((variable) => carried.has(variable));
    numbers.push(waits ? Infinity : reads.reduce((most, read) => Math.max(most, stageBehind(read)), 0));
  }
  return numbers;
};

/** The number of the piece that sets each variable first, and the variables that are set again, or read before they are set. */
const settersOf = (
  pieces: readonly Piece[],
): {
  readonly setters: ReadonlyMap<VariableIdentity, number>;
  readonly carried: ReadonlySet<VariableIdentity>;
} => {
  const setters = new Map<VariableIdentity, number>();
  const [early, carried] = [new Set<VariableIdentity>(), new Set<VariableIdentity>()];
  pieces.forEach(({ reads, sets }, index) => {
    for (const read of reads) if (!setters.has(read)) early.add(read);
    for (const set of sets) {
      if (setters.has(set) || early.has(set)) carried.add(set);
      else setters.set(set, index);
    }
  });
  return { setters, carried };
};
