/**
 * Cotangent, as it is published: the packages' built files. What is named `-optim` uses nn and optim, all else core alone;
 * `jit` is compiled, `scan` a loop inside of what is compiled.
 */
import "./fits.mjs";
import "./networks.mjs";
import "./arrays.mjs";
import "./convolution.mjs";
import "./small.mjs";
import "./higher-order.mjs";
