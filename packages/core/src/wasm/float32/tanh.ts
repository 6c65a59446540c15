/** The hyperbolic tangent of four float32 at once. */

import { byPieces } from "./pieces.js";
import { tanhPieces } from "./tables.js";

export const tanh = /* @__PURE__ */ byPieces(tanhPieces);
