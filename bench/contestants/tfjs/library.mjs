/**
 * TensorFlow.js on the backend that the command line names. It has no jit and no vmap: everything is eager.
 */
import { peerFile, requirePeer } from "../../harness/peers.mjs";

export const backend = process.argv[process.argv.length - 1];

// It advises on every start to install its Node binding: that one warning is left out.
const warn = console.warn;
console.warn = (message, ...rest) => {
  if (!String(message).includes("tfjs-node")) warn(message, ...rest);
};

export const tf = requirePeer("@tensorflow/tfjs");

if (backend === "wasm") {
  requirePeer("@tensorflow/tfjs-backend-wasm").setWasmPaths(
    peerFile("@tensorflow", "tfjs-backend-wasm", "dist", "/"),
  );
}
await tf.setBackend(backend);
await tf.ready();
if (tf.getBackend() !== backend) throw new Error(`the backend is ${tf.getBackend()}, not ${backend}`);
