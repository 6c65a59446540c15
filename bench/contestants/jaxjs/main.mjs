/** jax-js 0.1.25, compiled by its jit and eager. */
import "./fits.mjs";
import "./networks.mjs";
import "./arrays.mjs";
import "./small.mjs";
import "./higher-order.mjs";

// Its device keeps the process alive.
process.exit(0);
