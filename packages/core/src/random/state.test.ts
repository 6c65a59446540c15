import { sequenceS, sequenceT } from "fp-ts/lib/Apply.js";
import { pipe } from "fp-ts/lib/function.js";
import * as State from "fp-ts/lib/State.js";
import { describe, expect, it } from "vitest";
import { checkKeys, shapeOf, toArray } from "../index.js";
import type { Tensor } from "../types/tensor.js";
import * as random from "./index.js";

const noise = random.draw((key) => random.normal(key, [2]));

describe("Random", () => {
  it("draws with the second half of the key and goes on with the first", () => {
    const [next, subkey] = random.split(random.key(0));
    const [value, state] = noise(random.key(0));
    expect(toArray(value)).toEqual(toArray(random.normal(subkey, [2])));
    expect(toArray(state)).toEqual(toArray(next));
  });

  it("composes with sequenceS and uses no key twice", () => {
    const layer = sequenceS(State.Apply)({
      weight: random.draw((key) => random.normal(key, [3, 2])),
      bias: random.draw((key) => random.uniform(key, [3])),
    });
    const model = sequenceT(State.Apply)(layer, layer);
    const [first, second] = checkKeys(() => random.runRandom(random.key(1))(model))();
    const weight: Tensor<[3, 2]> = first.weight;
    expect(shapeOf(weight)).toEqual([3, 2]);
    expect(toArray(second.weight)).not.toEqual(toArray(first.weight));
  });

  it("maps and chains", () => {
    const twice = pipe(
      noise,
      State.chain((a) =>
        pipe(
          noise,
          State.map((b) => [toArray(a), toArray(b)]),
        ),
      ),
    );
    const [a, b] = pipe(twice, random.runRandom(random.key(2)));
    expect(a).not.toEqual(b);
  });
});
