/**
 * What the machine can do from within WebAssembly: a module of loops that do nothing but arithmetic, and nothing but moving memory.
 *
 * It is written here, in bytes, and shares nothing with Cotangent's own assembler: a yardstick is not made of what it measures.
 */

const [i32, f32, v128] = [0x7f, 0x7d, 0x7b];

const get = (index) => [0x20, index];
const set = (index) => [0x21, index];
const constant = (value) => [0x41, ...signed(value)];
const advance = (index, by) => [get(index), constant(by), 0x6a, set(index)];
const load = (address, offset) => [get(address), 0xfd, 0x00, 0x04, ...unsigned(offset)];
const store = (address, offset, value) => [get(address), value, 0xfd, 0x0b, 0x04, ...unsigned(offset)];
const add = (a, b) => [a, b, 0xfd, 0xe4, 0x01];
const multiply = (a, b) => [a, b, 0xfd, 0xe6, 0x01];
const multiplyAdd = {
  separate: (a, b, sum) => add(multiply(a, b), sum),
  // f32x4.relaxed_madd, which older engines do not know.
  relaxed: (a, b, sum) => [a, b, sum, 0xfd, 0x85, 0x02],
};
const splat = (value) => [value, 0xfd, 0x13];
const firstLane = (vector) => [vector, 0xfd, 0x1f, 0x00];

/** Repeats until the counter is 0; it is not 0 to begin with. */
const countDown = (counter, body) => [
  ...[0x03, 0x40, body],
  ...[get(counter), constant(1), 0x6b, 0x22, counter, 0x0d, 0x00, 0x0b],
];

const accumulators = 12;

/** How many operations on float32 numbers a turn of `arithmetic` makes. */
export const operationsPerTurn = accumulators * 4 * 2;

/** arithmetic(turns, a, b): sums = sums a + b, so many independent ones that no result is waited for. */
const arithmetic = (kind) => {
  const [a, b] = [3, 4];
  const sums = Array.from({ length: accumulators }, (_, index) => 5 + index);
  return {
    parameters: [i32, f32, f32],
    result: [f32],
    locals: accumulators + 2,
    body: [
      [splat(get(1)), set(a), splat(get(2)), set(b)],
      countDown(
        0,
        sums.map((sum) => [multiplyAdd[kind](get(sum), get(a), get(b)), set(sum)]),
      ),
      firstLane(sums.map(get).reduce(add)),
    ],
  };
};

/** A turn of the loops below moves so many vectors of 16 bytes for each operand. */
const unrolled = 4;
export const bytesPerTurn = 16 * unrolled;
const offsets = Array.from({ length: unrolled }, (_, index) => 16 * index);

/** copy(turns, from, to) */
const copy = {
  parameters: [i32, i32, i32],
  result: [],
  locals: 0,
  body: countDown(0, [
    offsets.map((offset) => store(2, offset, load(1, offset))),
    [1, 2].map((address) => advance(address, bytesPerTurn)),
  ]),
};

/** triad(turns, a, b, to): to = a + b */
const triad = {
  parameters: [i32, i32, i32, i32],
  result: [],
  locals: 0,
  body: countDown(0, [
    offsets.map((offset) => store(3, offset, add(load(1, offset), load(2, offset)))),
    [1, 2, 3].map((address) => advance(address, bytesPerTurn)),
  ]),
};

/** read(turns, from): their sum */
const read = {
  parameters: [i32, i32],
  result: [f32],
  locals: unrolled,
  body: [
    countDown(0, [
      offsets.map((offset, index) => [add(get(2 + index), load(1, offset)), set(2 + index)]),
      advance(1, bytesPerTurn),
    ]),
    firstLane(offsets.map((_, index) => get(2 + index)).reduce(add)),
  ],
};

/** The functions, over a memory of so many bytes; undefined where the engine knows no relaxed multiply-add. */
export function machine(kind, bytes) {
  const functions = { arithmetic: arithmetic(kind), copy, triad, read };
  const code = moduleBytes(functions);
  if (!WebAssembly.validate(code)) return undefined;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { host: { memory } });
  return { ...instance.exports, elements: new Float32Array(memory.buffer) };
}

function moduleBytes(functions) {
  const entries = Object.entries(functions);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      entries.map(([, { parameters, result }]) => [0x60, vector(parameters), vector(result)]),
    ),
    ...section(2, [[text("host"), text("memory"), 0x02, 0x00, 0x01]]),
    ...section(
      3,
      entries.map((_, index) => [index]),
    ),
    ...section(
      7,
      entries.map(([name], index) => [text(name), 0x00, index]),
    ),
    ...section(
      10,
      entries.map(([, { locals, body }]) => {
        const code = [locals === 0 ? [0] : [1, locals, v128], body, 0x0b].flat(Infinity);
        return [unsigned(code.length), code];
      }),
    ),
  ]);
}

function section(id, items) {
  const bytes = [unsigned(items.length), items].flat(Infinity);
  return [id, ...unsigned(bytes.length), ...bytes];
}

const vector = (items) => [unsigned(items.length), items];
const text = (name) => vector([...Buffer.from(name)]);

function unsigned(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value) {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
