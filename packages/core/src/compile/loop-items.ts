/** Writes the loops of a block's items: where each result goes, and what makes room for it. */

import type { Equation } from "../program/program.js";
import { bytesOf } from "../tensor/dtype.js";
import { rowMajorStrides, sizeOfShape } from "../tensor/shape.js";
import type { Shape } from "../types/tensor.js";
import { local, type Expression, type Statement } from "../wasm/expression.js";
import type { CodeBlock } from "./code-block.js";
import type { Expansion } from "./expand.js";
import type { Node } from "./expression-graph.js";
import { isTotal, type FollowedItem, type LoopItem } from "./items.js";
import { scalarType, type Lane } from "./lanes.js";
import type { LoopJob, Root } from "./loop-job.js";
import { isReadInPlace } from "./read-in-place.js";
import type { ResultPlaces } from "./result-places.js";
import type { BufferStorage, Piece } from "./storage.js";
import { writeFollowed } from "./structure.js";
import type { Values } from "./values.js";

/** Writes items that are loops, by themselves or behind what they follow. */
export class LoopItems {
  constructor(
    private readonly block: CodeBlock,
    private readonly values: Values,
    private readonly places: ResultPlaces,
    /** Whether a total of one element may stay in a variable. */
    private readonly keepsTotals: boolean,
  ) {}

  write(item: LoopItem, dying: readonly number[]): void {
    this.block.loops(this.jobOf(item, dying, this.block.expansion(item.domain.length)));
  }

  /** Where nothing else reads what loops follow, it is in the place of a result, if it needs one. */
  writeFollowed({ equations, names, loop, isKept }: FollowedItem, dying: readonly number[]): void {
    const [first] = equations;
    const output = first.outputs[0] as (typeof first.outputs)[0] & object; // it gives one value
    const results = loop.equations.flatMap(({ outputs }) => outputs);
    const host = isKept ? undefined : results.find(({ dtype }) => bytesOf(dtype) === bytesOf(output.dtype));
    const isComputedInPlace = !isKept && first.primitive.lower.kind === "gather";
    if (!isComputedInPlace) {
      const buffer = this.places.take(host ?? output);
      if (host !== undefined) {
        this.places.want(host.index, buffer);
        const { shape, dtype } = output;
        this.values.set(output.index, { ...buffer, shape, dtype, piece: undefined });
      }
    }
    for (const { outputs } of names) {
      const [name] = outputs;
      if (name !== undefined)
        this.values.set(name.index, { ...this.block.bufferOf(output), shape: name.shape, piece: undefined });
    }
    writeFollowed(
      this.block,
      first,
      isKept,
      (operands, expansion = this.block.expansion(loop.domain.length)) => {
        const room = dying.filter((index) => !operands.includes(this.pieceOf(index)));
        return this.jobOf(loop, room, expansion);
      },
    );
  }

  private pieceOf(index: number): Piece | undefined {
    const storage = this.values.find(index);
    return storage?.kind === "buffer" ? storage.piece : undefined;
  }

  private jobOf(
    { domain, reduced, equations }: LoopItem,
    dying: readonly number[],
    expansion: Expansion,
  ): LoopJob {
    const nodes = equations.map((equation) => {
      const node = expansion.root(equation);
      const [output] = equation.outputs;
      if (output !== undefined && !isTotal(equation)) expansion.give(output.index, node);
      return node;
    });
    // What is read for the last time, element by element, makes room for a result.
    const room = dying.flatMap((index): readonly BufferStorage[] => {
      const storage = this.values.find(index);
      return storage?.kind === "buffer" && isReadInPlace(storage, domain, expansion.graph.nodes)
        ? [storage]
        : [];
    });
    const roots = equations.map((equation, place) =>
      this.rootOf(equation, nodes[place] as Node, domain, reduced, room),
    );
    return { domain, reduced, graph: expansion.graph, roots };
  }

  private rootOf(
    equation: Equation,
    node: Node,
    domain: Shape,
    reduced: readonly boolean[],
    room: BufferStorage[],
  ): Root {
    const output = equation.outputs[0] as (typeof equation.outputs)[0] & object; // a loop gives one value
    const { lower } = equation.primitive;
    const { shape, dtype, index } = output;
    if (!isTotal(equation)) {
      const place = this.places.isWanted(index)
        ? -1
        : room.findIndex((other) => bytesOf(other.dtype) === bytesOf(dtype));
      const [taken] = place < 0 ? [] : room.splice(place, 1);
      const buffer = taken === undefined ? this.places.take(output) : this.values.reuse(taken, output);
      return { node, dtype, target: { buffer, at: { start: 0, steps: rowMajorStrides(domain) } } };
    }
    const fold = lower.kind === "reduce" ? lower.fold : "sum";
    if (sizeOfShape(shape) === 1 && !this.places.isWanted(index) && this.keepsTotals) {
      const variable = local(scalarType(dtype));
      this.values.set(index, { kind: "lanes", shape, dtype, lanes: [{ dtype, value: variable }] });
      const keep = ({ value }: Lane): Statement => variable.set(value as Expression<never>); // of the dtype
      return { node, fold, dtype, target: { keep } };
    }
    const buffer = this.places.take(output);
    const strides = rowMajorStrides(shape);
    let kept = 0;
    const steps = reduced.map((is) => (is ? 0 : (strides[kept++] ?? 0)));
    return { node, fold, dtype, target: { buffer, at: { start: 0, steps } } };
  }
}
