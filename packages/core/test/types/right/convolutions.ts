/** Convolutions and windows keep images and count channels; spatial lengths are known when they run. */
import { pipe } from "fp-ts/lib/function.js";
import { conv, convTranspose, reduceWindow, type Tensor, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";
import { is, type Unknown } from "../is.js";

declare const unknown: Unknown;
const images = zeros([16, 3, 28, 28]);
const kernel = zeros([8, 3, 5, 5]);

is<Tensor<[16, 8, number, number]>>()(conv(images, kernel));
is<Tensor<[16, 8, number, number]>>()(conv(images, kernel, { strides: [2, 2], padding: "SAME" }));
is<Tensor<[16, 8, number, number]>>()(
  conv(images, kernel, {
    padding: [
      [1, 1],
      [-1, 0],
    ],
    dilation: [2, 2],
    inputDilation: [1, 2],
  }),
);
is<Tensor<[1, 6, number]>>()(conv(zeros([1, 4, 9]), zeros([6, 2, 3]), { groups: 2 }));
is<Tensor<[2, 5], "float64">>()(
  conv(zeros([2, 3], { dtype: "float64" }), zeros([5, 3], { dtype: "float64" })),
);
is<Unknown>()(conv(unknown, kernel));
is<Unknown>()(conv(images, unknown));
is<Tensor<[16, 8, number, number]>>()(pipe(images, P.conv(kernel, { padding: "SAME" })));

is<Tensor<[16, 8, number, number]>>()(convTranspose(images, kernel));
is<Tensor<[16, 5, number, number]>>()(
  convTranspose(images, zeros([3, 5, 2, 2]), { strides: [2, 2], transposeKernel: true }),
);
is<Tensor<[16, 8, number, number]>>()(pipe(images, P.convTranspose(kernel, { strides: [2, 2] })));

is<Tensor<[number, number, number, number]>>()(
  reduceWindow(images, { reducer: "max", window: [1, 1, 2, 2], strides: [1, 1, 2, 2] }),
);
is<Tensor<[number], "int32">>()(
  reduceWindow(zeros([4], { dtype: "int32" }), { reducer: "sum", window: [2], padding: [[1, 0]] }),
);
is<Unknown>()(reduceWindow(unknown, { reducer: "min", window: [2, 2] }));
is<Tensor<[number]>>()(pipe(zeros([4]), P.reduceWindow({ reducer: "sum", window: [3], padding: "SAME" })));
