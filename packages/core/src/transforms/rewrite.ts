/** The interpreter that applies identities: what they match is not recorded, but what they give instead. */

import type { Primitive } from "../program/primitive.js";
import type { Pass } from "../program/nested.js";
import { isVariableOf, type Equation, type Program } from "../program/program.js";
import { Variable } from "../program/variable.js";
import { unwrap } from "../errors/either.js";
import type { Value } from "../tensor/value.js";
import { runWith, type Interpreter } from "../trace/interpreter.js";
import { once } from "../wasm/engine.js";

/** One application of a primitive. */
export interface Application<P> {
  readonly inputs: readonly Value[];
  readonly params: P;
}

/** What an identity sees of the program around an application. */
export interface Surroundings {
  /** The application that gave a value, if it was this primitive's. */
  givenBy<P>(primitive: Primitive<P>, value: Value | undefined): Application<P> | undefined;
  /** The primitive that gave a value. */
  giverOf(value: Value): Primitive | undefined;
  /** Whether a value has no reader but this one: what gave it goes away with the reader. */
  isReadOnce(value: Value): boolean;
}

/** An equal value, written with other primitives or none; undefined where the identity says nothing. */
export interface Identity<P = unknown> {
  readonly of: Primitive<P>;
  rewrite(application: Application<P>, around: Surroundings): Value | undefined;
}

/** An identity of a primitive. Its params are typed here, once. */
export const identity = <P>(
  of: Primitive<P>,
  rewrite: (inputs: readonly Value[], params: P, around: Surroundings) => Value | undefined,
): Identity => ({
  of,
  rewrite: ({ inputs, params }, around) => rewrite(inputs, params as P, around),
});

/** An identity of every primitive that a predicate on applications picks. */
export type GeneralIdentity = (
  primitive: Primitive,
  inputs: readonly Value[],
  params: unknown,
) => Value | undefined;

/** The pass that applies identities from the first equation to the last, also to what they give. */
export const rewriting = (identities: () => readonly Identity[], general: GeneralIdentity): Pass => {
  const table = once(() => byPrimitive(identities()));
  return (program) => new Rewriter(program, table(), general).rewritten();
};

const byPrimitive = (identities: readonly Identity[]): ReadonlyMap<Primitive, readonly Identity[]> => {
  const table = new Map<Primitive, readonly Identity[]>();
  for (const one of identities) table.set(one.of, [...(table.get(one.of) ?? []), one]);
  return table;
};

class Rewriter implements Interpreter, Surroundings {
  readonly transformation = "simplify";
  readonly active = true;
  private readonly equations: Equation[] = [];
  private readonly givers = new Map<number, Equation>();
  private readonly readers = new Map<number, number>();
  private variables: number;

  constructor(
    private readonly program: Program,
    private readonly identities: ReadonlyMap<Primitive, readonly Identity[]>,
    private readonly general: GeneralIdentity,
  ) {
    this.variables = program.variables;
    for (const { inputs } of program.equations) this.countReaders(inputs);
    this.countReaders(program.outputs);
  }

  rewritten(): Program {
    const replaced = new Map<number, Value>();
    const read = (value: Value): Value =>
      isVariableOf(this.program, value) ? (replaced.get(value.index) ?? value) : value;
    const { program } = this;
    return runWith(this, () => {
      for (const equation of program.equations) {
        const inputs = equation.inputs.some((input) => read(input) !== input)
          ? equation.inputs.map(read)
          : equation.inputs;
        const [output] = equation.outputs;
        const equal = this.equalTo(equation.primitive, inputs, equation.params);
        if (equal !== undefined && output !== undefined) replaced.set(output.index, equal);
        else this.record(inputs === equation.inputs ? equation : { ...equation, inputs });
      }
      if (replaced.size === 0) return program;
      return {
        ...program,
        equations: this.equations,
        outputs: program.outputs.map(read),
        variables: this.variables,
      };
    });
  }

  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    const equal = this.equalTo(primitive, inputs, params);
    if (equal !== undefined) return [equal];
    const avals = unwrap(primitive.shape(inputs, params));
    const outputs = avals.map(
      ({ shape, dtype }) => new Variable(this.program.owner, shape, dtype, this.variables++, primitive.name),
    );
    this.record({ primitive, inputs, params, outputs });
    return outputs;
  }

  givenBy<P>(primitive: Primitive<P>, value: Value | undefined): Application<P> | undefined {
    const equation = isVariableOf(this.program, value) ? this.givers.get(value.index) : undefined;
    return equation?.primitive === primitive
      ? { inputs: equation.inputs, params: equation.params as P }
      : undefined; // its own params
  }

  giverOf(value: Value): Primitive | undefined {
    return isVariableOf(this.program, value) ? this.givers.get(value.index)?.primitive : undefined;
  }

  isReadOnce(value: Value): boolean {
    return isVariableOf(this.program, value) && this.readers.get(value.index) === 1;
  }

  private equalTo(primitive: Primitive, inputs: readonly Value[], params: unknown): Value | undefined {
    for (const one of this.identities.get(primitive) ?? []) {
      const equal = one.rewrite({ inputs, params }, this);
      if (equal !== undefined) return equal;
    }
    return this.general(primitive, inputs, params);
  }

  private record(equation: Equation): void {
    this.equations.push(equation);
    for (const { index } of equation.outputs) this.givers.set(index, equation);
  }

  private countReaders(values: readonly Value[]): void {
    for (const value of values) {
      if (isVariableOf(this.program, value))
        this.readers.set(value.index, (this.readers.get(value.index) ?? 0) + 1);
    }
  }
}
