import { zeros, type Tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { expect, it } from "vitest";
import { messageOf } from "../../../core/test/message-of.js";
import { relu } from "../activations/relu.js";
import { flatten } from "../layers/flatten.js";
import { linear } from "../layers/linear.js";
import { sequential } from "../layers/sequential.js";
import { countParameters } from "./count-parameters.js";
import { summary } from "./summary.js";

const mlp = sequential(linear(784, 256), relu, linear(256, 10));

it("is a table of layers, shapes and parameters", () => {
  expect(`\n${summary(sequential(flatten(), linear(784, 256), relu, linear(256, 10)), [100, 28, 28])}\n`)
    .toMatchInlineSnapshot(`
    "
    layer                 output       parameters
    0  flatten            [100, 784]            0
    1  linear(784, 256)   [100, 256]      200,960
    2  relu               [100, 256]            0
    3  linear(256, 10)    [100, 10]         2,570
    total                                 203,530
    "
  `);
});

it("takes a batch of vectors where the model says how many features it takes", () => {
  expect(`\n${summary(mlp)}\n`).toMatchInlineSnapshot(`
    "
    layer                 output     parameters
    0  linear(784, 256)   [n, 256]      200,960
    1  relu               [n, 256]            0
    2  linear(256, 10)    [n, 10]         2,570
    total                               203,530
    "
  `);
});

it("does without shapes where it must, and shows what is nested", () => {
  const nested = sequential(flatten(), sequential(linear(4, 3, { bias: false }), relu), (x) => x);
  expect(`\n${summary(nested)}\n\n${summary(nested, [5, 2, 2])}\n\n${summary(linear(3, 2))}\n`)
    .toMatchInlineSnapshot(`
    "
    layer                                output   parameters
    0  flatten                           ?                 0
    1.0  linear(4, 3, { bias: false })   ?                12
    1.1  relu                            ?                 0
    2  function                          ?                 0
    total                                                 12

    layer                                output   parameters
    0  flatten                           [5, 4]            0
    1.0  linear(4, 3, { bias: false })   [5, 3]           12
    1.1  relu                            [5, 3]            0
    2  function                          [5, 3]            0
    total                                                 12

    layer          output   parameters
    linear(3, 2)   [n, 2]            8
    total                            8
    "
  `);
});

it("says where an input does not fit", () => {
  expect(messageOf(() => summary(sequential(linear(784, 10), relu), [100, 28, 28]))).toMatchInlineSnapshot(`
    "TensorError: linear: this layer takes 784 features, not 28.
      expected   [..., 784]
      got        [100, 28, 28]
      at         layers[0] (linear(784, 10))
      fix        put nn.flatten() before it"
  `);
});

it("agrees with countParameters", () => {
  expect(countParameters(mlp.init(random.key(0)))).toBe(203_530);
  expect(countParameters([{ a: zeros([2, 3]) }, null, {}])).toBe(6);
  const none: Tensor = zeros([0]);
  expect(countParameters(none)).toBe(0);
});
