/** `init` and `apply` of layers one after another, at run time: the types stand at `sequential`. */

import { optionsOf, TensorError } from "@cotangent/core";
import { split, type Key } from "@cotangent/core/random";
import { isLayer, nameOf, type AnyLayer, type Kind, type Mode, type NoParams, type Piece } from "./layer.js";

const nothing: NoParams = {};

/** What a layer with a state begins with. */
export interface Begun {
  readonly params: unknown;
  readonly state: unknown;
}

/** Each layer begins with a key of its own. */
export const initPieces =
  (pieces: readonly Piece[], kind: Kind): AnyLayer["init"] =>
  (key) => {
    const keys = keysFor(key, pieces);
    const begun = pieces.map((piece, index) => begin(piece, keys[index] ?? key));
    const params = begun.map((part) => part.params);
    return kind === "stateful" ? { params, state: begun.map((part) => part.state) } : params;
  };

const keysFor = (key: Key, pieces: readonly Piece[]): readonly Key[] =>
  pieces.length === 0 ? [] : split(key, pieces.length);

export const begin = (piece: Piece, key: Key): Begun => {
  if (!isLayer(piece)) return { params: nothing, state: nothing };
  const made = piece.init(key);
  return piece.kind === "stateful" ? (made as Begun) : { params: made, state: nothing };
};

/** What `apply` is given after the input, of any kind. */
interface Options {
  readonly mode?: Mode;
  readonly key?: Key;
  readonly state?: unknown;
}

export const applyPieces = (pieces: readonly Piece[], kind: Kind): AnyLayer["apply"] => {
  const apply = (params: unknown, x: unknown, options: Options = {}): unknown => {
    checkOptions(kind, options);
    const parts = checkTuple("the parameters", params, pieces);
    const states = kind === "stateful" ? checkTuple("the state", options.state, pieces) : [];
    const keys = options.key === undefined ? [] : keysFor(options.key, pieces);
    const next: unknown[] = [];
    const y = pieces.reduce<unknown>((input, piece, index) => {
      const given = {
        ...options,
        state: states[index],
        ...(keys[index] === undefined ? {} : { key: keys[index] }),
      };
      const [output, state] = inside(piece, index, () => run(piece, parts[index], input, given));
      next.push(state);
      return output;
    }, x);
    return kind === "stateful" ? [y, next] : y;
  };
  return apply;
};

/** The output of one layer, and its next state. */
export const run = (
  piece: Piece,
  params: unknown,
  x: unknown,
  options: Options,
): readonly [unknown, unknown] => {
  if (!isLayer(piece)) return [piece(x as never), nothing]; // that it fits, the types at `sequential` say
  const { mode, key, state } = options;
  const noise = key === undefined ? { mode } : { mode, key };
  switch (piece.kind) {
    case "pure":
      return [piece.apply(params as never, x as never, undefined as never), nothing];
    case "noisy":
      if (mode === "train" && key === undefined) throw noKey();
      return [piece.apply(params as never, x as never, noise as never), nothing];
    case "stateful":
      return piece.apply(params as never, x as never, { state, ...noise } as never) as readonly [
        unknown,
        unknown,
      ];
  }
};

/** An error inside a layer says which one. */
export const inside = <A>(piece: Piece, index: number, thunk: () => A): A => {
  try {
    return thunk();
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    const { path, ...details } = error.details;
    const below =
      path === undefined ? ` (${nameOf(piece)})` : path.startsWith("layers[") ? `.${path}` : `: ${path}`;
    throw new TensorError({ ...details, path: `layers[${index}]${below}` }, { cause: error });
  }
};

const checkOptions = (kind: Kind, options: Options): void => {
  const { mode, key } = optionsOf("sequential", options, ["mode", "key", "state"]);
  if (kind === "pure" || mode === "eval" || (mode === "train" && (kind === "stateful" || key !== undefined)))
    return;
  throw mode === "train" ? noKey() : noMode(kind, mode);
};

const noKey = (): TensorError =>
  new TensorError({
    kind: "InvalidArgument",
    operation: "sequential",
    problem: "a layer draws noise when it trains, and there is no key",
    fix: 'apply(params, x, { mode: "train", key: random.key(0) }), or { mode: "eval" }',
  });

const noMode = (kind: Kind, mode: unknown): TensorError =>
  new TensorError({
    kind: "InvalidArgument",
    operation: "sequential",
    problem: "the layers must be told whether they train",
    found: [["mode", mode === undefined ? "missing" : JSON.stringify(mode)]],
    fix:
      kind === "noisy"
        ? 'apply(params, x, { mode: "train", key }), or { mode: "eval" }'
        : 'apply(params, x, { state, mode: "train" }), or mode: "eval"',
  });

const checkTuple = (what: string, tuple: unknown, pieces: readonly Piece[]): readonly unknown[] => {
  if (Array.isArray(tuple) && tuple.length === pieces.length) return tuple;
  throw new TensorError({
    kind: "TreeMismatch",
    operation: "sequential",
    problem: `${what} must be a tuple with one entry a layer`,
    found: [
      ["expected", `${pieces.length} entries`],
      [
        "got",
        Array.isArray(tuple) ? `${tuple.length} entries` : tuple === undefined ? "undefined" : typeof tuple,
      ],
    ],
    fix: "give what init(key) gave, or a tree of the same outline",
  });
};
