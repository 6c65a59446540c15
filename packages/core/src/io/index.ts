/** Tensors and trees of them as JSON, by io-ts codecs, and errors of what is malformed. */

export { closed } from "./closed.js";
export { decode, type DecodeOptions } from "./decode.js";
export { tensorJson, tensorJsonOf, type TensorJson, type TensorJsonOptions } from "./tensor-json.js";
export { treeJson, type TensorTree } from "./tree-json.js";
export { treeJsonOf } from "./tree-json-of.js";
export type { NumberJson } from "./number-json.js";
