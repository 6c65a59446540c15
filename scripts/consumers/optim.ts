/** A program against the published @cotangent/optim. */
import { tensor, toArray } from "@cotangent/core";
import * as optim from "@cotangent/optim";

const params = { weight: tensor([1, 2]) };
const optimizer = optim.sgd({ learningRate: 0.5 });
const [updates] = optimizer.update({ weight: tensor([2, 2]) }, optimizer.init(params), params);
const weight = toArray(optim.applyUpdates(params, updates).weight).join();
if (weight !== "0,1") throw new Error(`the step gave [${weight}]`);
