/** A primitive's own kernel, called from the module: it is given copies of what is in the memory, which may grow meanwhile, and its results are written there. */

import { contiguous } from "../kernels/strided.js";
import type { Equation } from "../program/program.js";
import { contiguousTensor, type ArrayTensor } from "../tensor/array-tensor.js";
import { sizeOfShape, type Aval } from "../tensor/shape.js";
import type { TypedArray } from "../tensor/dtype.js";
import type { DType } from "../types/tensor.js";
import { imported, run } from "../wasm/function.js";
import type { CodeBlock } from "./code-block.js";
import { addressOf } from "./copy.js";
import type { HostKernel } from "./function-writer.js";
import { hostModule } from "./lanes.js";

/** Calls the kernel of an equation, given the addresses of its operands and of its results. */
export const writeHostKernel = (block: CodeBlock, { primitive, inputs, params, outputs }: Equation): void => {
  const { kernels } = block.writer.module;
  const operands = inputs.map((input) => block.bufferOf(input));
  const results = outputs.map((output) => block.resultBuffer(output));
  const avals = inputs.map(({ shape, dtype }): Aval => ({ shape, dtype }));
  const kernel: HostKernel =
    (memory) =>
    (...addresses) => {
      const buffer = memory();
      const tensors = avals.map((aval, place) =>
        contiguousTensor(
          elementsAt(buffer, (addresses[place] ?? 0) >>> 0, aval).slice(),
          aval.shape,
          aval.dtype,
        ),
      );
      const computed = primitive.evaluate(tensors, params, outputs);
      computed.forEach((tensor, place) => {
        copyOut(tensor, elementsAt(memory(), (addresses[avals.length + place] ?? 0) >>> 0, tensor));
      });
    };
  const name = `${primitive.name} ${kernels.size}`;
  kernels.set(name, kernel);
  const places = [...operands, ...results];
  const f = imported(hostModule, name, new Array<"i32">(places.length).fill("i32"), undefined);
  block.statements.push(run(f, ...places.map(addressOf)));
};

const arrays: Readonly<
  Record<DType, new (buffer: ArrayBuffer, offset: number, length: number) => TypedArray>
> = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
};

/** The elements of a tensor at an address. */
export const elementsAt = (buffer: ArrayBuffer, address: number, { shape, dtype }: Aval): TypedArray =>
  new arrays[dtype](buffer, address, sizeOfShape(shape));

const copyOut = (tensor: ArrayTensor, target: TypedArray): void => {
  const { data, offset } = contiguous(tensor);
  target.set(data.subarray(offset, offset + target.length));
};
