/** Ranks and channels of convolutions fit, and a window has one entry an axis. */
import { pipe } from "fp-ts/lib/function.js";
import { conv, convTranspose, reduceWindow, zeros } from "@cotangent/core";
import * as P from "@cotangent/core/pipe";

const images = zeros([16, 3, 28, 28]);

// @ts-expect-error gives a single image without the axis of images
conv(zeros([3, 28, 28]), zeros([8, 3, 5, 5]));

// @ts-expect-error gives images whose channels are the last axis
conv(zeros([16, 28, 28, 3]), zeros([8, 3, 5, 5]));

// @ts-expect-error forgets the groups
conv(images, zeros([6, 1, 5, 5]));

// @ts-expect-error gives the wrong number of groups
conv(zeros([1, 4, 9]), zeros([6, 2, 3]), { groups: 3 });

// @ts-expect-error gives a vector as the kernel
conv(images, zeros([5]));

// @ts-expect-error convolves with a kernel of another dtype
conv(images, zeros([8, 3, 5, 5], { dtype: "float64" }));

// @ts-expect-error misspells a padding
conv(images, zeros([8, 3, 5, 5]), { padding: "same" });

// @ts-expect-error gives one stride for all axes
conv(images, zeros([8, 3, 5, 5]), { strides: 2 });

// @ts-expect-error writes PyTorch's name of an option
conv(images, zeros([8, 3, 5, 5]), { stride: [2, 2] });

// @ts-expect-error convolves in a pipe
pipe(images, P.conv(zeros([8, 1, 5, 5])));

// @ts-expect-error forgets that the kernel is transposed
convTranspose(images, zeros([3, 8, 2, 2]), { strides: [2, 2] });

// @ts-expect-error transposes a kernel that is not
convTranspose(images, zeros([8, 3, 2, 2]), { transposeKernel: true });

// @ts-expect-error gives a window for the spatial axes alone
reduceWindow(images, { reducer: "max", window: [2, 2] });

// @ts-expect-error reduces with a mean
reduceWindow(images, { reducer: "mean", window: [1, 1, 2, 2] });

// @ts-expect-error slides a window over bools
reduceWindow(zeros([4], { dtype: "bool" }), { reducer: "max", window: [2] });

// @ts-expect-error slides a window of two axes along one, in a pipe
pipe(zeros([4]), P.reduceWindow({ reducer: "sum", window: [2, 2] }));
