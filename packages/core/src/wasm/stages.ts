/**
 * Loops of vectors in stages. A processor holds a limited number of results in flight (some 160), so that the time of a long chain of
 * operations grows with its length and its latency, and a chain cut in two takes less than one. Where code says that it may be cut
 * (`withStaged`), the first stage is computed for a strip of vectors, what the next one reads of it is kept in memory, and
 * then comes that. What is rare (`unlessAbove`) is tested once a strip, in front of the last stage: if there is any, the strip is computed by the whole
 * body, as if it had no stages. Only the last one stores, or adds to totals.
 */

import { isList, isStraight, referencesOf, type Code, type Rare, type VariableIdentity } from "./code.js";
import { forRange, select, sequence, when } from "./control.js";
import {
  local,
  localOf,
  operand,
  statement,
  type Expression,
  type Local,
  type Operand,
  type Statement,
} from "./expression.js";
import { i32 } from "./integer.js";
import { i32x4, v128 } from "./simd.js";

/** The most vectors of a strip: one of each iteration. */
const stripLength = 64;
const bytesOfStrip = 16 * stripLength;
const mostStrips = 12;
/** The bytes that strips take in a memory. */
export const stripBytes = mostStrips * bytesOfStrip;

/** A complete statement of a body. */
interface Piece {
  readonly code: Code;
  readonly rare?: Rare;
  readonly reads: ReadonlySet<VariableIdentity>;
  readonly sets: ReadonlySet<VariableIdentity>;
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
  const pieces = body.flatMap(({ code }) => piecesOf(code)).map(pieceOf);
  if (pieces.some(({ code, rare }) => rare === undefined && !isSimple(code))) return undefined;
  const numbers = stageNumbers(pieces);
  const last = Math.max(0, ...numbers.filter((number) => number < Infinity));
  if (last === 0) return undefined;
  if (pieces.some(({ rare }, index) => rare !== undefined && (numbers[index] ?? 0) >= last)) return undefined;
  const inStage = (stage: number): readonly Piece[] =>
    pieces.filter((_, index) => Math.min(numbers[index] ?? 0, last) === stage);
  const all = Array.from({ length: last + 1 }, (_, stage) => inStage(stage));
  const setIn = new Map(
    all.flatMap((own, stage) => own.flatMap(({ sets }) => [...sets].map((set) => [set, stage] as const))),
  );
  const finds = all.map((own, stage) => [
    ...new Set(own.flatMap(({ reads }) => [...reads].filter((read) => (setIn.get(read) ?? stage) < stage))),
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

/** Nothing but operations, from its beginning to its end. */
const isSimple = (code: Code): boolean => isStraight(code) && referencesOf(code).callables.size === 0;

/** The statements that code is made of. What stands in front of an expression's own operations is one. */
const piecesOf = (code: Code): readonly Code[] => {
  if (!isList(code)) return [code];
  const first = code.findIndex((part) => !isComplete(part));
  if (first < 0) return code.flatMap(piecesOf);
  const rest = code.slice(first + 1);
  const inner = piecesOf(code[first] as Code);
  return [...code.slice(0, first).flatMap(piecesOf), ...inner.slice(0, -1), [inner.at(-1) ?? [], ...rest]];
};

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
    return { code, rare: inner, reads: accessesOf(inner.measure).reads, sets: new Set() };
  return { code, ...accessesOf(code) };
};

/** What code reads that it has not set before, and what it sets. */
const accessesOf = (code: Code): Pick<Piece, "reads" | "sets"> => {
  const [reads, sets] = [new Set<VariableIdentity>(), new Set<VariableIdentity>()];
  const visit = (part: Code): void => {
    if (typeof part === "number") return;
    if (isList(part)) part.forEach(visit);
    else if (part.kind === "variable") {
      if (part.opcode !== localGet) sets.add(part.variable);
      else if (!sets.has(part.variable)) reads.add(part.variable);
    }
  };
  visit(code);
  return { reads, sets };
};

/** The stage of each piece: behind a cut of what it reads; infinite, for the last one, of what stores, or reads what the step before has set. */
const stageNumbers = (pieces: readonly Piece[]): readonly number[] => {
  const setters = new Map<VariableIdentity, number[]>();
  pieces.forEach(({ sets }, index) => {
    for (const set of sets) setters.set(set, [...(setters.get(set) ?? []), index]);
  });
  const isCarried = (variable: VariableIdentity): boolean => {
    const own = setters.get(variable);
    if (own === undefined) return false;
    return own.length > 1 || pieces.slice(0, (own[0] ?? 0) + 1).some(({ reads }) => reads.has(variable));
  };
  const carried = new Set([...setters.keys()].filter(isCarried));
  const numbers: number[] = [];
  pieces.forEach(({ code, rare, reads, sets }) => {
    const behind = [...reads].map((read) => {
      const setter = setters.get(read)?.[0];
      return setter === undefined ? 0 : (numbers[setter] ?? Infinity) + (read.staged === true ? 1 : 0);
    });
    const waits =
      (rare === undefined && !isComplete(code)) ||
      [...reads, ...sets].some((variable) => carried.has(variable));
    numbers.push(waits ? Infinity : Math.max(0, ...behind));
  });
  return numbers;
};

/** A loop over vectors: `for (counter = from; counter < to; counter += by)`, of an iteration that begins with `setup`. */
export interface VectorLoop {
  readonly counter: Local<"i32">;
  readonly from: Operand<"i32">;
  readonly to: Operand<"i32">;
  /** A divisor of 16. */
  readonly by: number;
  readonly setup: readonly Statement[];
  readonly body: readonly Statement[];
}

/** The same in stages, a strip at a time, whose values lie at an address. */
export const loopInStages = (stages: Stages, loop: VectorLoop, address: number, parts?: Parts): Statement =>
  inParts(loop, stripLength, (from, to) => [strip(stages, { ...loop, from, to }, address, parts)]);

/** What comes behind each so many iterations of the last stage, at most as many as a strip has. */
interface Parts {
  readonly iterations: number;
  readonly behind: readonly Statement[];
}

/** A loop over parts of another one's range, of so many iterations. */
const inParts = (
  { from, to, by }: Pick<VectorLoop, "from" | "to" | "by">,
  iterations: number,
  body: (from: Local<"i32">, to: Local<"i32">) => readonly Statement[],
): Statement => {
  const [start, end] = [local("i32"), local("i32")];
  return forRange(start, from, to, iterations * by, [
    end.set(i32.add(start, iterations * by)),
    end.set(select(i32.ltS(end, to), end, operand("to", "i32", to))),
    ...body(start, end),
  ]);
};

const strip = (
  { stages, strips }: Stages,
  { counter, from, to, by, setup, body }: VectorLoop,
  address: number,
  parts: Parts | undefined,
): Statement => {
  const rare: Rarity[] = [];
  const [place, back] = [local("i32"), local("i32")];
  const placeOf = (variable: VariableIdentity): number =>
    address + (strips.get(variable) ?? 0) * bytesOfStrip;
  const statementOf = (piece: Piece): Statement => {
    if (piece.rare === undefined) return statement(piece.code);
    const { measure, limit } = piece.rare;
    const most = local("v128");
    rare.push({ most, limit: { type: "v128", code: limit } });
    return most.set(i32x4.maxS(most, { type: "v128", code: measure }));
  };
  const loopOf = (statements: readonly Statement[]): Statement =>
    forRange(counter, from, to, by, [...setup, ...statements]);
  const lastOf = (statements: readonly Statement[]): Statement =>
    parts === undefined
      ? loopOf(statements)
      : inParts({ from, to, by }, parts.iterations, (start, end) => [
          forRange(counter, start, end, by, [...setup, ...statements]),
          ...parts.behind,
        ]);
  const distance = i32.add(counter, back);
  const loops = stages.map(({ pieces, finds, leaves }, stage) =>
    (stage === stages.length - 1 ? lastOf : loopOf)([
      place.set(by === 16 ? distance : i32.mul(distance, 16 / by)),
      ...finds.map((variable) => localOf("v128", variable).set(v128.load(place, placeOf(variable)))),
      ...pieces.map(statementOf),
      ...leaves.map((variable) => v128.store(place, localOf("v128", variable), placeOf(variable))),
    ]),
  );
  const someAreRare = rare.map(({ most, limit }) => v128.anyTrue(i32x4.gtS(most, limit)));
  const start = back.set(i32.sub(0, from));
  if (someAreRare.length === 0) return sequence(start, ...loops);
  return sequence(
    start,
    ...rare.map(({ most }) => most.set(i32x4.const(-0x80000000))),
    ...loops.slice(0, -1),
    when(
      someAreRare.reduce((some, other) => i32.or(some, other)),
      [lastOf(body)],
      loops.slice(-1),
    ),
  );
};

/** The largest measure of a strip, and what is rare above. */
interface Rarity {
  readonly most: Local<"v128">;
  readonly limit: Expression<"v128">;
}
