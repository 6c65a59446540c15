/** The interpreter that watches keys: it hands everything on, and refuses the second use of a key. */

import { tensorError, type TensorError } from "../errors/tensor-error.js";
import type { Primitive } from "../program/primitive.js";
import { randomBitsPrimitive, threefryPrimitive } from "../primitives/threefry.js";
import { ArrayTensor, elementReader, sizeOfTensor } from "../tensor/array-tensor.js";
import { showAval } from "../tensor/shape.js";
import { Tracer } from "../tensor/tracer.js";
import type { Value } from "../tensor/value.js";
import type { Interpreter } from "../trace/interpreter.js";

/** How a key was used: drawn from or split, or folded with some data, where other data is another use. */
interface Use {
  readonly text: string;
  readonly folded: Set<string> | undefined;
}

/** A key as the watcher knows it: by its words, or, where they are not known, by how it came about. */
interface Identity {
  readonly name: string;
  readonly text: string;
}

export class KeyWatcher implements Interpreter {
  readonly transformation = "checkKeys";
  active = true;
  private readonly uses = new Map<string, Use>();
  /** The same primitive of the same operands gives the same value: so two tracers of one key are known to be one. */
  private readonly names = new WeakMap<Value, string>();
  private readonly numbers = new Map<string, number>();
  private count = 0;

  constructor(readonly parent: Interpreter) {}

  bind<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): readonly Value[] {
    const { name } = primitive;
    if (name === randomBitsPrimitive.name)
      this.watchDraw(inputs[0], params as ParamsOf<typeof randomBitsPrimitive>);
    if (name === threefryPrimitive.name)
      this.watchFold(inputs[0], inputs[1], params as ParamsOf<typeof threefryPrimitive>);
    const outputs = this.parent.bind(primitive, inputs, params);
    if (outputs.some((output) => output instanceof Tracer)) this.number(name, inputs, params, outputs);
    return outputs;
  }

  private watchDraw(keys: Value | undefined, { by, shape }: ParamsOf<typeof randomBitsPrimitive>): void {
    const text = by === "split" ? `random.split into ${String(shape[0])}` : `random.${by}`;
    for (const key of this.identities(keys)) this.use(key, text, undefined);
  }

  private watchFold(
    keys: Value | undefined,
    counters: Value | undefined,
    { by }: ParamsOf<typeof threefryPrimitive>,
  ): void {
    const data = this.identities(counters);
    const all = data.map(({ name }) => name).join();
    const identities = this.identities(keys);
    identities.forEach((key, row) => {
      const datum = identities.length === data.length ? data[row] : undefined;
      const text = datum?.text.replace(/^\[0, (\d+)\]$/, "$1") ?? "a batch of numbers";
      this.use(key, `random.${by} of ${text}`, datum?.name ?? all);
    });
  }

  private use(key: Identity, text: string, data: string | undefined): void {
    const earlier = this.uses.get(key.name);
    if (earlier === undefined) {
      this.uses.set(key.name, { text, folded: data === undefined ? undefined : new Set([data]) });
    } else if (data !== undefined && earlier.folded !== undefined && !earlier.folded.has(data)) {
      earlier.folded.add(data);
    } else {
      const isFold = data !== undefined && earlier.folded !== undefined;
      throw reuseError(key, isFold ? text : earlier.text, text, isFold);
    }
  }

  /** The pairs of words of a tensor [..., 2], or the tracer that stands for them. */
  private identities(pairs: Value | undefined): readonly Identity[] {
    if (!(pairs instanceof ArrayTensor))
      return pairs === undefined
        ? []
        : [{ name: this.nameOf(pairs), text: `a tracer of ${showAval(pairs)}` }];
    const at = elementReader(pairs);
    return Array.from({ length: sizeOfTensor(pairs) / 2 }, (_, row) => {
      const text = `[${at(2 * row)}, ${at(2 * row + 1)}]`;
      return { name: text, text };
    });
  }

  private nameOf(value: Value): string {
    const known = this.names.get(value);
    if (known !== undefined) return known;
    const name = (value instanceof ArrayTensor ? contentOf(value) : undefined) ?? `%${this.count++}`;
    this.names.set(value, name);
    return name;
  }

  private number(name: string, inputs: readonly Value[], params: unknown, outputs: readonly Value[]): void {
    const plain = plainText(params);
    if (plain === undefined) return;
    const application = `${name} ${plain} ${inputs.map((input) => this.nameOf(input)).join(" ")}`;
    const number = this.numbers.get(application) ?? this.count++;
    this.numbers.set(application, number);
    outputs.forEach((output, index) => {
      if (output instanceof Tracer && !this.names.has(output)) this.names.set(output, `%${number}.${index}`);
    });
  }
}

type ParamsOf<T> = T extends Primitive<infer P> ? P : never;

/** The elements of a small tensor. */
const contentOf = (x: ArrayTensor): string | undefined => {
  const size = sizeOfTensor(x);
  const at = elementReader(x);
  return size > 16
    ? undefined
    : `${showAval(x)}(${Array.from({ length: size }, (_, index) => at(index)).join()})`;
};

/** Parameters as text; undefined where they hold something else than plain data. */
const plainText = (params: unknown): string | undefined => {
  if (typeof params !== "object" || params === null)
    return typeof params === "function" ? undefined : String(params);
  const prototype: unknown = Object.getPrototypeOf(params);
  if (!Array.isArray(params) && prototype !== Object.prototype) return undefined;
  const parts = Object.entries(params).map(([key, value]) => [key, plainText(value)] as const);
  return parts.every(([, text]) => text !== undefined)
    ? `{${parts.map(([key, text]) => `${key}:${String(text)}`).join()}}`
    : undefined;
};

const reuseError = (key: Identity, first: string, second: string, isFold: boolean): TensorError =>
  tensorError({
    kind: "KeyReuse",
    operation: "checkKeys",
    problem: "a key is used twice, which gives the same random numbers twice",
    found: [
      ["key", key.text],
      ["first", first],
      ["then", second],
    ],
    fix: isFold
      ? "fold a number of its own into the key for each use: random.foldIn(key, 0), random.foldIn(key, 1)"
      : "split the key, and use each part once: const [a, b] = random.split(key)",
  });
