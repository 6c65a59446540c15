/** The yardstick: plain JavaScript loops over Float32Array, gradients derived by hand, no library. */
import "./fits.mjs";
import "./networks.mjs";
import "./arrays.mjs";
import "./small.mjs";
import "./convolution.mjs";
import "./higher-order.mjs";
