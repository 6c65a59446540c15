/**
 * The float32 matrix product on WebAssembly's vectors: blocks of the operands are copied into its memory, packed and multiplied
 * there, and the result is copied out. Blocks are bounded, and so is the memory, whatever the sizes.
 */

import {
  fusesMultiplyAdd,
  hostEngine,
  instantiate,
  newMemory,
  once,
  type Engine,
  type Memory,
} from "../wasm/engine.js";
import { matrixProductModule, memoryName } from "../wasm/matrix-product/module.js";
import { lanesOf } from "../wasm/matrix-product/lanes.js";
import { tileColumns } from "../wasm/matrix-product/tile.js";
import type { Matrix, Target } from "./matrix.js";

/** `out = a b`; false, and nothing written, where the memory cannot grow. */
export type EmittedProduct = (
  a: Matrix<Float32Array>,
  b: Matrix<Float32Array>,
  out: Target<Float32Array>,
  rows: number,
  columns: number,
  depth: number,
) => boolean;

/** A panel of a tile stays in the first cache at this depth, and the packed rows below it in the second. */
const blockDepth = 256;
const blockTiles = 16;
/** The part of the result that stands in the memory at once: at most 4.3 MB. */
const partBlocks = 11;
const partColumns = 128 * tileColumns;

const pageBytes = 65536;

/** Compiles the product; nothing where the engine refuses. Products run one at a time, in one memory. */
export const compileProduct = (engine: Engine): EmittedProduct | undefined => {
  const memory = newMemory(engine, { initial: 1 });
  if (memory === undefined) return undefined;
  const fuses = fusesMultiplyAdd(engine);
  const { tileRows } = lanesOf("float32", fuses);
  const blockRows = blockTiles * tileRows;
  const partRows = partBlocks * blockRows;
  const functions = instantiate(engine, matrixProductModule(fuses), {
    [memoryName.from]: { [memoryName.name]: memory },
  });
  if (functions === undefined) return undefined;
  const { packRows, packColumns, panels, addPanels } = functions;
  let view = new Float32Array(memory.buffer);

  return (a, b, out, rows, columns, depth) => {
    const places = placesOf(rows, columns, depth, tileRows);
    if (!growTo(memory, places.end)) return false;
    if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer);
    for (let j = 0; j < columns; j += partColumns) {
      const width = Math.min(partColumns, columns - j);
      const rowBytes = 4 * roundUp(width, tileColumns);
      for (let i = 0; i < rows; i += partRows) {
        const height = Math.min(partRows, rows - i);
        for (let k = 0; k < depth; k += blockDepth) {
          const length = Math.min(blockDepth, depth - k);
          const right = b.offset + k * b.rowStep + j * b.columnStep;
          const [columnBytes, downBytes] = stage(
            view,
            places.staged,
            b.data,
            right,
            width,
            b.columnStep,
            length,
            b.rowStep,
          );
          packColumns(places.staged, columnBytes, downBytes, width, length, places.right);
          for (let block = 0; block < height; block += blockRows) {
            const count = Math.min(blockRows, height - block);
            const left = a.offset + (i + block) * a.rowStep + k * a.columnStep;
            const [lineBytes, alongBytes] = stage(
              view,
              places.staged,
              a.data,
              left,
              count,
              a.rowStep,
              length,
              a.columnStep,
            );
            packRows(places.staged, lineBytes, alongBytes, count, length, places.left);
            (k === 0 ? panels : addPanels)(
              places.left,
              places.right,
              places.result + block * rowBytes,
              rowBytes,
              roundUp(count, tileRows),
              roundUp(width, tileColumns),
              length,
            );
          }
        }
        copyOut(view, places.result / 4, rowBytes / 4, out, i * columns + j, columns, height, width);
      }
    }
    return true;
  };
};

/** The host's product, compiled when it is first asked for. */
export const hostProduct: () => EmittedProduct | undefined = /* @__PURE__ */ once(() => {
  const engine = hostEngine();
  return engine === undefined ? undefined : compileProduct(engine);
});

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** The addresses of a product's blocks; each begins at a multiple of 16 bytes. */
const placesOf = (rows: number, columns: number, depth: number, tileRows: number) => {
  const blockRows = blockTiles * tileRows;
  const height = roundUp(Math.min(rows, partBlocks * blockRows), tileRows);
  const width = roundUp(Math.min(columns, partColumns), tileColumns);
  const length = Math.min(depth, blockDepth);
  const leftSize = Math.min(height, blockRows) * length;
  const rightSize = width * length;
  const left = 0;
  const right = roundUp(4 * leftSize, 16);
  const staged = right + 4 * rightSize;
  const result = roundUp(staged + 4 * Math.max(leftSize, rightSize), 16);
  return { left, right, staged, result, end: result + 4 * height * width };
};

/** Makes a memory at least so long; false if it cannot be. */
const growTo = (memory: Memory, bytes: number): boolean => {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return true;
  try {
    memory.grow(Math.ceil(missing / pageBytes));
    return true;
  } catch {
    return false;
  }
};

/** Copies vectors to an address without gaps, along the axis on which they lie side by side. Gives the bytes between vectors, and between elements. */
const stage = (
  view: Float32Array,
  address: number,
  data: Float32Array,
  offset: number,
  vectors: number,
  vectorStep: number,
  length: number,
  step: number,
): readonly [number, number] => {
  if (step === 1) {
    copyLines(view, address / 4, data, offset, vectors, vectorStep, length, 1);
    return [4 * length, 4];
  }
  copyLines(view, address / 4, data, offset, length, step, vectors, vectorStep);
  return [4, 4 * vectors];
};

/** Shorter runs are copied faster element by element. */
const runPays = 48;

const copyLines = (
  view: Float32Array,
  to: number,
  data: Float32Array,
  offset: number,
  lines: number,
  lineStep: number,
  length: number,
  step: number,
): void => {
  if (step === 1 && (lineStep === length || lines === 1)) {
    view.set(data.subarray(offset, offset + lines * length), to);
  } else if (step === 1 && length >= runPays) {
    for (let line = 0, from = offset; line < lines; line++, from += lineStep)
      view.set(data.subarray(from, from + length), to + line * length);
  } else {
    let place = to;
    for (let line = 0; line < lines; line++) {
      let from = offset + line * lineStep;
      for (const end = place + length; place < end; place++, from += step) view[place] = data[from]!;
    }
  }
};

/** Copies a part of the result, whose lines are `width` apart in the memory, to its place among lines of `stride`. */
const copyOut = (
  view: Float32Array,
  from: number,
  width: number,
  out: Target<Float32Array>,
  position: number,
  stride: number,
  lines: number,
  length: number,
): void => {
  const { data, offset } = out;
  if (width === length && stride === length) {
    data.set(view.subarray(from, from + lines * length), offset + position);
    return;
  }
  for (let line = 0; line < lines; line++) {
    const source = from + line * width;
    const target = offset + position + line * stride;
    if (length >= runPays) data.set(view.subarray(source, source + length), target);
    else for (let k = 0; k < length; k++) data[target + k] = view[source + k]!;
  }
};
