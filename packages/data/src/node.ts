/** What needs files: it runs on Node. */

export { mnist, type FileUrl } from "./node/mnist.js";
