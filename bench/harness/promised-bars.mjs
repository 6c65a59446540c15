/**
 * What Cotangent promises, each a bar for bars.mjs. It holds the line of `workload` and `variant` (`best`: the fastest) of the
 * contestant `on` against
 *
 * - `limit`, in the workload's `unit`; or
 * - `peer`, the best line of that contestant among its variants of `mode`: Cotangent may be `times` slower; or
 * - `than`, another line of its own, `times` as well.
 */

const [node20, node24] = ["cotangent", "cotangent-n24"];

const limit = (workload, variant, most, unit, on = node20) => ({ workload, variant, limit: most, unit, on });
const against = (workload, variant, peer, mode, times, on = node20) => ({
  workload,
  variant,
  peer,
  mode,
  times,
  on,
});
const within = (workload, variant, times, other, otherVariant = variant, on = node20) => ({
  workload,
  variant,
  times,
  than: { workload: other, variant: otherVariant },
  on,
});

/** The other JavaScript libraries, as they run on the same Node. */
const javaScriptPeers = (on) =>
  on === node24 ? ["jaxjs-n24", "tfjs-wasm-n24"] : ["jaxjs", "tfjs-wasm", "tfjs-cpu"];
const aheadOfJavaScript = (workload, variant, times, on) =>
  javaScriptPeers(on).map((peer) => against(workload, variant, peer, "best", times, on));

const onBoth = (bars) => [node20, node24].flatMap(bars);

const fits = onBoth((on) =>
  ["linreg3", "logistic6", "l1line"].flatMap((workload) => [
    against(workload, "scan", "jax-1t", "jit", 1, on),
    against(workload, "scan", "hand", "best", 1.5, on),
    against(workload, "eager", "torch-1t", "eager", 0.5, on),
  ]),
);

const compiledSteps = onBoth((on) =>
  ["linreg3", "logistic6"].flatMap((workload) => [
    limit(workload, "jit", 6, "us", on),
    against(workload, "jit", on === node24 ? "jaxjs-n24" : "jaxjs", "jit", 1 / 10, on),
    against(workload, "jit", "torch-1t", "eager", 1 / 20, on),
  ]),
);

const transformations = onBoth((on) => [
  against("hessian", "jit", "jax-1t", "jit", 1, on),
  against("per-example-grad", "jit", "jax-1t", "jit", 1.3, on),
  against("scan", "jit", "jax-1t", "jit", 1.5, on),
  against("conv", "jit", "jax-1t", "jit", 3.5, on),
]);

const networks = [
  ["mlp784-sgd", "jit"],
  ["mlp784-adam", "jit"],
  ["mnist-epoch", "jit-optim"],
].flatMap(([workload, variant]) => [
  against(workload, variant, "jax-1t", "jit", 2.2, node24),
  against(workload, variant, "jaxjs-n24", "best", 1 / 1.6, node24),
  against(workload, variant, "jaxjs", "best", 1),
]);

const products = [
  ...["matmul256", "matmul512", "matmul1024"].flatMap((workload) => [
    against(workload, "best", "jax-1t", "best", 2.2, node24),
    ...aheadOfJavaScript(workload, "best", 1 / 1.5, node24),
    against(workload, "best", "tfjs-wasm", "best", 1.2),
  ]),
  ...[node20, node24].flatMap((on) => [
    against("matmul64", "best", "jax-1t", "best", 1, on),
    against("matmul64", "best", on === node24 ? "jaxjs-n24" : "jaxjs", "best", 1, on),
  ]),
  against("matmul64", "best", "tfjs-wasm-n24", "best", 1, node24),
  ...["kernels", "kernels-n24"].flatMap((on) => [
    within("kernel-product-batched-256", "jit", 1.15, "kernel-product-plain-256", "jit", on),
    ...["left", "right", "both"].map((stored) =>
      within(`kernel-product-${stored}-512`, "jit", 1.15, "kernel-product-plain-512", "jit", on),
    ),
  ]),
];

const elementwise = onBoth((on) =>
  ["elementwise-fwd", "elementwise-grad"].flatMap((workload) => [
    against(workload, "jit", "torch-1t", "eager", 1, on),
    against(workload, "jit", "jax-1t", "jit", 4, on),
    ...aheadOfJavaScript(workload, "jit", 1 / 5, on),
  ]),
);

const rows = onBoth((on) =>
  ["softmax-rows", "logsumexp-grad", "layernorm-grad"].flatMap((workload) => [
    against(workload, "jit", "jax-1t", "jit", 2, on),
    ...aheadOfJavaScript(workload, "jit", 1, on),
  ]),
);

const sums = onBoth((on) =>
  ["sum-axis0", "sum-axis1", "sum-full"].map((workload) =>
    against(workload, "best", "torch-1t", "eager", 2, on),
  ),
);

const small = onBoth((on) => [
  limit("small-add-chain", "eager", 700, "ns", on),
  limit("small-add-chain", "jit", 5000, "ns", on),
  limit("small-grad", "eager", 12, "us", on),
  limit("small-grad", "jit", 4, "us", on),
]);

/**
 * Start-up and resident memory are of Node 20 alone: on Node 24 bare Node starts in a third of the time, beside which the same 22 ms
 * of Cotangent are more, and V8 keeps more of the young heap (docs/performance.md has the figures).
 */
const processes = [
  against("startup-time", "process", "hand", "best", 1.4),
  limit("memory-rss", "idiomatic", 70, "MiB"),
  ...onBoth((on) => [
    limit("memory-growth", "idiomatic", 100e6 / 2 ** 20, "MiB", on),
    limit("memory-compiled", "jit", 16, "MiB", on),
    limit("start", "process", 6, "s", on),
  ]),
];

const compiling = onBoth((on) => [
  limit("compile-mlp", "jit-sgd", 100, "ms", on),
  limit("compile-mlp", "jit-adam", 100, "ms", on),
  limit("compile-equations-1000", "jit", 1000, "ms", on),
  // Linear, up to the noise of such a measurement.
  within("compile-equations-4000", "jit-warm", 4 * 1.3, "compile-equations-1000", "jit-warm", on),
]);

const gradientsInMemory = onBoth((on) => [
  within("chain-memory", "eager", 1 / 3, "chain-memory", "eager-without", on),
  within("chain-memory", "jit", 1 / 3, "chain-memory", "jit-without", on),
  within("scan-gradient-10000", "jit", 2.3, "scan-gradient-5000", "jit", on),
  within("scan-memory-10000", "jit", 2.3, "scan-memory-5000", "jit", on),
]);

export const promisedBars = [
  ...fits,
  ...compiledSteps,
  ...transformations,
  ...networks,
  ...products,
  ...elementwise,
  ...rows,
  ...sums,
  ...small,
  ...processes,
  ...compiling,
  ...gradientsInMemory,
];
