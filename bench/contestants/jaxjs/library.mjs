/**
 * jax-js on its wasm device. Node has no global Worker, so it runs on one thread here (in a browser it uses
 * a pool). Its rule of ownership: an argument is consumed; `x.ref` keeps it.
 */
import { importPeer } from "../../harness/peers.mjs";

const library = await importPeer("@jax-js", "jax", "dist", "index.js");
await library.init("wasm");
library.defaultDevice("wasm");

export const { numpy: np, grad, valueAndGrad, jit, vmap, hessian, tree, nn, lax } = library;

/** An array of flat values. */
export const array = (values, ...shape) => np.array(values, { shape });
