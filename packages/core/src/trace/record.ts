/**
 * The interpreter that records a program. Recording everything, it is `stage`; recording only what touches
 * its own variables and handing the rest to its parent, it keeps the linear part of a linearisation.
 */

import { unwrap } from "../errors/either.js";
import type { Primitive } from "../program/primitive.js";
import type { Equation, Program } from "../program/program.js";
import { Variable } from "../program/variable.js";
import { ArrayTensor } from "../tensor/array-tensor.js";
import { checkKept, donations } from "../tensor/donated.js";
import type { Aval } from "../tensor/shape.js";
import { leakedError, Tracer, type GivenBy } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import type { Interpreter } from "./interpreter.js";

/** Writes the primitives that are applied down as the equations of a program. */
export class Recorder implements Interpreter {
  active = true;
  private readonly inputs: Variable[] = [];
  private readonly equations: Equation[] = [];
  private variables = 0;

  constructor(
    readonly transformation: string,
    /** Where an application goes that touches no variable; undefined records it too. */
    private readonly others?: Interpreter,
  ) {}

  /** A new input of the program; `from` says which, in words. */
  input(aval: Aval, from?: () => string): Variable {
    const variable = this.variable(aval, from);
    this.inputs.push(variable);
    return variable;
  }

  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    if (this.others !== undefined && !inputs.some((input) => this.owns(input)))
      return this.others.bind(primitive, inputs, params);
    for (const input of inputs) {
      if (input instanceof Tracer && !input.owner.active) throw leakedError(input, primitive.name);
      if (donations.any && input instanceof ArrayTensor) checkKept(primitive.name, input);
    }
    const outputs = unwrap(primitive.shape(inputs, params)).map((aval) =>
      this.variable(aval, primitive.name),
    );
    this.equations.push({ primitive, inputs, params, outputs });
    return outputs;
  }

  /** The program so far, with these outputs. */
  program(outputs: readonly Value[]): Program {
    return {
      owner: this,
      inputs: this.inputs,
      equations: this.equations,
      outputs,
      variables: this.variables,
    };
  }

  owns(value: Value): value is Variable {
    return value instanceof Variable && value.owner === this;
  }

  private variable({ shape, dtype }: Aval, givenBy?: GivenBy): Variable {
    return new Variable(this, shape, dtype, this.variables++, givenBy);
  }
}
