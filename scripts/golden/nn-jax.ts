/** nn-jax.json: activations, unreduced losses and attention, with their derivatives as in ops/. */

import { sharedFields, type Context, type RunCase } from "./context.js";
import {
  checkDifferentiated,
  differentiatedFields,
  readDifferentiated,
  type TensorFunction,
} from "./derivatives.js";
import { BadCase, asRecord, asString, checkFields, show, type JsonRecord } from "./json.js";
import { functionOf, type Callable } from "./names.js";
import { nnOptions, optionalArgument } from "./nn-options.js";
import { toleranceOf } from "./own-tolerance.js";
import type { Tensor } from "./signatures.js";
import { asTensor, fromTensor, toTensor } from "./values.js";

type Options = { readonly [name: string]: unknown };

export const runNnJax: RunCase = (record, context) => {
  checkFields(record, [...sharedFields, ...differentiatedFields, "kind", "function", "params"]);
  const closeness = toleranceOf(record, context.precision, { float64: 1e-10, float32: 1e-5 });
  checkDifferentiated(
    functionOfCase(record, context),
    readDifferentiated(record, context),
    context,
    closeness,
  );
};

const functionOfCase = (record: JsonRecord, context: Context): TensorFunction => {
  const name = asString(record["function"], "function");
  const params = asRecord(record["params"], "params");
  switch (record["kind"]) {
    case "activation": {
      const [f, options] = [nn(name, context), optionalArgument(nnOptions(params, context))];
      return (inputs) => [asTensor(f(...inputs, ...options))];
    }
    case "loss": {
      const options = { ...nnOptions(params, context), reduction: "none" };
      const special = specialLosses[name];
      if (special !== undefined) return (inputs) => [special(inputs, options, context)];
      const f = nn(name, context);
      return (inputs) => [asTensor(f(...inputs, options))];
    }
    case "attention":
      return attentionOf(name, params, context);
    default:
      throw new BadCase(`unknown kind ${show(record["kind"])}`);
  }
};

const nn = (name: string, { library }: Context): Callable => functionOf(library, "@cotangent/nn", name);

type Loss = (inputs: readonly Tensor[], options: Options, context: Context) => Tensor;

/** optax's losses that are another call here. */
const specialLosses: { readonly [name: string]: Loss } = {
  cosineSimilarity: (inputs, options, context) =>
    context.core.sub(1, asTensor(nn("cosineDistance", context)(...inputs, options))),

  /** optax sums over the last axis. */
  klDivergence: (inputs, options, context) =>
    context.core.sum(asTensor(nn("klDivergence", context)(...inputs, options)), { axis: -1 }),

  /** optax takes logits, one value a row of axis 0. */
  dice: ([logits, targets], { reduction: _reduction, ...options }, context) => {
    const { index, shapeOf, sigmoid, stack } = context.core;
    if (logits === undefined || targets === undefined) throw new BadCase("dice takes two inputs");
    const rows = Array.from({ length: shapeOf(logits)[0] ?? 0 }, (_, row) =>
      asTensor(nn("dice", context)(sigmoid(index(logits, [row])), index(targets, [row]), options)),
    );
    return stack(rows);
  },

  /** optax takes logits [B, T, K] and paddings; the lengths count the zeros of the paddings. */
  ctc: ([logits, logitPaddings, labels, labelPaddings], options, context) => {
    if (logits === undefined) throw new BadCase("ctc takes four inputs");
    const time = context.core.transpose(logits, [1, 0, 2]);
    const logProbabilities = nn("logSoftmax", context)(time);
    const lengths = [logitPaddings, labelPaddings].map((paddings) => zerosOf(paddings, context));
    return asTensor(nn("ctc", context)(logProbabilities, labels, ...lengths, options));
  },
};

/** How many zeros each row of a matrix has. */
const zerosOf = (paddings: Tensor | undefined, { library }: Context): Tensor => {
  const { shape, data } = fromTensor(library, paddings, "paddings");
  const [rows = 0, columns = 0] = shape;
  const counts = Array.from({ length: rows }, (_, row) => {
    const places = data.slice(row * columns, (row + 1) * columns);
    return places.filter((padding) => padding === 0).length;
  });
  return toTensor(library, { shape: [rows], dtype: "int32", data: counts });
};

/** The tensors after q, k and v are the bias and the mask, where the parameters say so. */
const attentionOf = (name: string, params: JsonRecord, context: Context): TensorFunction => {
  const { bias, mask, keyLengths, ...rest } = params;
  const options = nnOptions(rest, context);
  const named = [...(bias === true ? ["bias"] : []), ...(mask === true ? ["mask"] : [])];
  const lengths =
    keyLengths === undefined ? {} : { keyLengths: context.core.tensor(keyLengths, { dtype: "int32" }) };
  return ([q, k, v, ...others]) => {
    const tensors = Object.fromEntries(named.map((option, i) => [option, others[i]]));
    return [
      asTensor(nn(name, context)(q, k, v, ...optionalArgument({ ...options, ...lengths, ...tensors }))),
    ];
  };
};
