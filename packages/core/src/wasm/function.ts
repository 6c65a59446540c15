/** Functions of a module, and calls of them. */

import { referencesOf, type Body, type Callable, type Code, type References } from "./code.js";
import {
  operand,
  operandsCode,
  statement,
  type Expression,
  type Operands,
  type Statement,
  type Variable,
} from "./expression.js";
import type { ValueType } from "./value-type.js";

/** A function that takes values of the types `A` and gives one of the type `R`, or none. */
export interface WasmFunction<
  A extends readonly ValueType[] = readonly ValueType[],
  R extends ValueType | undefined = ValueType | undefined,
> extends Callable {
  readonly parameters: A;
  readonly result: R;
}

type TypesOf<P extends readonly Variable[]> = { readonly [I in keyof P]: P[I]["type"] };

const typesOf = <const P extends readonly Variable[]>(locals: P): TypesOf<P> =>
  // `map` forgets the length of a tuple.
  locals.map(({ type }) => type) as unknown as TypesOf<P>;

/** A function without a result. Its other variables are those that come in its code. */
export const procedure = <const P extends readonly Variable[]>(
  name: string,
  parameters: P,
  body: readonly Statement[],
): WasmFunction<TypesOf<P>, undefined> => ({
  name,
  parameters: typesOf(parameters),
  result: undefined,
  body: bodyOf(
    parameters,
    body.map(({ code }) => code),
  ),
});

/** A function whose result is an expression, computed behind the body. */
export const valued = <const P extends readonly Variable[], R extends ValueType>(
  name: string,
  parameters: P,
  body: readonly Statement[],
  result: Expression<R>,
): WasmFunction<TypesOf<P>, R> => ({
  name,
  parameters: typesOf(parameters),
  result: result.type,
  body: bodyOf(parameters, [body.map(({ code }) => code), result.code]),
});

/** A function that the host gives to the module. */
export const imported = <const A extends readonly ValueType[], R extends ValueType | undefined>(
  from: string,
  name: string,
  parameters: A,
  result: R,
): WasmFunction<A, R> => ({ name, parameters, result, importedFrom: from });

/** A call of a procedure of its own with the statements, whose parameters are those of the variables that come in them. */
export const apart = (
  name: string,
  variables: readonly Variable[],
  body: readonly Statement[],
): Statement => {
  const code = body.map((part) => part.code);
  const references = referencesOf(code);
  const parameters = variables.filter(({ variable }) => references.variables.has(variable));
  const callable = {
    name,
    parameters: typesOf(parameters),
    result: undefined,
    body: withReferences(parameters, code, references),
  };
  return run(callable, ...parameters);
};

const bodyOf = (parameters: readonly Variable[], code: Code): Body =>
  withReferences(parameters, code, referencesOf(code));

const withReferences = (
  parameters: readonly Variable[],
  code: Code,
  { variables, callables }: References,
): Body => ({
  code,
  variables: [...new Set([...parameters.map(({ variable }) => variable), ...variables])],
  callables,
});

/** A call of a procedure. */
export const run = <A extends readonly ValueType[]>(
  callable: WasmFunction<A, undefined>,
  ...values: Operands<A>
): Statement =>
  statement(...operandsCode(callable.name, callable.parameters, values), { kind: "call", callable });

/** A call of a function with a result. */
export const call = <A extends readonly ValueType[], R extends ValueType>(
  callable: WasmFunction<A, R>,
  ...values: Operands<A>
): Expression<R> => ({
  type: callable.result,
  code: [...operandsCode(callable.name, callable.parameters, values), { kind: "call", callable }],
});

/** Computes a value and forgets it. */
export const drop = (value: Expression): Statement =>
  statement(operand("drop", value.type, value).code, 0x1a);
