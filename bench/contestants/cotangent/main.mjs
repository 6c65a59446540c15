/**
 * Cotangent, as it is published: the packages' built files. `eager` needs core alone; `eager-optim` adds nn
 * and optim.
 */
import "./fits.mjs";
import "./networks.mjs";
import "./arrays.mjs";
import "./convolution.mjs";
import "./small.mjs";
import "./higher-order.mjs";
