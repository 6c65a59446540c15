/** What users do wrong, and the message that each gets: the whole text is in the snapshot. */

import {
  add,
  attempt,
  bitcast,
  concatenate,
  convert,
  customVjp,
  div,
  einsum,
  evalShape,
  exp,
  expectShape,
  foriLoop,
  fromTypedArray,
  grad,
  greater,
  hvp,
  item,
  jvp,
  linearize,
  linearTranspose,
  matmul,
  max,
  jit,
  mul,
  oneHot,
  ones,
  ravelTree,
  reshape,
  scalar,
  scan,
  sin,
  slice,
  sort,
  stack,
  stage,
  sum,
  switchCase,
  take,
  tensor,
  TensorError,
  toArray,
  transpose,
  treeMap,
  treeUnflatten,
  treeStructure,
  vjp,
  vmap,
  where,
  zeros,
  type Tensor,
} from "@cotangent/core";
import { describe, expect, it } from "vitest";

/** A value whose type says nothing, as it comes from JSON or from plain JavaScript. */
const untyped = (value: unknown): never => value as never;

/** A function as plain JavaScript sees it. */
const loose = (f: unknown): ((...args: readonly unknown[]) => (...args: readonly unknown[]) => unknown) =>
  untyped(f);

/** What a sum of a tensor and a number would be. */
const plusOne = (x: unknown): unknown => (x as number) + 1;

const vector = tensor([1, 2, 3]);
const matrix: Tensor = ones([2, 3]);
const integers = tensor([1, 2, 3], { dtype: "int32" });

function* generator(x: Tensor): Generator<Tensor> {
  yield x;
}

/** A tensor that was given away. */
const donated = (): Tensor<[3]> => {
  const given = ones([3]);
  jit((x: Tensor<[3]>) => mul(x, 2), { donate: [0] })(given);
  return given;
};

/** The tracer that a function gets, kept beyond its transformation. */
const leaked = (transform: (f: (x: Tensor) => Tensor) => unknown): Tensor => {
  let kept: Tensor = vector;
  transform((x) => {
    kept = x;
    return sum(x);
  });
  return kept;
};

const mistakes: Readonly<Record<string, () => unknown>> = {
  "ragged rows": () => tensor(untyped([[1, 2], [3]])),
  "ragged depth": () => tensor(untyped([[1, 2], 3])),
  "a string among the numbers": () => tensor(untyped([[1, "2"]])),
  "a fraction in an integer tensor": () => tensor([1.5], { dtype: "int32" }),
  "a negative number in uint32": () => tensor([-1], { dtype: "uint32" }),
  "an unknown dtype": () => zeros([2], untyped({ dtype: "float16" })),
  "a shape that is no shape": () => zeros(untyped([2, -1])),
  "a shape that is a number": () => zeros(untyped(3)),
  "a typed array of another length": () => fromTypedArray(Float32Array.of(1, 2, 3), [2, 2]),
  "a typed array of another type": () => fromTypedArray(untyped(Int8Array.of(1)), [1]),
  "shapes that do not broadcast": () => add(ones([2, 3]) as Tensor, ones([2]) as Tensor),
  "dtypes that differ": () => add(untyped(vector), untyped(integers)),
  "a fraction beside an integer tensor": () => loose(mul)(integers, 1.5),
  "a function of floats on integers": () => exp(untyped(integers)),
  "an array instead of a tensor": () => loose(add)([1, 2], 1),
  "undefined instead of a tensor": () => sin(untyped(undefined)),
  "contracted lengths that differ": () => matmul(matrix, matrix),
  "a matrix product of scalars": () => matmul(untyped(scalar(1)), untyped(scalar(2))),
  "an axis out of range": () => sum(matrix, { axis: 2 }),
  "NaN as an axis": () => sum(matrix, { axis: NaN }),
  "a fraction as an axis": () => max(matrix, { axis: 0.5 }),
  "an axis named twice": () => sum(matrix, { axis: [0, -2] }),
  "an axis of a scalar": () => sum(scalar(1) as Tensor, { axis: 0 }),
  "the maximum of nothing": () => max(zeros([0]) as Tensor),
  "a reshape to another size": () => reshape(matrix, [4, 2]),
  "two lengths to infer": () => reshape(matrix, [-1, -1]),
  "a permutation that is none": () => transpose(matrix, [0, 0]),
  "joining shapes that differ": () =>
    concatenate([ones([2, 3]) as Tensor, ones([2, 2]) as Tensor], { axis: 0 }),
  "joining nothing": () => concatenate(untyped([]), { axis: 0 }),
  "stacking shapes that differ": () => stack([ones([2]) as Tensor, ones([3]) as Tensor]),
  "a slice outside": () => slice(vector as Tensor, [0], [5]),
  "an index out of range": () => take(vector, tensor([0, 3], { dtype: "int32" })),
  "a fraction as an index": () => take(vector, untyped(tensor([0.5]))),
  "a class out of range": () => oneHot(tensor([0, 2], { dtype: "int32" }), 2),
  "an einsum equation that does not fit": () => einsum("ij,jk->ik", matrix, matrix),
  "an einsum equation that is none": () => einsum("ij->ik", matrix),
  "sorting along an axis that is not there": () => loose(sort)(vector, { axis: 1 }),
  "a condition that is no bool": () => loose(where)(vector, 1, 0),
  "bits of another width": () => bitcast(vector, "float64"),
  "convert to nothing": () => convert(vector, untyped("int64")),
  "another shape than expected": () => expectShape(matrix, [-1, 784]),
  "the item of a vector": () => item(vector),

  "grad of a vector": () => grad(untyped(sin))(vector as never),
  "grad of a number": () => grad(untyped(() => 3))(vector as never),
  "grad of an integer loss": () => grad(untyped((x: Tensor) => convert(sum(x), "int32")))(vector as never),
  "grad of a tree": () => grad(untyped((x: Tensor) => ({ loss: sum(x) })))(vector as never),
  "grad of nothing": () => grad(untyped((x: Tensor) => void sum(x)))(vector as never),
  "grad of an async function": () =>
    grad(untyped(async (x: Tensor) => Promise.resolve(sum(x))))(vector as never),
  "grad at integers": () => grad(untyped((x: Tensor) => sum(convert(x, "float32"))))(integers as never),
  "grad at a number": () => grad(untyped((x: number) => scalar(x)))(untyped(3)),
  "grad at an argument that is not given": () =>
    grad((x: Tensor) => sum(x), { argnums: untyped(1) })(vector as never),
  "grad of what is no function": () => grad(untyped(vector)),
  "hasAux without a pair": () =>
    grad(
      untyped((x: Tensor) => sum(x)),
      { hasAux: true },
    )(vector as never),
  "an unknown class in the arguments": () =>
    grad(untyped((p: { w: Tensor }) => sum(p.w)))(untyped({ w: vector, when: new Date(0) })),
  "a typed array in the arguments": () =>
    grad(untyped((p: { w: Tensor }) => sum(p.w)))(untyped({ w: [Float32Array.of(1)] })),
  "undefined in the arguments": () =>
    grad(untyped((p: { w: Tensor }) => sum(p.w)))(untyped({ w: vector, bias: undefined })),
  "a promise in the arguments": () =>
    grad(untyped((p: { w: Tensor }) => sum(p.w)))(untyped({ w: Promise.resolve(vector) })),
  "a tangent of another shape": () => jvp(sin, [vector], [untyped(ones([2]))]),
  "a tangent of another tree": () =>
    jvp((p: { w: Tensor }) => sum(p.w), [{ w: vector }], [untyped({ v: vector })]),
  "primals that are no tuple": () => jvp(untyped(sin), untyped(vector), untyped([vector])),
  "a cotangent of another shape": () => vjp(sin, [vector])[1](untyped(scalar(1))),
  "a tangent for linearize of another dtype": () => linearize(sin, [vector])[1](untyped(integers)),
  "the transpose of what is not linear": () => linearTranspose((x: Tensor) => mul(x, x), [vector])(vector),
  "the transpose of a quotient": () => linearTranspose((x: Tensor) => div(1, x), [vector])(vector),
  "a path to an argument that is not the first": () =>
    grad(
      untyped((_a: Tensor, p: { w: Tensor }) => sum(p.w)),
      { argnums: untyped(1) },
    )(vector as never, untyped({ w: [Symbol("w")] })),
  "the transpose of a constant": () => loose(linearTranspose)(() => vector, [vector]),
  "hvp of a vector": () => hvp(untyped(sin), [vector], [vector]),

  "vmap over nothing": () => loose(vmap)(sin, { inAxes: [null] })(vector),
  "vmap over lengths that differ": () =>
    vmap((a: Tensor, b: Tensor) => add(a, b))(untyped(ones([2, 3])), untyped(ones([3, 3]))),
  "vmap over an axis out of range": () => loose(vmap)(sin, { inAxes: [2] })(vector),
  "vmap with too many axes": () => loose(vmap)(sin, { inAxes: [0, 0] })(vector),
  "vmap with an axis that is no number": () => loose(vmap)(sin, { inAxes: ["0"] })(vector),
  "vmap that drops the batch": () => loose(vmap)(sin, { outAxes: null })(vector),

  "a list of rows of a tracer": () => jit(untyped((x: Iterable<Tensor>) => [...x]))(vector),
  "parts of a tracer by destructuring": () => grad(untyped(([a]: Iterable<Tensor>) => a))(vector as never),
  "a generator under jit": () => jit(untyped(generator))(vector),
  "an iterator in the arguments": () => jit(untyped(() => vector))({ rows: [vector].values() }),
  "an object of a class without a name": () =>
    jit(untyped(() => vector))(
      new (class {
        readonly rate = 1;
      })(),
    ),
  "an object without a constructor": () =>
    jit(untyped(() => vector))(Object.create(Object.create(null) as object)),
  "a donated tensor that a traced function closes over": () => {
    const given = donated();
    return jit((x: Tensor<[3]>) => add(x, given))(vector);
  },
  "a donated tensor as text": () => String(donated()),
  "a static argument that is an object": () => jit(untyped(sin), { staticArgs: [0] })({}),

  "host if under vmap": () => vmap((x: Tensor) => (item(x) > 0 ? x : mul(-1, x)))(untyped(vector)),
  "comparison under vmap": () =>
    vmap(untyped((x: Tensor) => (untyped(x) > 0 ? x : mul(-1, x))))(vector as never),
  "comparison under jit": () =>
    jit(untyped((p: { w: Tensor }) => (untyped(p.w) > 0 ? p.w : mul(-1, p.w))))({ w: vector }),
  "arithmetic under jit": () => jit((x: Tensor) => plusOne(mul(2, x)))(vector),
  "text under jit": () => jit(untyped((x: Tensor) => `x is ${untyped(x) as string}`))(scalar(0)),
  "JSON under jit": () =>
    jit(untyped((x: Tensor) => JSON.parse(JSON.stringify({ x })) as unknown))(scalar(0)),
  "a result under vmap as a number": () => vmap(untyped((x: Tensor) => plusOne(mul(2, x))))(vector as never),
  "comparison under grad": () => grad((x: Tensor<[]>) => (untyped(x) > 0 ? x : x))(scalar(1)),
  "a tracer as an index": () => jit(untyped((x: Tensor) => [vector][untyped(x)]))(scalar(0)),
  "a static argument that is not given": () => jit(sin, { staticArgs: [1] })(vector),
  "a position of a rule's argument that is not given": () =>
    customVjp(untyped(sin), untyped(sin), untyped(sin), { nonDifferentiable: [3] })(vector),
  "positions that are no list": () =>
    customVjp(untyped(sin), untyped(sin), untyped(sin), { nonDifferentiable: untyped(0) }),
  "a direction that is no boolean": () =>
    scan((c: Tensor<[]>, x: Tensor<[]>) => [c, x] as const, scalar(0), vector, { reverse: untyped(1) }),
  "more steps than are counted": () => foriLoop(0, 2 ** 31, (_i, c: Tensor<[]>) => c, scalar(0)),
  "bounds too far apart": () => foriLoop(-1, 2 ** 31 - 1, (_i, c: Tensor<[]>) => c, scalar(0)),
  "a length beyond all": () => scan((c: Tensor<[]>) => [c, null] as const, scalar(0), null, { length: 3e10 }),
  "branches that are no list": () => switchCase(scalar(0, { dtype: "int32" }), untyped(sin), vector as never),
  "item under stage": () => stage((x: Tensor) => scalar(item(x)))(scalar(1)),
  "toArray under evalShape": () => evalShape((x: Tensor) => tensor(toArray(x) as number[]))(vector),
  "a comparison of a tensor": () => untyped(greater(vector, 0)) > 1,
  "a tensor in arithmetic": () => plusOne(vector),
  "a tensor as JSON": () => JSON.stringify({ vector }),
  "a tracer as text": () => grad((x: Tensor) => sum(mul(x, String(x).length)))(vector),
  "a tracer of grad that leaked": () =>
    add(
      leaked((f) => grad(f)(vector)),
      1,
    ),
  "a tracer of vmap that leaked": () =>
    add(
      leaked((f) => vmap(f)(untyped(matrix))),
      1,
    ),
  "a tracer of stage that leaked": () =>
    add(
      leaked((f) => stage(f)(vector)),
      1,
    ),
  "reading a tracer that leaked": () => item(leaked((f) => grad(f)(untyped(scalar(1))))),
  "a leaked tracer inside another transformation": () =>
    grad((x: Tensor) =>
      sum(
        add(
          x,
          leaked((f) => grad(f)(vector)),
        ),
      ),
    )(vector),

  "trees that do not match": () => treeMap((a, b) => add(a, b as Tensor), { w: vector }, { v: vector }),
  "a tensor where a tree should be": () =>
    treeMap((a, b) => add(a, b as Tensor), { w: { inner: vector } }, { w: vector }),
  "too few leaves": (): unknown => treeUnflatten(treeStructure({ a: vector, b: vector }), [vector]),
  "a vector of mixed dtypes": (): unknown => ravelTree({ a: vector, b: integers }),
};

describe("bad input", () => {
  for (const [name, mistake] of Object.entries(mistakes)) {
    it(name, () => {
      const result = attempt(mistake);
      expect(result._tag === "Left" ? `${result.left}` : result.right).toMatchSnapshot();
    });
  }

  it("leaves the interpreter cell clean after a throw", () => {
    for (const transform of [grad, vmap, stage] as readonly ((
      f: (x: Tensor) => Tensor,
    ) => (x: Tensor) => unknown)[]) {
      expect(() =>
        transform(() => {
          throw new RangeError("mine");
        })(vector),
      ).toThrow(RangeError);
      expect(toArray(add(vector, 1))).toEqual([2, 3, 4]);
    }
  });

  it("is a TensorError with its details", () => {
    const result = attempt(() => matmul(matrix, matrix));
    expect(result).toMatchObject({
      _tag: "Left",
      left: { kind: "ShapeMismatch", details: { operation: "matmul" } },
    });
    expect(result._tag === "Left" && result.left instanceof TensorError).toBe(true);
  });
});
