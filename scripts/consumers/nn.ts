/** A program against the published @cotangent/nn. */
import { shapeOf, tensor } from "@cotangent/core";
import * as random from "@cotangent/core/random";
import * as nn from "@cotangent/nn";

const model = nn.sequential(nn.linear(2, 8), nn.relu, nn.linear(8, 3));
const params: nn.Params<typeof model> = model.init(random.key(0));
const shape = shapeOf(model.apply(params, tensor([[1, 2]]))).join();
if (shape !== "1,3") throw new Error(`the model gave [${shape}]`);
