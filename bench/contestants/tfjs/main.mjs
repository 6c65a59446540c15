/** TensorFlow.js, `wasm` or `cpu` as the command line says. */
import "./fits.mjs";
import "./networks.mjs";
import "./arrays.mjs";
import "./small.mjs";
import "./convolution.mjs";
import "./higher-order.mjs";

// Its backends keep the process alive.
process.exit(0);
