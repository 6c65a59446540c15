/** A model as a table: its layers, the shapes that they give, the parameters that they learn. */

import { attempt, evalShape, zeros } from "@cotangent/core";
import type { AnyTensor, Shape } from "@cotangent/core";
import { key, type Key } from "@cotangent/core/random";
import { lengthsOf } from "../given.js";
import { isLayer, nameOf, type AnyLayer, type Piece } from "../layer/layer.js";
import { begin, inside, run, type Begun } from "../layer/run-pieces.js";
import { countParameters } from "./count-parameters.js";
import { renderTable } from "./render-table.js";

/**
 * The table of a model's layers: where each stands in the parameters, its name, the shape of its output, how many
 * parameters it has. Nothing is computed.
 *
 * Without `inputShape` the model gets a batch of n vectors, if it says how many features it takes; otherwise the shapes
 * are unknown.
 *
 * @throws TensorError when the model does not take an input of that shape.
 * @example
 * ```ts
 * import * as nn from "@cotangent/nn";
 *
 * nn.summary(nn.sequential(nn.flatten(), nn.linear(784, 10)), [100, 28, 28]); // a table of two layers
 * ```
 */
export const summary = (model: AnyLayer, inputShape?: Shape): string => {
  const rows = inputShape === undefined ? ofVectors(model) : measure(model, inputShape);
  const total = rows.reduce((sum, { parameters }) => sum + parameters, 0);
  return renderTable(
    ["left", "left", "right"],
    [
      ["layer", "output", "parameters"],
      ...rows.map(({ place, name, output, parameters }) => [
        place === "" ? name : `${place}  ${name}`,
        output === undefined ? "?" : `[${output.join(", ")}]`,
        grouped(parameters),
      ]),
      ["total", "", grouped(total)],
    ],
  );
};

const grouped = (size: number): string => size.toLocaleString("en-US");

/** A layer without parts: where it stands, what it gives, if that is known. */
interface Row {
  readonly place: string;
  readonly name: string;
  readonly parameters: number;
  readonly output: readonly (number | string)[] | undefined;
}

/** The rows for a batch of vectors: one is passed through, and the length of its batch is called n. */
const ofVectors = (model: AnyLayer): readonly Row[] => {
  const { inputs } = model;
  const measured = inputs === undefined ? undefined : attempt(() => measure(model, [1, inputs]));
  if (measured?._tag !== "Right") return measure(model, undefined);
  return measured.right.map((row) => ({
    ...row,
    output: row.output === undefined ? row.output : ["n", ...row.output.slice(1)],
  }));
};

const measure = (model: AnyLayer, inputShape: Shape | undefined): readonly Row[] => {
  let rows: readonly Row[] = [];
  // Staged, so that shapes are all that is worked out; the rows are seen on the way.
  const look = (ofInit: Key, x: AnyTensor | null): null => {
    [rows] = walk(model, begin(model, ofInit), x ?? undefined, "");
    return null;
  };
  evalShape(look)(key(0), inputShape === undefined ? null : zeros(inputShape));
  return rows;
};

/** The rows of a layer or its parts, and its output if there is an input. */
const walk = (
  piece: Piece,
  begun: Begun,
  x: AnyTensor | undefined,
  place: string,
): readonly [readonly Row[], AnyTensor | undefined] => {
  const parts = isLayer(piece) ? piece.parts : undefined;
  if (parts === undefined) {
    const output =
      x === undefined
        ? undefined
        : (run(piece, begun.params, x, { mode: "eval", state: begun.state })[0] as AnyTensor);
    const row = {
      place,
      name: nameOf(piece),
      parameters: countParameters(begun.params),
      output: output === undefined ? output : lengthsOf(output),
    };
    return [[row], output];
  }
  const rows: Row[] = [];
  const output = parts.reduce((input, part, index) => {
    const below = place === "" ? part.key : `${place}.${part.key}`;
    const ofPart = { params: child(begun.params, part.key), state: child(begun.state, part.key) };
    const [found, y] = inside(part.layer, index, () => walk(part.layer, ofPart, input, below));
    rows.push(...found);
    return y;
  }, x);
  return [rows, output];
};

/** What stands under a key; a layer without a state has none for its parts either. */
const child = (tree: unknown, name: string): unknown =>
  typeof tree === "object" && tree !== null ? (tree as Readonly<Record<string, unknown>>)[name] : undefined;
