/** A function of trees as a function of floating leaves that computes in float64, at the point where it is checked. */

import { tensorError } from "../errors/tensor-error.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { isFloating } from "../tensor/dtype.js";
import type { Shape } from "../types/tensor.js";
import { Value } from "../tensor/value.js";
import { Tracer } from "../tensor/tracer.js";
import { currentInterpreter, runWith } from "../trace/interpreter.js";
import { pathsOf } from "../tree/flatten.js";
import { closeTree, openTree, type Tensors } from "../tree/tensors.js";
import { openResult, type UserFunction } from "../transforms/arguments.js";
import { elementsOf, joinElements } from "./elements-of.js";
import type { ListFunction } from "./transformed.js";
import { WideInterpreter } from "./wide.js";

/** A floating leaf of the arguments or of the result. */
export interface FloatingLeaf {
  readonly path: string;
  readonly shape: Shape;
}

/** The function, and where it is checked. */
export interface Point {
  readonly inputs: readonly FloatingLeaf[];
  readonly outputs: readonly FloatingLeaf[];
  /** The function of the floating leaves, for `run` and `trace`. */
  readonly f: ListFunction;
  /** The elements of each floating leaf. */
  readonly elements: readonly Float64Array[];
  /** Runs a function of the floating leaves at given elements, in float64: the elements of its results, one after another. */
  readonly run: (g: ListFunction, elements: readonly Float64Array[]) => Float64Array;
  /** A list of elements as a leaf of the same shape and dtype: a tangent, or a cotangent of an output. */
  readonly like: (leaf: Value, elements: Float64Array) => Value;
  /** Ends the check: values that look like float32 are of no use any more. */
  readonly close: () => void;
}

const host = (value: Value): ArrayTensor =>
  value instanceof Tracer ? value.read("checkGradients") : (value as ArrayTensor); // the two subclasses of Value

/** Where the tensors of a tree stand. */
const tensorPaths = (tree: Tensors): readonly string[] =>
  pathsOf(tree).filter((_, index) => tree.leaves[index] instanceof Value);

/** Opens a function at its primals. */
export const pointOf = (f: UserFunction, primals: readonly unknown[]): Point => {
  const args = openTree("checkGradients", primals, "primals");
  const paths = tensorPaths(args);
  const tensors = args.tensors.map(host);
  const places = tensors.flatMap(({ dtype }, place) => (isFloating(dtype) ? [place] : []));
  const inputs = places.map((place) => ({ path: paths[place] ?? "", shape: tensors[place]?.shape ?? [] }));
  const interpreter = new WideInterpreter(currentInterpreter());
  let outputs: readonly FloatingLeaf[] = [];

  const leafFunction: ListFunction = (leaves) => {
    const result = openResult(
      "checkGradients",
      f(
        ...(closeTree(
          args,
          tensors.map((tensor, place) => leaves[places.indexOf(place)] ?? tensor),
        ) as never[]),
      ),
    );
    const found = tensorPaths(result);
    const floating = result.tensors.flatMap((tensor, index) =>
      isFloating(tensor.dtype) ? [{ tensor, path: found[index] ?? "" }] : [],
    );
    outputs = floating.map(({ tensor, path }) => ({ path, shape: tensor.shape }));
    return floating.map(({ tensor }) => tensor);
  };
  const like = (leaf: Value, elements: Float64Array): Value => {
    const tensor = contiguousTensor(elements, leaf.shape, "float64");
    return leaf.dtype === "float32" ? interpreter.present(tensor) : tensor;
  };
  const run = (g: ListFunction, elements: readonly Float64Array[]): Float64Array =>
    runWith(interpreter, () => {
      const leaves = places.map((place, index) =>
        like(tensors[place] as Value, elements[index] ?? new Float64Array(0)),
      );
      return joinElements(g(leaves).map((output) => host(interpreter.held(output))));
    });
  const elements = places.map((place) => elementsOf(tensors[place] as ArrayTensor));
  checkDifferentiable(inputs);
  const close = (): void => void (interpreter.active = false);
  try {
    run(leafFunction, elements);
  } catch (error) {
    close();
    throw error;
  }
  return { inputs, outputs, f: leafFunction, elements, run, like, close };
};

const checkDifferentiable = (inputs: readonly FloatingLeaf[]): void => {
  if (inputs.length > 0) return;
  throw tensorError({
    kind: "NotDifferentiable",
    operation: "checkGradients",
    problem: "the primals have no floating tensor to differentiate",
    fix: "pass a tensor of float32 or float64: scalar(2) for the number 2",
  });
};
