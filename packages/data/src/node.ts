/** What needs files: it runs on Node. */

export { mnist } from "./node/mnist.js";
