/** Values at a place in a loop: what is stored is read, what is not is computed there. */

import { contractIndices, type ContractParams } from "./contract-indices.js";
import { axisIndex, type Affine } from "../program/lowering.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import { rowMajorStrides, type Aval } from "../tensor/shape.js";
import type { Value } from "../tensor/value.js";
import type { Analysis } from "./analysis.js";
import { composed, Graph, product, type Node } from "./expression-graph.js";
import { onlyElement } from "./only-element.js";
import { reshapedIndex } from "./reshaped.js";
import { stridesOf, type Storage, type Strided } from "./storage.js";
import type { Values } from "./values.js";

type Place = readonly Affine[];

/** Where values are, as far as loops ask. */
type Places = Pick<Values, "find" | "storageOf" | "inMemory">;

/** Makes the graph of the expressions that a loop computes, from its equations and from those inlined into them. */
export class Expansion {
  readonly graph = new Graph();
  /** What the loop itself gives, element by element. */
  private readonly here = new Map<number, Node>();

  constructor(
    private readonly program: Program,
    private readonly analysis: Analysis,
    private readonly values: Places,
    /** The number of loops. */
    private readonly rank: number,
  ) {}

  /** What a loop computes for an equation, at the place where it is: the element that it stores, or adds. */
  root(equation: Equation): Node {
    const { primitive, inputs, outputs, params } = equation;
    const place = Array.from({ length: this.rank }, (_, axis) => axisIndex(this.rank, axis));
    if (primitive.lower.kind === "reduce") return this.value(inputs[0] as Value, place);
    if (primitive.lower.kind !== "contract") return this.equation(equation, place);
    const [x, y] = inputs as readonly [Value, Value];
    const [left, right] = contractIndices(x.shape, y.shape, params as ContractParams, this.rank);
    const factors = [this.value(x, left), this.value(y, right)];
    return this.graph.operation(
      equation,
      { lower: product, params: {}, output: outputs[0] as Aval },
      factors,
    );
  }

  /** Says that the loop gives the elements of a variable, each in its place. */
  give(index: number, node: Node): void {
    this.here.set(index, node);
  }

  value(value: Value, at: Place): Node {
    if (value instanceof ArrayTensor) {
      const only = onlyElement(value);
      return only === undefined
        ? this.read(this.values.storageOf(value), at)
        : this.graph.constant(value.dtype, only);
    }
    if (!isVariableOf(this.program, value)) throw new TypeError("a value of another program is read");
    const here = this.here.get(value.index);
    if (here !== undefined && isIdentity(at)) return here;
    const storage = this.values.find(value.index);
    if (storage !== undefined) return this.read(storage, at);
    const giver = this.analysis.givers.get(value.index);
    if (giver === undefined) throw new TypeError("a value is read that nothing gives");
    return this.equation(giver, at);
  }

  private equation(equation: Equation, at: Place): Node {
    const { primitive, inputs, params, outputs } = equation;
    const { lower } = primitive;
    const output = outputs[0] as Aval;
    const [input] = inputs as readonly [Value, ...Value[]];
    switch (lower.kind) {
      case "elementwise": {
        const operands = inputs.map((operand) => this.value(operand, at));
        return this.graph.operation(equation, { lower, params, output }, operands);
      }
      case "stencil": {
        const elements = lower.reads(inputs, params, output).map((reading) => {
          if ("number" in reading) return this.number(composed(reading.number, at, this.rank));
          const place = reading.at.map((index) => composed(index, at, this.rank));
          return this.value(inputs[reading.operand] as Value, place);
        });
        return this.graph.operation(equation, { lower, params, output }, elements);
      }
      case "iota":
        return this.graph.index(output.dtype, at[0] ?? { start: 0, steps: [] });
      case "view":
        return this.value(
          input,
          lower.index(input, params, output).map((index) => composed(index, at, this.rank)),
        );
      case "reshape": {
        const index = reshapedIndex(input.shape, output.shape);
        return index === undefined
          ? this.read({ ...this.values.storageOf(input), shape: output.shape }, at)
          : this.value(
              input,
              index.map((each) => composed(each, at, this.rank)),
            );
      }
      default:
        throw new TypeError(`${primitive.name} is no part of a loop`);
    }
  }

  private number(at: Affine): Node {
    return at.steps.every((step) => step === 0)
      ? this.graph.constant("uint32", at.start)
      : this.graph.index("uint32", at);
  }

  private read(storage: Storage, at: Place): Node {
    const place = composed({ start: 0, steps: rowMajorStrides(storage.shape) }, at, this.rank);
    if (storage.kind === "lanes" && place.steps.every((step) => step === 0)) {
      const lane = storage.lanes[place.start];
      if (lane !== undefined) return this.graph.given(lane);
    }
    return this.graph.load(this.values.inMemory(storage), storage.dtype, place);
  }
}

const isIdentity = (at: Place): boolean =>
  at.every(
    ({ start, steps }, axis) => start === 0 && steps.every((step, k) => step === (k === axis ? 1 : 0)),
  );

/** A value as elements of what is stored of it, through the views in between. */
export const stridedValue = (program: Program, analysis: Analysis, values: Places, value: Value): Strided => {
  const rank = value.shape.length;
  let at: Place = value.shape.map((_, axis) => axisIndex(rank, axis));
  let current = value;
  while (isVariableOf(program, current) && values.find(current.index) === undefined) {
    const giver = analysis.givers.get(current.index);
    const [input] = giver?.inputs ?? [];
    if (giver?.primitive.lower.kind !== "view" || input === undefined) break;
    at = giver.primitive.lower.index(input, giver.params, current).map((index) => composed(index, at, rank));
    current = input;
  }
  const buffer = values.inMemory(values.storageOf(current));
  return { buffer, at: composed({ start: 0, steps: stridesOf(buffer) }, at, rank) };
};
